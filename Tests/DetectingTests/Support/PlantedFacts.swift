import BillingModel
import ExactNumbers

@testable import Detecting

/// For each rule, facts that are clean but for what the rule is there to find.
func plantedFacts() throws -> [RuleID: PeriodFacts] { try planted.get() }

private let planted = Result { try makePlantedFacts() }

private func makePlantedFacts() throws -> [RuleID: PeriodFacts] {
  var planted: [RuleID: PeriodFacts] = [:]
  for (rule, rows) in plantedRows {
    planted[rule] = try cleanFacts().with { facts in
      facts.history = []
      facts.bookings = [try booking(cleanRows + rows)]
      facts.replaced = ["100000000001": facts.bookings[0]]
    }
  }
  for (rule, change) in plantedChanges { planted[rule] = try cleanFacts().with(change) }
  return planted
}

private let plantedRows: [RuleID: [LineItem]] = [
  "ChargedOutsidePeriod": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .chargePeriodStart: "2026-03-31T22:00:00Z",
      .chargePeriodEnd: "2026-03-31T23:00:00Z",
    ])
  ],
  "CostNotRateTimesUsage": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .unblendedCost: "7.50",
    ])
  ],
  "CurrencyMismatch": [
    charge(
      "Fee", cost: "9.00",
      [
        .billingCurrency: "EUR", .pricingCurrency: "EUR",
      ])
  ],
  "DuplicateLineItem": [usage()],
  "HalfFinalMonth": [charge("Fee", cost: "9.00", [.invoiceID: ""])],
  "MoreHoursThanPeriod": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .consumedQuantity: "800", .unblendedCost: "400.00",
    ])
  ],
  "NegativeCharge": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .consumedQuantity: "-2", .unblendedCost: "-1.00",
    ])
  ],
  "PositiveCredit": [charge("Credit", cost: "3.00", [.lineItemID: "x"])],
  "RateAbovePublic": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .unblendedRate: "0.70", .unblendedCost: "7.00",
      .chargeDescription: "$0.70 per m5.large hour",
    ])
  ],
  "RateInconsistent": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .unblendedRate: "0.40", .unblendedCost: "4.00",
    ])
  ],
  "RepeatedUsage": [usage([.lineItemID: "x"])],
  "ReservedUsageCharged": [
    usage([
      .lineItemID: "x", .lineItemType: "DiscountedUsage", .resourceID: "i-x",
    ])
  ],
  "SavingsPlanNegationMismatch": [
    charge(
      "SavingsPlanNegation", cost: "-0.25",
      [
        .lineItemID: "x", .savingsPlanARN: "arn:plan", .usageType: "BoxUsage:m5.large",
      ])
  ],
  "UnknownAccount": [charge("Fee", cost: "9.00", [.subAccountID: "299999999999"])],
  "UnknownEntity": [charge("Fee", cost: "9.00", [.billingEntity: "Stranger"])],
  "UnknownLineItemType": [charge("Surcharge", cost: "9.00")],
  "TaxMissing": [charge("Tax", cost: "4.00", [.lineItemID: "x"])],
  "DiscountReadingsDisagree": [
    charge("Fee", cost: "10.00", [.invoiceID: "INV-9", .netUnblendedCost: "8.00"]),
    charge("EdpDiscount", cost: "-1.00", [.lineItemID: "x", .invoiceID: "INV-9"]),
  ],
]

private let plantedChanges: [RuleID: @Sendable (inout PeriodFacts) throws -> Void] = [
  "BuyerNameWrong": { facts in facts.invoices = [document { $0.buyer.name = "Shop and Sons" }] },
  "BuyerTaxIDWrong": { facts in facts.invoices = [document { $0.buyer.taxID = "DE777" }] },
  "PaymentConversionWrong": { facts in
    facts.invoices = [
      document {
        $0.inPaymentCurrency = ConvertedAmounts(currency: "CNY")
        $0.inPaymentCurrency?.gross = "900.00"
        $0.inPaymentCurrency?.exchangeRate = "7.8"
      }
    ]
  },
  "PurchaseOrderUnknown": { facts in facts.invoices = [document { $0.purchaseOrder = "4700" }] },
  "SellerBankAccountChanged": { facts in
    facts.invoices = [document { $0.paymentAccounts = ["DE00STRANGER"] }]
  },
  "SellerNameWrong": { facts in
    facts.invoices = [
      document {
        $0.seller.name = "AWS Cloud"
        $0.purchaseOrder = ""
      }
    ]
  },
  "SellerTaxIDWrong": { facts in facts.invoices = [document { $0.seller.taxID = "US-002" }] },
  "CancellationUnmet": { facts in
    var cancellation = try match(.cancelled, ids: [], invoiced: nil, charged: nil)
    cancellation.documentKinds = [.cancellation]
    facts.reconciliation.matches = [cancellation]
  },
  "ChangedAfterFinalisation": { facts in
    facts.replaced["100000000001"] = try booking(Array(cleanRows.dropFirst()))
  },
  "ChangedAfterSignOff": { facts in
    facts.signOff = signOff
    facts.movedSinceSignOff = [moved(.repriced, from: "17.00", to: "20.00")]
  },
  "ChargesWithoutInvoice": { facts in
    facts.reconciliation.matches = [try match(.missingInvoice, invoiced: nil, charged: "17.00")]
  },
  "InvoiceWithoutCharges": { facts in
    facts.reconciliation.matches = [try match(.missingCharges, invoiced: "17.00", charged: nil)]
  },
  "DuplicateInvoice": { facts in
    facts.reconciliation.matches = [
      try match(.duplicateInvoice, invoiced: "17.00", charged: nil)
    ]
  },
  "TotalOff": { facts in
    facts.reconciliation.matches = [
      try match(.discrepant, invoiced: "20.00", charged: "17.00", unexplained: "3.00")
    ]
  },
  "ExportsDisagree": { facts in
    var shadow = try booking(Array(cleanRows.dropFirst()), format: .focus12)
    shadow.exportName = "focus"
    facts.shadows = [shadow]
  },
  "InvoiceArithmetic": { facts in
    var invoice = Invoice(file: "a.xml", sha256: "hash-2", index: 1, dialect: "ubl")
    invoice.invoiceID = "INV-1"
    invoice.currency = "USD"
    invoice.checks = [
      ArithmeticCheck(rule: .brCO15, holds: false, stated: "120.00", computed: "119.00")
    ]
    facts.invoices = [invoice]
  },
  "InvoicesNeverArrived": { facts in
    facts.reconciliation.issuersWithoutInvoices = [
      IssuerWithoutInvoices(
        issuer: "Amazon Web Services, Inc.", billingAccountID: "100000000001", currency: "USD",
        charged: "17.00")
    ]
  },
  "RejectedRows": { facts in
    facts.bookings[0].contents.files = [
      FileTally(file: "a.csv.gz", sha256: "hash-1", format: .cur2)
    ]
    facts.bookings[0].contents.rejects = [
      Reject(
        file: "a.csv.gz", record: 12, column: "", code: "WrongColumnCount", message: "", raw: "",
        cost: "2.00", currency: "USD")
    ]
  },
  "TaxRateWrong": { facts in
    facts.contract.taxRates = [
      Contract.TaxRate(legalEntity: "", productCode: "", rate: "0.20")
    ]
  },
  "DailyCostAnomaly": { facts in
    facts.history = [try steadySeries { $0 == day("2026-04-15") ? $1 * 3 : $1 }]
  },
]

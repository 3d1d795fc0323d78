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

/// A reservation of one instance for the year.
private let commitment: [Field: Text?] = [
  .lineItemID: "x", .reservationARN: "arn:reserved", .usageType: "HeavyUsage:m5.large",
  .commitmentStart: "2026-01-01T00:00:00Z", .commitmentEnd: "2027-01-01T00:00:00Z",
]

private let plantedRows: [RuleID: [LineItem]] = [
  "ChargeableAtZeroRate": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .usageType: "BoxUsage:promo", .skuID: "SKU3",
      .unblendedRate: "0", .unblendedCost: "0",
    ])
  ],
  "CommitmentHoursWrong": [
    charge("RIFee", cost: "80.00", commitment.merging([.consumedQuantity: "800"]) { $1 })
  ],
  "CommitmentOutsideTerm": [
    charge(
      "RIFee", cost: "30.00", commitment.merging([.commitmentEnd: "2026-03-01T00:00:00Z"]) { $1 })
  ],
  "CreditMissing": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .productCode: "AmazonGlacier", .skuID: "SKU5",
      .usageType: "TimedStorage",
    ])
  ],
  "CreditNotAsGranted": [
    charge(
      "Credit", cost: "-95.00",
      [.lineItemID: "x", .productCode: "AmazonGlacier", .chargeDescription: "MAP-1 credit"])
  ],
  "DiscountMissing": [
    charge("Fee", cost: "100.00", [.lineItemID: "x", .productCode: "AmazonVPC"])
  ],
  "DiscountRateWrong": [
    charge("Fee", cost: "100.00", [.lineItemID: "x", .productCode: "AmazonS3"]),
    charge("EdpDiscount", cost: "-8.00", [.lineItemID: "x2", .productCode: "AmazonS3"]),
  ],
  "FreeTierCharged": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .usageType: "Global-FreeTier-Hours", .skuID: "SKU6",
    ])
  ],
  "IntervalImpossible": [
    usage([.lineItemID: "x", .resourceID: "i-x", .chargePeriodEnd: "2026-04-03T00:00:00Z"])
  ],
  "IntervalOffGrain": [
    usage([.lineItemID: "x", .resourceID: "i-x", .chargePeriodEnd: "2026-04-05T00:00:00Z"])
  ],
  "MarketplaceBilledTwice": (["INV-1", "INV-2"] as [Text]).map { invoice in
    charge(
      "Fee", cost: "40.00",
      [
        .lineItemID: Text("x\(invoice)"), .billingEntity: "AWS Marketplace", .invoiceID: invoice,
        .productCode: "prod-1", .resourceID: "agreement-1", .chargeDescription: "Annual contract",
      ])
  },
  "NetCostMismatch": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .netUnblendedCost: "4.00", .totalDiscount: "-0.50",
    ])
  ],
  "PrivateRateNotApplied": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .usageType: "BoxUsage:private", .skuID: "SKU2",
    ])
  ],
  "PublicCostMismatch": [
    usage([.lineItemID: "x", .resourceID: "i-x", .publicOnDemandCost: "6.00"])
  ],
  "RefundWithoutOriginal": [
    charge("Refund", cost: "-50.00", [.lineItemID: "x", .productCode: "AmazonS3"])
  ],
  "RegionMismatch": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .usageType: "USE2-BoxUsage:m5.large", .skuID: "SKU7",
    ])
  ],
  "RegionNotAllowed": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .regionID: "ap-south-1", .skuID: "SKU4",
      .usageType: "APS3-BoxUsage:m5.large",
    ])
  ],
  "ReservationIdle": [
    charge(
      "RIFee", cost: "30.00",
      [
        .lineItemID: "x", .reservationARN: "arn:reserved", .usageType: "HeavyUsage:m5.large",
        .reservationUnusedQuantity: "5", .reservationUnusedFee: "1.00",
      ])
  ],
  "SavingsPlanOverused": [
    charge(
      "SavingsPlanRecurringFee", cost: "10.00",
      [.savingsPlanARN: "arn:plan", .savingsPlanUsed: "12", .savingsPlanCommitment: "10"])
  ],
  "SplitCostCounted": [
    usage([.lineItemID: "x", .resourceID: "i-x", .operation: "EKSPod-EC2"])
  ],
  "SplitCostMismatch": [
    usage([
      .lineItemID: "x", .resourceID: "i-x", .splitResourceID: "i-x",
      .usageType: "BoxUsage:node", .skuID: "SKU8",
    ]),
    usage([
      .lineItemID: "x2", .resourceID: "pod", .operation: "EKSPod-EC2", .unblendedCost: "0",
      .unblendedRate: nil, .publicOnDemandRate: nil, .usageType: "EKS-EC2-vCPU-Hours",
      .skuID: nil, .splitParentResourceID: "i-x", .splitResourceID: "i-x", .splitCost: "4",
      .splitUnusedCost: "2",
    ]),
  ],
  "UnitMismatch": [usage([.lineItemID: "x", .resourceID: "i-x", .pricingUnit: "Seconds"])],
  "UpfrontFeeTwice": (["x", "x2"] as [Text]).map { id in
    charge("Fee", cost: "100.00", [.lineItemID: id, .reservationARN: "arn:reserved"])
  },
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
  "AccountIDMalformed": { facts in
    facts.bookings = [
      try booking(cleanRows + [charge("Fee", cost: "9.00", [.subAccountID: "20000000001"])])
    ]
    facts.replaced = [:]
    facts.replaced["100000000001"] = facts.bookings[0]
    facts.accounts = AccountDirectory(
      ["20000000001", "200000000001"].map { Account(id: $0, name: "", dimensions: [:]) })
  },
  "RateChanged": { facts in
    for index in facts.previous[0].contents.prices.indices
    where facts.previous[0].contents.prices[index].rate != nil {
      facts.previous[0].contents.prices[index].rate = "0.40"
    }
  },
  "RowsDropped": { facts in
    let row = charge("Fee", cost: "0.00", [.invoiceID: ""])
    facts.replaced["100000000001"] = try booking(Array(repeating: row, count: 100))
  },
  "SupportFeeWrong": { facts in facts.contract.terms.support?[0].minimum = "20.00" },
  "TagChangedMidMonth": { facts in
    facts.tagUses = [
      tagUse(.owner, "anna", "50.00", days: 1...15), tagUse(.owner, "bo", "40.00", days: 16...30),
    ]
  },
  "TagMissing": { facts in
    facts.tagUses = [tagUse(.owner, "anna", "79.00"), tagUse(.owner, "", "21.00")]
  },
  "TagSpellingsDiffer": { facts in
    facts.tagUses = [tagUse(.environment, "prod", spelled: "PRD", "3.00")]
  },
  "TagValueUnknown": { facts in
    facts.tagUses = [tagUse(.costCenter, "CC-9", "3.00", isUnlisted: true)]
  },
  "TaxBeforeCredits": { facts in
    facts.contract.taxRates?[0].rate = "0.10"
    // All but credits and refunds come to 80.90.
    let rows = cleanRows.filter { $0[.lineItemType] != "Tax" } + [charge("Tax", cost: "8.09")]
    facts.bookings = [try booking(rows)]
    facts.replaced["100000000001"] = facts.bookings[0]
  },
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

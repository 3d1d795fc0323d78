import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Detecting

/// April 2026, the month that all tests are about.
let period = day("2026-04-15").period

func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("not a day: \(text)") }
  return day
}

/// A booking of rows: their charges, what the screens of all rules make of them, and what the missing
/// columns leave unchecked.
func booking(
  _ rows: [LineItem], without missing: Set<Field> = [], format: ExportFormat = .cur2,
  screens: [Screen] = DetectorCatalog.screens
) throws -> Booking {
  let rows = rows.map { $0.filter { !missing.contains($0.key) } }
  var contents = ExportContents()
  contents.charges = try rows.map(summary)
  contents.prices = try rows.map(price)
  for screen in screens {
    let model = ScreenModel(screen: screen, file: "hash-1")
    if let column = model.needed.intersection(missing).map(\.rawValue).min() {
      contents.unchecked.append(
        UncheckedScreen(rule: screen.rule, reason: Text("the export has no column \(column)")))
    } else {
      contents.suspects += try model.suspects(rows)
    }
  }
  return Booking(
    delivery: 1, exportName: "main", format: format,
    billingAccountID: rows.first?[.billingAccountID] ?? "100000000001", billingPeriod: period,
    version: "1", versionDay: day("2026-05-08"), contents: contents)
}

private func summary(_ row: LineItem) throws -> ChargeSummary {
  let cost = try Amount(parsing: (row[.unblendedCost] ?? "").string)
  let net = row.amount(.netUnblendedCost)
  let key = ChargeKey(
    billingAccountID: row[.billingAccountID] ?? "", billingPeriod: period,
    invoiceID: row[.invoiceID] ?? "", invoiceIssuer: row[.invoiceIssuer] ?? "",
    billingEntity: row[.billingEntity] ?? "", legalEntity: row[.legalEntity] ?? "",
    billType: row[.billType] ?? "", chargeType: ChargeType(row[.lineItemType] ?? ""),
    currency: CurrencyCode(row[.billingCurrency] ?? ""), subAccountID: row[.subAccountID] ?? "",
    subAccountName: "", serviceName: row[.serviceName] ?? "", productCode: row[.productCode] ?? "",
    isDataTransfer: false, day: row[.chargePeriodStart].flatMap { Moment($0.string)?.day })
  return ChargeSummary(
    key: key,
    sums: CostSums(
      unblended: cost, netUnblended: net, netRows: net == nil ? 0 : 1, lineItems: 1),
    billedCost: cost)
}

private func price(_ row: LineItem) throws -> PriceSummary {
  let cost = try Amount(parsing: (row[.unblendedCost] ?? "").string)
  let net = row.amount(.netUnblendedCost)
  let type = ChargeType(row[.lineItemType] ?? "")
  return PriceSummary(
    billingAccountID: row[.billingAccountID] ?? "", billingPeriod: period,
    currency: CurrencyCode(row[.billingCurrency] ?? ""), chargeType: type,
    subAccountID: row[.subAccountID] ?? "", serviceName: row[.serviceName] ?? "",
    productCode: row[.productCode] ?? "", usageType: row[.usageType] ?? "",
    regionID: row[.regionID] ?? "", pricingUnit: row[.pricingUnit] ?? "",
    skuID: row[.skuID] ?? "", rate: type == "Usage" ? row.amount(.unblendedRate) : nil,
    sums: CostSums(
      unblended: cost, netUnblended: net, netRows: net == nil ? 0 : 1, lineItems: 1))
}

/// The same booking as that of the month before.
func monthBefore(_ booking: Booking) -> Booking {
  var before = booking
  before.billingPeriod = period.previous
  return before
}

/// Everything that a rule could ask for is known, and nothing is wrong.
func facts(booked bookings: [Booking]) -> PeriodFacts {
  var facts = PeriodFacts(
    billingPeriod: period, asOf: RunDay(day("2026-05-20")), bookings: bookings, shadows: [],
    replaced: Dictionary(
      bookings.map { ($0.billingAccountID, $0) }, uniquingKeysWith: { a, _ in a }),
    invoices: [], reconciliation: Reconciliation(billingPeriod: period), history: [],
    openPayers: [], reportsAnomalies: true, contract: contract,
    accounts: AccountDirectory([
      Account(id: "100000000001", name: "payer", dimensions: [:]),
      Account(id: "200000000001", name: "shop", dimensions: [:]),
    ]))
  facts.previous = bookings.map(monthBefore)
  return facts
}

/// What tags of the only account say of a part of its usage.
func tagUse(
  _ dimension: Dimension, _ value: Text, spelled spelling: Text? = nil, _ gross: Amount,
  isUnlisted: Bool = false, days: some Sequence<Int> = 1...30
) -> TagUse {
  TagUse(
    billingAccountID: "100000000001", billingPeriod: period, currency: "USD",
    subAccountID: "200000000001", serviceName: "Amazon EC2", dimension: dimension, value: value,
    spelling: spelling ?? value, isUnlisted: isUnlisted, lineItems: 2, gross: gross,
    days: DaysOfMonth(days))
}

func facts(_ rows: [LineItem], without missing: Set<Field> = []) throws -> PeriodFacts {
  facts(booked: [try booking(rows, without: missing)])
}

var contract: Contract {
  var contract = Contract()
  contract.taxRates = [
    Contract.TaxRate(legalEntity: "Amazon Web Services, Inc.", productCode: "", rate: .zero)
  ]
  contract.payers = [Contract.Payer(billingAccountID: "100000000001", currency: "USD")]
  contract.billingEntities = ["AWS", "AWS Marketplace"]
  contract.terms = terms
  contract.invoiceIssuers = ["Amazon Web Services, Inc."]
  contract.legalEntities = ["Amazon Web Services, Inc."]
  contract.sellers = [
    Contract.Seller(
      name: "Amazon Web Services, Inc.", taxID: "US-001", bankAccounts: ["DE00SELLER01"])
  ]
  contract.buyers = [
    Contract.Buyer(name: "Shop GmbH", taxID: "DE 999", payers: ["100000000001"]),
    Contract.Buyer(name: "Other GmbH", taxID: "DE 777", payers: ["100000000009"]),
  ]
  contract.purchaseOrders = [
    Contract.PurchaseOrder(
      number: "4500", billingAccountID: "100000000001", seller: "Amazon Web Services"),
    Contract.PurchaseOrder(number: "4600", billingAccountID: "100000000009", seller: ""),
  ]
  return contract
}

/// Agreements about products that the clean month does not use, and the support that it pays for.
private var terms: ContractTerms {
  var terms = ContractTerms()
  terms.requiredTags = [.owner, .environment, .costCenter].map {
    ContractTerms.RequiredTag(
      billingAccountID: "", dimension: $0, share: "0.80", span: ContractTerms.Span())
  }
  terms.discounts = [
    ContractTerms.Discount(
      billingAccountID: "", type: "EdpDiscount", rate: "0.09", products: ["AmazonS3", "AmazonVPC"],
      except: [], span: ContractTerms.Span())
  ]
  terms.privateRates = [
    ContractTerms.PrivateRate(
      billingAccountID: "", usageType: "BoxUsage:private", skuID: "", rate: "0.30",
      span: ContractTerms.Span())
  ]
  terms.credits = [
    ContractTerms.Credit(
      billingAccountID: "", name: "MAP-1", currency: "USD", amount: "100.00", used: "10.00",
      products: ["AmazonGlacier"],
      span: ContractTerms.Span(from: day("2026-01-01"), to: day("2026-12-31")))
  ]
  terms.support = [
    ContractTerms.Support(
      billingAccountID: "", legalEntity: "", products: ["AWSSupportBusiness"],
      basis: .monthBefore, minimum: "29.00",
      tiers: [ContractTerms.Support.Tier(upTo: nil, rate: "0.10")], tolerance: "0.01",
      span: ContractTerms.Span())
  ]
  terms.regions = ["us-east-1"]
  return terms
}

/// Rows that hold one of everything that a month legitimately holds.
let cleanRows: [LineItem] = [
  usage(),
  usage([
    .lineItemID: "line-2", .resourceID: "i-0002", .consumedQuantity: "24",
    .unblendedCost: "12.00",
  ]),
  usage([
    .timeInterval: "2026-04-04T00:00:00Z/2026-04-05T00:00:00Z",
    .chargePeriodStart: "2026-04-04T00:00:00Z", .chargePeriodEnd: "2026-04-05T00:00:00Z",
  ]),
  usage([
    .lineItemID: "line-3", .lineItemType: "DiscountedUsage", .unblendedRate: "0",
    .unblendedCost: "0", .resourceID: "i-0003",
  ]),
  usage([
    .lineItemID: "line-4", .lineItemType: "SavingsPlanCoveredUsage", .resourceID: "i-0004",
    .savingsPlanARN: "arn:plan",
  ]),
  charge(
    "SavingsPlanNegation", cost: "-5.00",
    [.savingsPlanARN: "arn:plan", .usageType: "BoxUsage:m5.large"]),
  charge("Credit", cost: "-1.00"), charge("Refund", cost: "-2.00"), charge("RIFee", cost: "30.00"),
  charge("EdpDiscount", cost: "-0.10"), charge("Tax", cost: "0.00"),
  charge(
    "Fee", cost: "29.00",
    [.lineItemID: "line-support", .productCode: "AWSSupportBusiness", .serviceName: "AWS Support"]),
]

/// Daily cost from the first of January to the end of April, the same each week.
func steadySeries(_ change: (Day, Int) -> Int = { $1 }) throws -> DailySeries {
  let first = day("2026-01-01")
  var days: [Day: Amount] = [:]
  for offset in 0..<first.distance(to: period.end) {
    let date = first.advanced(by: offset)
    days[date] = try Amount(change(date, date.weekday > 5 ? 60 : 100))
  }
  return DailySeries(
    key: DailySeries.Key(
      billingAccountID: "100000000001", subAccountID: "200000000001",
      serviceName: "Amazon Elastic Compute Cloud", currency: "USD"),
    days: days)
}

func cleanFacts() throws -> PeriodFacts {
  var result = try facts(cleanRows)
  result.history = [try steadySeries()]
  return result
}

/// A document that names everything as the contract does, of 119.00 EUR.
func document(_ change: (inout Invoice) -> Void = { _ in }) -> Invoice {
  var invoice = Invoice(file: "a.xml", sha256: "hash-3", index: 1, dialect: "ubl")
  invoice.invoiceID = "INV-1"
  invoice.billingAccountID = "100000000001"
  invoice.currency = "EUR"
  invoice.issueDate = day("2026-05-03")
  invoice.received = day("2026-05-04")
  invoice.net = "100.00"
  invoice.tax = "19.00"
  invoice.gross = "119.00"
  invoice.payable = "109.00"
  invoice.seller = Party(name: "AMAZON WEB SERVICES INC", taxID: "us 001")
  invoice.buyer = Party(name: "Shop", taxID: "DE999")
  invoice.paymentAccounts = ["de00seller01"]
  invoice.purchaseOrder = "4500"
  change(&invoice)
  return invoice
}

func match(
  _ result: MatchResult, ids: [Text] = ["INV-1"], invoiced: Amount?, charged: Amount?,
  unexplained: Amount = .zero
) throws -> Match {
  var match = Match(
    billingPeriod: period, id: "2026-04/m", invoiceIDs: ids, documents: ["ubl:D-1"],
    documentKinds: [.invoice], issuer: "Amazon Web Services, Inc.",
    billingAccountID: "100000000001", currency: "USD",
    difference: try (invoiced ?? .zero) - (charged ?? .zero), explained: [],
    unexplained: unexplained, tolerance: "0.01", result: result, lineItems: 3, items: [])
  match.invoicedTotal = invoiced
  match.chargedTotal = charged
  return match
}

let signOff = SignOff(
  billingPeriod: period, on: day("2026-05-12"), by: "An", note: "", sha256: "hash-2", version: 3)

/// Charges of one key that moved since the period was signed off.
func moved(
  _ change: RestatementChange, from before: Amount?, to after: Amount?, invoice: Text = "INV-1"
) -> RestatementRow {
  var row = RestatementRow(
    since: .signOff, change: change,
    key: RestatementKey(
      billingAccountID: "100000000001", currency: "USD", invoiceID: invoice,
      subAccountID: "200000000001", serviceName: "Amazon Elastic Compute Cloud",
      chargeType: "Usage"),
    before: before, after: after, difference: try? (after ?? .zero) - (before ?? .zero))
  row.lineItemsAfter = 2
  return row
}

extension PeriodFacts {
  func with(_ change: (inout PeriodFacts) throws -> Void) rethrows -> PeriodFacts {
    var copy = self
    try change(&copy)
    return copy
  }
}

extension Detector {
  /// The only finding of the rule.
  func onlyFinding(_ facts: PeriodFacts) throws -> Finding? {
    let findings = try judged(facts).findings
    return findings.count == 1 ? findings[0] : nil
  }
}

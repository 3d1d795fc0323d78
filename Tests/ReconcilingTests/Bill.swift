import BillingModel
import ExactNumbers
import Reconciling
import Testing

// What the tests build bills from: one payer, one issuer, April 2026, unless said otherwise.

let aws = "Amazon Web Services, Inc."
let sinnet = "Beijing Sinnet Technology Co., Ltd."
let ningxia = "Ningxia Western Cloud Data Technology Co., Ltd."

func amount(_ text: String) -> Amount {
  guard let amount = try? Amount(parsing: text) else {
    preconditionFailure("not an amount: \(text)")
  }
  return amount
}

func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("not a day: \(text)") }
  return day
}

func month(_ text: String) -> BillingPeriod {
  guard let month = BillingPeriod(text) else { preconditionFailure("not a month: \(text)") }
  return month
}

func charge(
  _ cost: String, id: String = "INV-1", type: ChargeType = "Usage", issuer: String = aws,
  currency: CurrencyCode = "USD", account: String = "200000000001",
  service: String = "Amazon Elastic Compute Cloud", code: String = "AmazonEC2",
  isDataTransfer: Bool = false, on usageDay: String = "2026-04-10"
) -> ChargeSummary {
  let cost = amount(cost)
  return ChargeSummary(
    key: ChargeKey(
      billingAccountID: "100000000001", billingPeriod: month("2026-04"), invoiceID: Text(id),
      invoiceIssuer: Text(issuer), billingEntity: "AWS", legalEntity: Text(issuer),
      billType: "Anniversary", chargeType: type, currency: currency, subAccountID: Text(account),
      subAccountName: "", serviceName: Text(service), productCode: Text(code),
      isDataTransfer: isDataTransfer, day: day(usageDay)),
    sums: CostSums(unblended: cost, lineItems: 1), billedCost: cost)
}

/// The charges are put into the payer and the period of the booking.
func booking(
  _ charges: [ChargeSummary], payer: Text = "100000000001", period: String = "2026-04",
  format: ExportFormat = .cur2, version: Text = "2", on versionDay: String = "2026-05-06",
  rejected: String? = nil, currency: CurrencyCode = "USD", unreadable: Int = 0
) -> Booking {
  var contents = ExportContents()
  contents.charges = charges.map {
    var charge = $0
    charge.key.billingAccountID = payer
    charge.key.billingPeriod = month(period)
    return charge
  }
  var file = FileTally(file: "cur.csv.gz", sha256: "f0", format: format)
  if let rejected {
    file.rejected.rows = 1
    guard (try? file.rejected.cost.add(amount(rejected), currency)) != nil else {
      preconditionFailure("too large: \(rejected)")
    }
  }
  file.rejectedWithoutCost = unreadable
  contents.files = [file]
  return Booking(
    delivery: 1, exportName: "cur", format: format, billingAccountID: payer,
    billingPeriod: month(period), version: version, versionDay: day(versionDay), contents: contents
  )
}

func invoice(
  _ number: String, _ gross: String, tax: String? = nil, from issuer: String = aws,
  currency: CurrencyCode = "USD", on issueDay: String? = "2026-05-03", lines: Int = 1,
  dialect: Text = "ubl", _ change: (inout Invoice) -> Void = { _ in }
) -> Invoice {
  var invoice = Invoice(
    file: Text("\(number).xml"), sha256: Text("\(dialect)-\(number)-\(issuer)"), index: 1,
    dialect: dialect)
  invoice.invoiceID = Text(number)
  invoice.gross = amount(gross)
  invoice.tax = tax.map(amount)
  if let tax { invoice.net = try? amount(gross) - amount(tax) }
  invoice.seller.name = Text(issuer)
  invoice.currency = currency
  invoice.issueDate = issueDay.map(day)
  invoice.lineCount = lines
  change(&invoice)
  return invoice
}

/// A Chinese e-invoice (数电票): 20 digits, no AWS id of its own.
func fapiao(
  _ last: Int, _ gross: String, from issuer: String = "北京光环新网科技股份有限公司",
  on issueDay: String = "2026-05-12", remark: Text = "", references: [Text] = []
) -> Invoice {
  invoice(
    "2611200000000000000\(last)", gross, from: issuer, currency: "CNY", on: issueDay,
    dialect: "cn-einvoice"
  ) {
    $0.remark = remark
    $0.references = references
  }
}

/// The day of the run is after invoices are due, unless said otherwise.
func reconcile(
  _ bookings: [Booking], replaced: [Booking] = [], _ invoices: [Invoice],
  asOf: String = "2026-05-20"
) throws -> [Reconciliation] {
  try Reconciler(asOf: day(asOf)).reconcile(
    bookings: bookings, replaced: replaced, invoices: invoices)
}

func matches(
  _ bookings: [Booking], replaced: [Booking] = [], _ invoices: [Invoice],
  asOf: String = "2026-05-20"
) throws -> [Match] {
  try reconcile(bookings, replaced: replaced, invoices, asOf: asOf).flatMap(\.matches)
}

extension [Match] {
  /// The match that holds an invoice id.
  subscript(id: Text) -> Match? { first { $0.invoiceIDs.contains(id) } }

  /// The same, whose reasons and rest make up its difference.
  func proved(_ id: Text) throws -> Match {
    let match = try #require(self[id])
    #expect(
      try Amount.sum(match.explained.map(\.amount)) + match.unexplained == match.difference)
    return match
  }
}

extension Match {
  func item(_ level: ReconciliationLevel, _ key: Text) -> MatchItem? {
    items.first { $0.level == level && $0.key == key }
  }

  func explains(_ reason: DifferenceReason) -> Amount? {
    explained.first { $0.reason == reason }?.amount
  }
}

/// The match of INV-1.
func soleMatch(
  _ booking: Booking, replaced: [Booking] = [], _ invoices: Invoice...
) throws -> Match { try matches([booking], replaced: replaced, invoices).proved("INV-1") }

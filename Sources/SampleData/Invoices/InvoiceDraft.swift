import BillingModel
import ExactNumbers

/// What a seller would print on the document for one invoice id.
struct InvoiceDraft {
  /// A service, its net and its tax, in whole cents.
  struct Line {
    var service: String
    var net: Amount
    var tax: Amount
  }

  var id: String
  var seller: Seller
  var payer: Payer
  var period: BillingPeriod
  var issued: Day
  var lines: [Line]
  /// The invoice that a credit note takes back; empty for an invoice.
  var precedingID = ""
  /// Where it is to be paid; empty where it does not say.
  var bankAccount = ""
  /// The order that it names. cXML, which must name one, names the standing order without it.
  var purchaseOrder: String?
  /// What it states in further currencies.
  var conversions: [Conversion] = []

  /// The same money in another currency, at a rate of its units for one of the document's.
  struct Conversion {
    /// `TaxCurrencyAmount` or `PaymentCurrencyAmount`.
    var name: String
    var currency: String
    var rate: Amount
    /// What is stated beyond what the rate makes of the total.
    var excess = Amount.zero
  }

  /// The document that fits a closed bill: a line for each service, sorted by name.
  init(_ bill: Bill, _ invoiceID: String, issued: Day) throws(AmountOverflow) {
    let rows = bill.rows.filter {
      $0.invoiceID == invoiceID && $0.currency == bill.payer.currency
    }
    self.id = invoiceID
    self.seller = rows.first?.seller ?? .inc
    self.payer = bill.payer
    self.period = bill.period
    self.issued = issued
    self.lines = []
    for service in Set(rows.filter { !$0.isTax }.map(\.documentService)).sorted() {
      let net = try Amount.sum(
        rows.filter { !$0.isTax && $0.documentService == service }.map(\.cost))
      let tax = try net.multiplied(by: seller.vatRate ?? .zero)
      lines.append(Line(service: service, net: Self.cents(net), tax: Self.cents(tax)))
    }
    try settleTax(to: Self.cents(try Amount.sum(rows.filter(\.isTax).map(\.cost))))
  }

  /// A document of one line, such as a credit note.
  init(
    _ id: String, _ seller: Seller, _ payer: Payer, _ period: BillingPeriod, issued: Day,
    lines: [Line], preceding: String = ""
  ) {
    self.id = id
    self.seller = seller
    self.payer = payer
    self.period = period
    self.issued = issued
    self.lines = lines
    self.precedingID = preceding
  }

  private static func cents(_ amount: Amount) -> Amount {
    amount.rounded(toFractionDigits: 2, .halfAwayFromZero)
  }

  /// Taxes of lines are rounded one by one; the last line takes what that leaves of the total.
  private mutating func settleTax(to total: Amount) throws(AmountOverflow) {
    guard let last = lines.indices.last else { return }
    lines[last].tax = try lines[last].tax + (try total - tax)
  }

  var net: Amount {
    get throws(AmountOverflow) { try Amount.sum(lines.map(\.net)) }
  }
  var tax: Amount {
    get throws(AmountOverflow) { try Amount.sum(lines.map(\.tax)) }
  }
  var gross: Amount {
    get throws(AmountOverflow) { try net + tax }
  }

  /// The same money the other way: a credit note states positive amounts.
  func negated() -> InvoiceDraft {
    var draft = self
    draft.lines = lines.map { Line(service: $0.service, net: -$0.net, tax: -$0.tax) }
    return draft
  }

  var isCredit: Bool { !precedingID.isEmpty }

  /// The same document with only the services that the test lets through.
  func keeping(_ isKept: (String) -> Bool) -> InvoiceDraft {
    var draft = self
    draft.lines = lines.filter { isKept($0.service) }
    return draft
  }
}

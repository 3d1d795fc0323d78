import BillingModel
import ByteStreaming
import ExactNumbers

/// One invoice summary. The amounts in the currency of the charges (`BaseCurrencyAmount`) are those of
/// the document.
struct SummaryReading {
  private let summary: JSONValue
  let path: String
  var invoice: Invoice
  var faults: [String] = []

  init(_ summary: JSONValue, path: String, _ blank: Invoice) {
    self.summary = summary
    self.path = path
    invoice = blank
  }

  mutating func bind() throws(AmountOverflow) -> Invoice {
    bindNames()
    invoice.issueDate = day("IssuedDate")
    invoice.dueDate = day("DueDate")
    bindPeriod()
    bindKind()
    try bindAmounts()
    invoice.inTaxCurrency = converted("TaxCurrencyAmount")
    invoice.inPaymentCurrency = converted("PaymentCurrencyAmount")
    invoice.refusal = Text(faults.joined(separator: "; "))
    return invoice
  }

  // MARK: Members

  func member(_ names: [String]) -> JSONValue? {
    var value: JSONValue? = summary
    for name in names { value = value?[name] }
    return value == .null ? nil : value
  }

  func text(_ names: String...) -> Text { Text(member(names)?.scalar ?? "") }

  mutating func needed(_ names: String...) -> Text {
    guard let text = member(names)?.scalar, !text.isEmpty else {
      faults.append("\(place(names)) is missing")
      return ""
    }
    return Text(text)
  }

  mutating func amount(_ names: String...) -> Amount? { amount(names) }

  mutating func amount(_ names: [String]) -> Amount? {
    guard let value = member(names), value != .string("") else { return nil }
    guard let spelled = value.scalar, let amount = FieldReading.number(Text(spelled)) else {
      faults.append("\(place(names)) is not a decimal number")
      return nil
    }
    return amount
  }

  func place(_ names: [String]) -> String { ([path] + names).joined(separator: ".") }

  /// A date is ISO 8601 or seconds since 1970, also with a fraction.
  private mutating func day(_ name: String) -> Day? {
    guard let spelled = member([name])?.scalar, !spelled.isEmpty else { return nil }
    if let day = FieldReading.isoDay(Text(spelled)) { return day }
    if let seconds = FieldReading.number(Text(spelled)), !seconds.isNegative,
      let whole = Int(seconds.description.prefix { $0 != "." }), whole < 253_402_300_800
    {
      return Moment(seconds: whole).day
    }
    faults.append("\(place([name])) is neither an ISO date nor seconds since 1970")
    return nil
  }

  // MARK: Parts

  private mutating func bindNames() {
    invoice.invoiceID = needed("InvoiceId")
    invoice.billingAccountID = needed("AccountId")
    invoice.typeCode = text("InvoiceType")
    invoice.issuer = text("Entity", "InvoicingEntity")
    invoice.seller = Party(name: invoice.issuer)
    invoice.commercialInvoiceID = text("CommercialInvoiceId")
    invoice.precedingInvoice = text("OriginalInvoiceId")
    invoice.purchaseOrder = text("PurchaseOrderNumber")
  }

  private mutating func bindPeriod() {
    guard member(["BillingPeriod"]) != nil else { return }
    let year = Int(text("BillingPeriod", "Year").string)
    let month = Int(text("BillingPeriod", "Month").string)
    invoice.billingPeriod = BillingPeriod(year: year ?? 0, month: month ?? 0)
    if invoice.billingPeriod == nil {
      faults.append("\(place(["BillingPeriod"])) is not a month and a year")
    }
  }

  private mutating func bindKind() {
    switch invoice.typeCode {
    case "", "INVOICE": invoice.kind = .invoice
    case "CREDIT_MEMO": invoice.kind = .credit
    case "PAYMENT_RECEIPT": invoice.kind = .receipt
    default:
      faults.append(
        "\(place(["InvoiceType"])) is \"\(invoice.typeCode)\", not INVOICE, CREDIT_MEMO or "
          + "PAYMENT_RECEIPT")
    }
  }
}

import BillingModel
import ByteStreaming
import ExactNumbers

/// Reads what `aws invoicing list-invoice-summaries` prints: `{"InvoiceSummaries": […]}`, or the bare
/// list. Members that are not known are passed over.
struct SummaryList {
  static let dialect = Invoice.listDialect

  let file: Text
  let sha256: Text

  func read(_ bytes: [UInt8]) throws(InvoiceFault) -> [Invoice] {
    let document = try parse(bytes)
    guard let summaries = document["InvoiceSummaries"]?.array ?? document.array,
      summaries.allSatisfy({ if case .object = $0 { true } else { false } })
    else {
      throw InvoiceFault(
        code: "UnknownDialect",
        message: "JSON without a list \"InvoiceSummaries\": export it with "
          + "`aws invoicing list-invoice-summaries`")
    }
    var invoices: [Invoice] = []
    for (index, summary) in summaries.enumerated() {
      let blank = Invoice(file: file, sha256: sha256, index: index + 1, dialect: Self.dialect)
      var reading = SummaryReading(summary, path: "InvoiceSummaries[\(index)]", blank)
      invoices.append(try invoice(&reading))
    }
    return invoices
  }

  private func parse(_ bytes: [UInt8]) throws(InvoiceFault) -> JSONValue {
    do throws(JSONFault) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw InvoiceFault(code: "NotJSON", message: error.description)
    }
  }

  private func invoice(_ reading: inout SummaryReading) throws(InvoiceFault) -> Invoice {
    do throws(AmountOverflow) {
      return try reading.bind()
    } catch {
      throw InvoiceFault(code: "AmountOverflow", message: "\(reading.path): \(error)")
    }
  }
}

/// One invoice summary. The amounts in the currency of the charges (`BaseCurrencyAmount`) are those of
/// the document.
struct SummaryReading {
  private let summary: JSONValue
  let path: String
  private var invoice: Invoice
  private var faults: [String] = []
  /// Before tax + tax = total holds to the last digit.
  private static let tolerance = Amount.zero

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
    invoice.refusal = Text(faults.joined(separator: "; "))
    return invoice
  }

  // MARK: Members

  private func member(_ names: [String]) -> JSONValue? {
    var value: JSONValue? = summary
    for name in names { value = value?[name] }
    return value == .null ? nil : value
  }

  private func text(_ names: String...) -> Text { Text(member(names)?.scalar ?? "") }

  private mutating func needed(_ names: String...) -> Text {
    guard let text = member(names)?.scalar, !text.isEmpty else {
      faults.append("\(place(names)) is missing")
      return ""
    }
    return Text(text)
  }

  private mutating func amount(_ names: String...) -> Amount? {
    guard let value = member(names), value != .string("") else { return nil }
    guard let spelled = value.scalar, let amount = FieldReading.number(Text(spelled)) else {
      faults.append("\(place(names)) is not a decimal number")
      return nil
    }
    return amount
  }

  private func place(_ names: [String]) -> String { ([path] + names).joined(separator: ".") }

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

  private mutating func bindAmounts() throws(AmountOverflow) {
    _ = needed("BaseCurrencyAmount", "TotalAmount")
    invoice.currency = CurrencyCode(needed("BaseCurrencyAmount", "CurrencyCode"))
    if !invoice.currency.text.isEmpty, !invoice.currency.isWellFormed {
      faults.append("\(place(["BaseCurrencyAmount", "CurrencyCode"])) is not an ISO 4217 code")
    }
    let gross = amount("BaseCurrencyAmount", "TotalAmount")
    let net = amount("BaseCurrencyAmount", "TotalAmountBeforeTax")
    let tax = amount("BaseCurrencyAmount", "AmountBreakdown", "Taxes", "TotalAmount")
    invoice.gross = gross
    invoice.net = net
    invoice.tax = tax
    if net == nil, let gross, let tax { invoice.net = try gross - tax }
    if tax == nil, let gross, let net { invoice.tax = try gross - net }
    invoice.discountTotal = amount(
      "BaseCurrencyAmount", "AmountBreakdown", "Discounts", "TotalAmount")
    invoice.chargeTotal = amount("BaseCurrencyAmount", "AmountBreakdown", "Fees", "TotalAmount")
    invoice.taxSubtotals = taxes()
    let stated = StatedTotals(net: net, tax: tax, gross: gross)
    invoice.checks = try Arithmetic.plain(tolerance: Self.tolerance).checks(stated)
  }

  private func taxes() -> [TaxSubtotal] {
    let rows = member(["BaseCurrencyAmount", "AmountBreakdown", "Taxes", "Breakdown"])?.array ?? []
    return rows.map { row in
      TaxSubtotal(
        category: Text(row["Description"]?.scalar ?? ""),
        rate: row["Rate"]?.scalar.flatMap { FieldReading.number(Text($0)) }, base: nil,
        tax: row["Amount"]?.scalar.flatMap { FieldReading.number(Text($0)) })
    }
  }
}

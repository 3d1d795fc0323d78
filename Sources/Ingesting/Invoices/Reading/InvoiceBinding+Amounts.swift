import BillingModel
import ExactNumbers

/// The totals of a document.
extension InvoiceBinding {
  /// The terms of EN 16931 whose decimals are bounded.
  private static let terms: [InvoiceField: Text] = [
    .lineTotal: "BT-106", .allowanceTotal: "BT-107", .chargeTotal: "BT-108", .net: "BT-109",
    .gross: "BT-112", .prepaid: "BT-113", .rounding: "BT-114", .payable: "BT-115",
  ]

  private mutating func amount(_ name: InvoiceField) throws(AmountOverflow) -> Amount? {
    let number = try reading.number(field(name), name.rawValue, at: document.element, in: root.tree)
    if let number, let term = Self.terms[name] { note(number, term) }
    return number?.amount
  }

  /// Notes an amount for BR-DEC.
  mutating func note(_ number: Spelled, _ term: Text, _ subject: Text? = nil) {
    if totals.decimals == nil { totals.decimals = [] }
    guard number.fractionDigits > 2, totals.decimals?.contains(where: { $0.term == term }) == false
    else { return }
    totals.decimals?.append(
      DecimalFault(term: term, subject: subject ?? term, amount: number.amount))
  }

  mutating func bindAmounts() throws(AmountOverflow) {
    try bindTaxTotals()
    totals.currency = invoice.currency.text
    totals.net = try amount(.net)
    totals.tax = try amount(.tax) ?? taxInDocumentCurrency
    totals.gross = try amount(.gross)
    totals.grossRounding = try amount(.grossRounding)
    totals.withheld = try amount(.withheld)
    totals.payable = try amount(.payable)
    totals.prepaid = try amount(.prepaid)
    totals.rounding = try amount(.rounding)
    totals.lineTotal = try amount(.lineTotal)
    totals.allowanceTotal = try amount(.allowanceTotal)
    totals.chargeTotal = try amount(.chargeTotal)
    try bindAllowances()
    invoice.net = totals.net
    invoice.tax = totals.tax
    invoice.gross = totals.gross
    invoice.payable = totals.payable
    invoice.prepaid = totals.prepaid
    invoice.rounding = totals.rounding
    invoice.allowanceTotal = totals.allowanceTotal
    invoice.chargeTotal = totals.chargeTotal
    invoice.discountTotal = try amount(.discountTotal)
    try compute()
    if let base = try amount(.baseAmount), case let currency = CurrencyCode(text(.baseCurrency)),
      currency.isWellFormed, currency != invoice.currency
    {
      invoice.base = Money(base, currency)
    }
  }

  /// What is not stated and follows from what is.
  private mutating func compute() throws(AmountOverflow) {
    if dialect.computed.contains(.gross), invoice.gross == nil {
      if invoice.net == nil, let lines = totals.lineTotal {
        invoice.net = try lines - (totals.allowanceTotal ?? .zero) + (totals.chargeTotal ?? .zero)
      }
      if let net = invoice.net {
        invoice.gross = try net + (invoice.tax ?? .zero) + (totals.grossRounding ?? .zero)
      }
    }
    if invoice.net == nil, let gross = invoice.gross, let tax = invoice.tax {
      invoice.net = try gross - tax
    }
    if dialect.computed.contains(.payable), invoice.payable == nil, let gross = invoice.gross {
      invoice.payable = try gross - (totals.withheld ?? .zero) - (totals.prepaid ?? .zero)
    }
    totals.wholeGross = invoice.gross
  }

  /// A total that names no currency counts as one in the currency of the document.
  private var taxInDocumentCurrency: Amount? {
    let own = totals.taxTotals.filter { $0.currency == invoice.currency.text }
    return (own.isEmpty ? totals.taxTotals.filter(\.currency.isEmpty) : own).first?.amount
  }

  mutating func bindConverted() throws(AmountOverflow) {
    invoice.inTaxCurrency = try converted(dialect.taxCurrency, "taxCurrency")
    invoice.inPaymentCurrency = try converted(dialect.paymentCurrency, "paymentCurrency")
  }

  /// Nil where the document names no other currency than its own.
  private mutating func converted(
    _ rule: ConvertedRule?, _ label: String
  ) throws(AmountOverflow) -> ConvertedAmounts? {
    guard let rule else { return nil }
    let element = document.element
    let currency = CurrencyCode(root.tree.text(compile(rule.currency, at: element), at: element))
    guard currency.isWellFormed, currency != invoice.currency else { return nil }
    var amounts = ConvertedAmounts(currency: currency)
    amounts.net = try reading.amount(
      compile(rule.net, at: element), "\(label).net", at: element, in: root.tree)
    amounts.tax =
      try reading.amount(compile(rule.tax, at: element), "\(label).tax", at: element, in: root.tree)
      ?? totals.taxTotals.first { $0.currency == currency.text }?.amount
    amounts.gross = try reading.amount(
      compile(rule.gross, at: element), "\(label).gross", at: element, in: root.tree)
    amounts.exchangeRate = root.tree.amount(
      compile(rule.exchangeRate, at: element), at: element)
    return amounts
  }
}

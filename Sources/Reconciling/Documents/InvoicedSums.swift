import BillingModel
import ExactNumbers

/// What one document charges, in the currency of the match; credits are negative.
struct DocumentAmounts: Hashable, Sendable {
  /// What was charged before prepayment (BT-112).
  let total: Amount
  /// Absent where the document does not tell, as for most that are compared in another currency.
  var net: Amount?
  var tax: Amount?
  /// Discounts that the document states on their own; never positive on an invoice.
  var discount: Amount?
  var prepaid: Amount?
  var rounding: Amount?
  var items: [InvoiceItem] = []

  /// nil if the document is in another currency and states no total in this one.
  init?(_ invoice: Invoice, in currency: CurrencyCode) throws(AmountOverflow) {
    guard invoice.currency == currency || invoice.currency.text.isEmpty else {
      let converted = invoice.converted(to: currency)
      guard let stated = try invoice.total(in: currency) else { return nil }
      let negated = Self.isNegated(invoice, total: stated)
      total = negated ? -stated : stated
      net = converted?.net.map { negated ? -$0 : $0 }
      tax = converted?.tax.map { negated ? -$0 : $0 }
      return
    }
    let stated = try Self.statedTotal(of: invoice)
    let negated = Self.isNegated(invoice, total: stated)
    func signed(_ amount: Amount?) -> Amount? { negated ? amount.map { -$0 } : amount }
    total = negated ? -stated : stated
    tax = signed(try Self.statedTax(of: invoice))
    net = signed(invoice.net)
    if net == nil, let tax { net = try total - tax }
    discount = signed((invoice.discountTotal ?? invoice.allowanceTotal).map { -$0.magnitude })
    prepaid = signed(invoice.prepaid)
    rounding = signed(invoice.rounding)
    items = invoice.items.map { item in
      guard negated else { return item }
      var item = item
      item.net = -item.net
      item.tax = item.tax.map { -$0 }
      return item
    }
  }

  /// A credit enters once with its total negated; a red Chinese invoice is negative already.
  private static func isNegated(_ invoice: Invoice, total: Amount) -> Bool {
    invoice.kind == .credit && total.isPositive
  }

  /// BT-112, else what gives it: BT-109 + BT-110, or BT-115 + BT-113 − BT-114.
  private static func statedTotal(of invoice: Invoice) throws(AmountOverflow) -> Amount {
    if let gross = invoice.gross { return gross }
    if let net = invoice.net, let tax = invoice.tax { return try net + tax }
    if let payable = invoice.payable {
      return try payable + (invoice.prepaid ?? .zero) - (invoice.rounding ?? .zero)
    }
    return invoice.net ?? .zero
  }

  private static func statedTax(of invoice: Invoice) throws(AmountOverflow) -> Amount? {
    if let tax = invoice.tax { return tax }
    guard let gross = invoice.gross, let net = invoice.net else { return nil }
    return try gross - net
  }
}

extension Invoice {
  /// What the document states once more in the currency of the payment, or that of the tax authority.
  func converted(to currency: CurrencyCode) -> ConvertedAmounts? {
    [inPaymentCurrency, inTaxCurrency].compactMap { $0 }.first { $0.currency == currency }
  }

  /// The total in a currency that is not the document's own.
  func total(in currency: CurrencyCode) throws(AmountOverflow) -> Amount? {
    if let base, base.currency == currency { return base.amount }
    guard let converted = converted(to: currency) else { return nil }
    if let gross = converted.gross { return gross }
    guard let net = converted.net, let tax = converted.tax else { return nil }
    return try net + tax
  }

  /// The currencies that the document has a total in, its own first.
  var totalCurrencies: [CurrencyCode] {
    let others = [base?.currency, inPaymentCurrency?.currency, inTaxCurrency?.currency]
      .compactMap { $0 }
      // A total out of range is one all the same: comparing it says so.
      .filter { other in (try? total(in: other)) != .some(nil) }
    return [currency] + others
  }
}

/// What the documents of a match charge together.
struct InvoicedSums: Hashable, Sendable {
  private(set) var total = Amount.zero
  /// Absent unless every document tells it.
  private(set) var net: Amount?
  private(set) var tax: Amount?
  private(set) var discount: Amount?
  /// Σ net of the credit documents, where every credit document tells it.
  private(set) var credit: Amount?
  private(set) var prepaid: Amount?
  private(set) var rounding: Amount?
  private(set) var items: [InvoiceItem] = []
  private(set) var documents = 0
  /// Lines read; a document without lines counts as one line.
  private(set) var lines = 0
  /// What documents in another currency state that say nothing in this one.
  private(set) var unconverted: [Money] = []

  init(_ invoices: [Invoice], in currency: CurrencyCode) throws(AmountOverflow) {
    var amounts: [DocumentAmounts] = []
    var credits: [Amount?] = []
    for invoice in invoices {
      lines += max(1, invoice.lineCount)
      guard let document = try DocumentAmounts(invoice, in: currency) else {
        if let own = try DocumentAmounts(invoice, in: invoice.currency) {
          unconverted.append(Money(own.total, invoice.currency))
        }
        continue
      }
      amounts.append(document)
      if invoice.kind == .credit { credits.append(document.net) }
    }
    documents = invoices.count
    total = try Amount.sum(amounts.map(\.total))
    net = try Self.sumOfAll(amounts.map(\.net))
    tax = try Self.sumOfAll(amounts.map(\.tax))
    credit = try Self.sumOfAll(credits)
    discount = try Self.sumOfStated(amounts.map(\.discount))
    prepaid = try Self.sumOfStated(amounts.map(\.prepaid))
    rounding = try Self.sumOfStated(amounts.map(\.rounding))
    items = amounts.flatMap(\.items)
  }

  /// nil if one is absent, or if there are none.
  private static func sumOfAll(_ amounts: [Amount?]) throws(AmountOverflow) -> Amount? {
    let present = amounts.compactMap { $0 }
    guard !present.isEmpty, present.count == amounts.count else { return nil }
    return try Amount.sum(present)
  }

  /// nil if none is stated, or if they are 0.
  private static func sumOfStated(_ amounts: [Amount?]) throws(AmountOverflow) -> Amount? {
    let sum = try Amount.sum(amounts.compactMap { $0 })
    return sum.isZero ? nil : sum
  }
}

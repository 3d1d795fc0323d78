import BillingModel
import ByteStreaming
import ExactNumbers

/// The money of an invoice summary, in up to three currencies.
extension SummaryReading {
  mutating func bindAmounts() throws(AmountOverflow) {
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
    try check(StatedTotals(net: net, tax: tax, gross: gross))
  }

  /// Before tax + tax = total, and what is listed = its total, to the last digit.
  private mutating func check(_ totals: StatedTotals) throws(AmountOverflow) {
    var stated = totals
    let taxes = StatedTotals.TaxTotal(amount: totals.tax, subtotals: invoice.taxSubtotals)
    if taxes.subtotals.allSatisfy({ $0.tax != nil }) { stated.taxTotals = [taxes] }
    invoice.checks = try Arithmetic.plain(tolerance: .zero).checks(stated)
    for name in ["Discounts", "Fees"] {
      let path = ["BaseCurrencyAmount", "AmountBreakdown", name]
      let rows = member(path + ["Breakdown"])?.array ?? []
      let parts = rows.compactMap { Self.number($0["Amount"]) }
      guard !rows.isEmpty, parts.count == rows.count, let total = amount(path + ["TotalAmount"])
      else { continue }
      let sum = try Amount.sum(parts)
      invoice.checks.append(
        ArithmeticCheck(
          rule: .breakdownSum, holds: total == sum, stated: total, computed: sum,
          subject: Text(name)))
    }
  }

  private func taxes() -> [TaxSubtotal] {
    let rows = member(["BaseCurrencyAmount", "AmountBreakdown", "Taxes", "Breakdown"])?.array ?? []
    return rows.map { row in
      TaxSubtotal(
        category: Text(row["Description"]?.scalar ?? ""), rate: Self.number(row["Rate"]),
        base: nil, tax: Self.number(row["Amount"]))
    }
  }

  private static func number(_ value: JSONValue?) -> Amount? {
    value?.scalar.flatMap { FieldReading.number(Text($0)) }
  }

  /// Nil where it is not there, or in the currency of the document.
  mutating func converted(_ name: String) -> ConvertedAmounts? {
    guard member([name]) != nil else { return nil }
    let currency = CurrencyCode(text(name, "CurrencyCode"))
    guard currency.isWellFormed else {
      faults.append("\(place([name, "CurrencyCode"])) is not an ISO 4217 code")
      return nil
    }
    guard currency != invoice.currency else { return nil }
    var amounts = ConvertedAmounts(currency: currency)
    amounts.net = amount(name, "TotalAmountBeforeTax")
    amounts.tax = amount(name, "AmountBreakdown", "Taxes", "TotalAmount")
    amounts.gross = amount(name, "TotalAmount")
    let source = text(name, "CurrencyExchangeDetails", "SourceCurrencyCode")
    let target = text(name, "CurrencyExchangeDetails", "TargetCurrencyCode")
    if source == invoice.currency.text, target == currency.text {
      amounts.exchangeRate = amount(name, "CurrencyExchangeDetails", "Rate")
    }
    return amounts
  }
}

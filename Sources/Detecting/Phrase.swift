import BillingModel
import ExactNumbers

/// The words that figures are given in.
enum Phrase {
  /// `USD 1234.50`: to the cent, but exactly where that would show nothing.
  static func money(_ amount: Amount, _ currency: CurrencyCode) -> String {
    let cents = amount.rounded(toFractionDigits: 2, .halfAwayFromZero)
    return "\(currency) \(cents.isZero ? amount : cents)"
  }

  /// `1 line item`, `3 line items`.
  static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// `20 %`, `12.5 %` of a fraction.
  static func percent(_ fraction: Amount) throws(AmountOverflow) -> String {
    let value = try fraction.multiplied(by: Amount(100))
      .rounded(toFractionDigits: 2, .halfAwayFromZero)
    var digits = value.description
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.hasSuffix(".") { digits.removeLast() }
    return digits + " %"
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}

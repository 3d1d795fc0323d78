import BillingModel
package import ExactNumbers

/// How far two totals may be apart and still count as rounding: AWS rounds each printed line of an
/// invoice, and no page says how lines are grouped before that.
package struct Tolerance: Hashable, Sendable {
  /// Allowed for each line of a document, in its currency.
  package var perLine: Amount
  /// At least this much.
  package var floor: Amount
  /// At most this much, however long the document is.
  package var cap: Amount

  package init(perLine: Amount, floor: Amount, cap: Amount) {
    self.perLine = perLine
    self.floor = floor
    self.cap = cap
  }

  /// A cent for each line, at least a cent, at most one unit of the currency.
  package static let standard = Tolerance(perLine: .cent, floor: .cent, cap: .one)

  /// max(floor, perLine × lines), at most the cap.
  func amount(lines: Int) throws(AmountOverflow) -> Amount {
    min(cap, max(floor, try perLine.multiplied(by: Amount(lines))))
  }
}

/// The tolerance of each currency.
struct Tolerances: Sendable {
  var standard: Tolerance
  var byCurrency: [CurrencyCode: Tolerance]

  subscript(currency: CurrencyCode) -> Tolerance { byCurrency[currency] ?? standard }
}

extension Amount {
  fileprivate static let cent: Amount = {
    guard let cent = try? Amount(units: Amount.one.units / 100) else {
      preconditionFailure("a cent is in range")
    }
    return cent
  }()
}

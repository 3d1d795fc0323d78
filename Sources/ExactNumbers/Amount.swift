/// An exact decimal number: a 128-bit integer count of 10⁻¹⁸, the domain of `DECIMAL(38,18)`.
///
/// Every cost, rate and quantity is an `Amount`. The magnitude is at most 99 999 999 999 999 999 999
/// (20 integer digits) and 18 fraction digits; whatever would leave that range throws
/// ``AmountOverflow``, in release builds too.
package struct Amount: Hashable, Sendable {
  /// The value in units of 10⁻¹⁸.
  package let units: Int128

  package static let fractionDigits = 18
  package static let zero = Amount(inRange: 0)
  package static let one = Amount(inRange: 1_000_000_000_000_000_000)

  static let unitsPerOne: Int128 = 1_000_000_000_000_000_000
  static let largestUnits: Int128 = 99_999_999_999_999_999_999_999_999_999_999_999_999

  init(inRange units: Int128) { self.units = units }

  /// An amount from a count of 10⁻¹⁸.
  package init(units: Int128) throws(AmountOverflow) {
    guard units.magnitude <= Self.largestUnits.magnitude else { throw AmountOverflow() }
    self.units = units
  }

  package init(_ whole: Int) throws(AmountOverflow) {
    let (units, overflow) = Int128(whole).multipliedReportingOverflow(by: Self.unitsPerOne)
    guard !overflow else { throw AmountOverflow() }
    try self.init(units: units)
  }

  package var isZero: Bool { units == 0 }
  package var isNegative: Bool { units < 0 }
  package var isPositive: Bool { units > 0 }

  /// The range is symmetric, so negation and magnitude cannot overflow.
  package var magnitude: Amount { Amount(inRange: units < 0 ? -units : units) }
  package static prefix func - (value: Amount) -> Amount { Amount(inRange: -value.units) }
}

/// A sum, difference or product outside 20 integer digits.
package struct AmountOverflow: Error, Hashable, CustomStringConvertible {
  package init() {}
  package var description: String { "amount exceeds 20 integer digits" }
}

extension Amount: Comparable {
  package static func < (a: Amount, b: Amount) -> Bool { a.units < b.units }
}

extension Amount {
  package static func + (a: Amount, b: Amount) throws(AmountOverflow) -> Amount {
    let (units, overflow) = a.units.addingReportingOverflow(b.units)
    guard !overflow else { throw AmountOverflow() }
    return try Amount(units: units)
  }

  package static func - (a: Amount, b: Amount) throws(AmountOverflow) -> Amount { try a + -b }

  package static func += (a: inout Amount, b: Amount) throws(AmountOverflow) { a = try a + b }

  /// Adds up a sequence; the order does not change the result.
  package static func sum(_ amounts: some Sequence<Amount>) throws(AmountOverflow) -> Amount {
    var total = Amount.zero
    for amount in amounts { try total += amount }
    return total
  }
}

extension Amount: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    self = try Amount(parsing: text)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

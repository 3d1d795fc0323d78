/// The exact product of two amounts: an integer count of 10⁻³⁶, for comparisons that must not round.
package struct Product: Hashable, Sendable {
  /// Two's complement, 256 bits.
  let high: Int128
  let low: UInt128

  init(high: Int128, low: UInt128) {
    self.high = high
    self.low = low
  }

  package init(_ a: Amount, _ b: Amount) {
    let full = a.units.multipliedFullWidth(by: b.units)
    self.init(high: full.high, low: full.low)
  }

  /// The amount itself at the finer scale.
  package init(_ a: Amount) { self.init(a, .one) }

  /// Products of amounts are below 10⁷⁶, far from 2²⁵⁵ ≈ 5.8·10⁷⁶: differences of two cannot wrap.
  package static func - (a: Product, b: Product) -> Product {
    let (low, borrow) = a.low.subtractingReportingOverflow(b.low)
    return Product(high: a.high &- b.high &- (borrow ? 1 : 0), low: low)
  }

  package var magnitude: Product {
    high < 0 ? Product(high: 0, low: 0) - self : self
  }

  package var isNegative: Bool { high < 0 }

  /// Rounded half away from zero to 18 fraction digits.
  package func rounded() throws(AmountOverflow) -> Amount {
    let absolute = magnitude
    let divisor = Amount.unitsPerOne.magnitude
    let wide = absolute.high.magnitude
    guard wide < divisor else { throw AmountOverflow() }
    let (quotient, remainder) = divisor.dividingFullWidth((wide, absolute.low))
    let (units, overflow) = quotient.addingReportingOverflow(remainder * 2 >= divisor ? 1 : 0)
    guard !overflow, units <= Amount.largestUnits.magnitude else { throw AmountOverflow() }
    return Amount(inRange: isNegative ? -Int128(units) : Int128(units))
  }
}

extension Product: Comparable {
  package static func < (a: Product, b: Product) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }
}

extension Amount {
  /// The product rounded half away from zero to 18 fraction digits.
  package func multiplied(by other: Amount) throws(AmountOverflow) -> Amount {
    if let exact = shortProduct(other) { return exact }
    return try Product(self, other).rounded()
  }

  /// The product of two amounts of at most nine fraction digits, as nearly all are: it is exact and needs
  /// no division of 256 bits. Nil for others, and where it does not fit.
  private func shortProduct(_ other: Amount) -> Amount? {
    let (a, rest) = units.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest == 0 else { return nil }
    let (b, otherRest) = other.units.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard otherRest == 0 else { return nil }
    let (units, overflow) = a.multipliedReportingOverflow(by: b)
    guard !overflow, units.magnitude <= Self.largestUnits.magnitude else { return nil }
    return Amount(inRange: units)
  }

  /// The quotient rounded half away from zero to 18 fraction digits. For shares and rates that are
  /// shown to people; sums are never built from quotients.
  package func divided(by other: Amount) throws(AmountOverflow) -> Amount {
    precondition(!other.isZero, "division by zero")
    let numerator = Product(magnitude, .one)
    let divisor = other.units.magnitude
    guard numerator.high.magnitude < divisor else { throw AmountOverflow() }
    let (quotient, remainder) = divisor.dividingFullWidth(
      (numerator.high.magnitude, numerator.low))
    let (units, overflow) = quotient.addingReportingOverflow(
      remainder >= divisor - remainder ? 1 : 0)
    guard !overflow, units <= Self.largestUnits.magnitude else { throw AmountOverflow() }
    let isBelow = isNegative != other.isNegative
    return Amount(inRange: isBelow ? -Int128(units) : Int128(units))
  }
}

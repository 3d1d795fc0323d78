import ExactNumbers

extension Amount {
  /// This amount · `part` / `whole`, rounded once, half away from zero to 18 fraction digits: a share
  /// that was rounded before it is multiplied would miss the money by its own error.
  ///
  /// - Precondition: neither `part` nor `whole` is negative, and `whole` is not zero.
  func part(_ part: Amount, of whole: Amount) throws(AmountOverflow) -> Amount {
    precondition(!part.isNegative && whole.isPositive, "a part of something")
    // Units of 10⁻³⁶ divided by units of 10⁻¹⁸ are units of 10⁻¹⁸.
    let product = units.magnitude.multipliedFullWidth(by: part.units.magnitude)
    let divisor = whole.units.magnitude
    guard product.high < divisor else { throw AmountOverflow() }
    let (quotient, remainder) = divisor.dividingFullWidth(product)
    let (rounded, overflow) = quotient.addingReportingOverflow(
      remainder >= divisor - remainder ? 1 : 0)
    guard !overflow, let units = Int128(exactly: rounded) else { throw AmountOverflow() }
    return try Amount(units: isNegative ? -units : units)
  }
}

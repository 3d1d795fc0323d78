/// The rounding rules that a standard asks for, by name. Nothing rounds without naming one.
package enum RoundingRule: String, Sendable, CaseIterable {
  /// 0.125 → 0.13, −0.125 → −0.13: SQL's `ROUND` and `CAST` to DECIMAL, commercial rounding.
  case halfAwayFromZero
  /// 0.125 → 0.13, −0.125 → −0.12: XPath's `round()`, which the rules of EN 16931 are written in.
  case halfTowardPositive
}

extension Amount {
  /// This amount with at most `digits` fraction digits (0 to 18).
  package func rounded(toFractionDigits digits: Int, _ rule: RoundingRule) -> Amount {
    precondition((0...Self.fractionDigits).contains(digits), "fraction digits out of range")
    var step: Int128 = 1
    for _ in digits..<Self.fractionDigits { step *= 10 }
    let remainder = units % step
    let below = units - (remainder < 0 ? remainder + step : remainder)
    let above = units - below  // distance to the multiple below, 0 ..< step
    let twice = above * 2
    let goesUp =
      switch rule {
      case .halfTowardPositive: twice >= step
      case .halfAwayFromZero: units < 0 ? twice > step : twice >= step
      }
    let result = goesUp ? below + step : below
    // Rounding the largest magnitudes could leave the range by less than one step: keep the bound.
    return Amount(inRange: min(max(result, -Self.largestUnits), Self.largestUnits))
  }
}

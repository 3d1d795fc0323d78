/// What of a change in cost came from the price of a unit, and what from the quantity.
///
/// *Formula.* C₁ − C₀ = ΔP·Q₁ + P₀·ΔQ, where P₀ = C₀/Q₀: the second term is quantity, the rest price.
struct PriceAndQuantity {
  private(set) var price: Int128 = 0
  private(set) var quantity: Int128 = 0

  /// Nil where some leaf that cost something states no quantity.
  init?(_ changes: [LeafChange]) {
    for change in changes where change.actual != 0 || change.expected != 0 {
      guard change.quantity > 0 || change.expectedQuantity > 0 else { return nil }
      let part: Int128
      if change.expectedQuantity > 0 {
        part = Self.scaled(
          change.expected, by: change.quantity - change.expectedQuantity,
          over: change.expectedQuantity)
      } else {
        part = change.difference
      }
      quantity += part
      price += change.difference - part
    }
  }

  /// value · numerator / denominator; where the product leaves 128 bits, by the share in billionths, which is
  /// cut at 10⁹-fold.
  private static func scaled(
    _ value: Int128, by numerator: Int128, over denominator: Int128
  ) -> Int128 {
    let (product, overflow) = value.multipliedReportingOverflow(by: numerator)
    if !overflow { return product / denominator }
    let bound: Int128 = 1_000_000_000
    let whole = numerator / denominator
    if whole.magnitudeValue >= bound { return whole < 0 ? -value : value * bound }
    return value * (numerator / (denominator / bound + 1)) / bound
  }
}

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
        // Shares in billionths; a cost is at most 10¹⁸ and a share is cut at 10⁹-fold.
        let more = change.quantity - change.expectedQuantity
        let share = min(
          more * 1_000_000_000 / change.expectedQuantity, 1_000_000_000_000_000_000)
        part = change.expected * share / 1_000_000_000
      } else {
        part = change.difference
      }
      quantity += part
      price += change.difference - part
    }
  }
}

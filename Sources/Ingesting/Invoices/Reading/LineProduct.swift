import BillingModel
import ExactNumbers

/// What a line comes to: quantity × price ÷ base quantity, with its allowances and charges.
struct LineProduct {
  /// An allowance or charge of a line: an amount, or a percentage of the price.
  struct Change {
    var isCharge: Bool
    var amount: Amount?
    var percent: Amount?

    /// Signed.
    func value(of whole: Amount) throws(AmountOverflow) -> Amount {
      let part =
        if let amount { amount } else {
          try whole.multiplied(by: percent ?? .zero).divided(by: Amount(100))
        }
      return isCharge ? part : -part
    }
  }

  var quantity: Amount
  var price: Spelled
  var baseQuantity: Amount
  var changes: [Change] = []
  var changesAreOfUnit = false

  func net() throws(AmountOverflow) -> Amount {
    var unit = price.amount
    if changesAreOfUnit {
      for change in changes { unit = try unit + change.value(of: unit) }
      return try total(unit)
    }
    let total = try total(unit)
    if changes.isEmpty { return total }
    var changed = Amount.zero
    for change in changes { changed = try changed + change.value(of: total) }
    return try total + changed.rounded(toFractionDigits: 2, .halfTowardPositive)
  }

  private func total(_ unit: Amount) throws(AmountOverflow) -> Amount {
    let product = try quantity.multiplied(by: unit)
    return baseQuantity == .one ? product : try product.divided(by: baseQuantity)
  }

  /// A price of more than two decimals is a rounded one: it may be half a unit of its last digit off, for
  /// each piece.
  func slack() throws(AmountOverflow) -> Amount {
    guard price.fractionDigits > 2, price.fractionDigits < 18 else { return .zero }
    var half = try Amount(1).divided(by: Amount(2))
    for _ in 0..<price.fractionDigits { half = try half.divided(by: Amount(10)) }
    return try quantity.magnitude.multiplied(by: half)
  }
}

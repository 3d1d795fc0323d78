import BillingModel
import ExactNumbers

/// A number with the digits that it was written with.
struct Spelled: Sendable {
  var amount: Amount
  /// After the decimal point, as spelled: `10.000` has three.
  var fractionDigits: Int

  init?(_ text: Span<UInt8>, _ conversion: FieldRule.Conversion) {
    var digits = text
    let isPercent = !text.isEmpty && text[text.count - 1] == UInt8(ascii: "%")
    if isPercent {
      guard conversion == .fraction else { return nil }
      digits = text.extracting(droppingLast: 1)
    }
    do {
      amount = try SpelledAmount(parsing: digits).amount
      if conversion == .fraction, !isPercent { amount = try amount.multiplied(by: Amount(100)) }
    } catch {
      return nil
    }
    fractionDigits = 0
    for index in digits.indices where digits[index] == UInt8(ascii: ".") {
      fractionDigits = digits.count - index - 1
    }
  }

  private init(amount: Amount, fractionDigits: Int) {
    self.amount = amount
    self.fractionDigits = fractionDigits
  }

  static func + (a: Spelled, b: Spelled) throws(AmountOverflow) -> Spelled {
    Spelled(
      amount: try a.amount + b.amount, fractionDigits: max(a.fractionDigits, b.fractionDigits))
  }
}

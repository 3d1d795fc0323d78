import BillingModel
import ExactNumbers

/// A number with the digits that it was written with.
struct Spelled {
  var amount: Amount
  /// After the decimal point, as spelled: `10.000` has three.
  var fractionDigits: Int

  init?(_ bytes: ArraySlice<UInt8>, _ conversion: FieldRule.Conversion) {
    let isPercent = bytes.last == UInt8(ascii: "%")
    let digits = isPercent ? bytes.dropLast() : bytes
    guard !isPercent || conversion == .fraction else { return nil }
    do {
      amount = try SpelledAmount(parsing: Array(digits).span).amount
      if conversion == .fraction, !isPercent { amount = try amount.multiplied(by: Amount(100)) }
    } catch {
      return nil
    }
    fractionDigits =
      digits.firstIndex(of: UInt8(ascii: ".")).map { digits.endIndex - $0 - 1 } ?? 0
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

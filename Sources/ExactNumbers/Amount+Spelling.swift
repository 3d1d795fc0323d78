/// Why a text is not a number.
package enum AmountSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  case malformed
  case tooManyIntegerDigits

  package var description: String {
    switch self {
    case .empty: "empty where a number is needed"
    case .malformed: "not a decimal number"
    case .tooManyIntegerDigits: "more than 20 integer digits"
    }
  }
}

/// A number read from text.
package struct SpelledAmount: Hashable, Sendable {
  package let amount: Amount
  /// True when digits beyond the 18th fraction digit were rounded away (half away from zero).
  package let isRounded: Bool
}

extension SpelledAmount {
  /// Reads one decimal number by the lexical rule
  ///
  ///     [+-]? ( digits [ . digits? ] | . digits ) ( [eE] [+-]? digit{1,3} )?
  ///
  /// over ASCII bytes, with at most 20 integer digits once the exponent is applied. No spaces, no
  /// group separators, no `NaN`. Fraction digits beyond the 18th are rounded half away from zero,
  /// as `CAST(… AS DECIMAL(38,18))` does, and reported in ``isRounded``.
  package init(parsing text: Span<UInt8>) throws(AmountSyntaxError) {
    guard let common = CommonSpelling(text) else {
      try self.init(byRule: text)
      return
    }
    self.init(amount: Amount(inRange: common.units), isRounded: false)
  }

  /// The rule itself, digit by digit: every spelling is what this says.
  @inline(never)
  init(byRule text: Span<UInt8>) throws(AmountSyntaxError) {
    let spelling = try Spelling(text)
    // Position of the decimal point among the digits, and of the last digit that is kept.
    let point = spelling.integerDigits + spelling.exponent
    let kept = point + Amount.fractionDigits

    var units: UInt128 = 0
    var isRounded = false
    var roundsUp = false
    var index = 0
    var position = spelling.start
    while index < spelling.digits {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: ".") { continue }
      let digit = byte &- UInt8(ascii: "0")
      if index < kept {
        if digit != 0 || units != 0 {
          // The first significant digit tells how many integer digits there are.
          if units == 0, point - index > 20 { throw .tooManyIntegerDigits }
          units = units &* 10 &+ UInt128(digit)
        }
      } else if digit != 0 {
        isRounded = true
        if index == kept, digit >= 5 { roundsUp = true }
      }
      index += 1
    }
    if units != 0, kept > spelling.digits {
      // At most 38 digits in all, by the check on integer digits.
      for _ in 0..<(kept - spelling.digits) { units = units &* 10 }
    }
    if roundsUp { units += 1 }
    guard units <= Amount.largestUnits.magnitude else { throw .tooManyIntegerDigits }
    let value = Int128(units)
    self.amount = Amount(inRange: spelling.isNegative ? -value : value)
    self.isRounded = isRounded
  }
}

/// Where the parts of a spelled number lie.
private struct Spelling {
  var isNegative = false
  /// Offset of the first digit (or of the point before it).
  var start = 0
  /// Digits before the point, and digits in all, as spelled.
  var integerDigits = 0
  var digits = 0
  var exponent = 0

  init(_ text: Span<UInt8>) throws(AmountSyntaxError) {
    let count = text.count
    guard count > 0 else { throw .empty }
    var at = 0
    if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
      isNegative = text[0] == UInt8(ascii: "-")
      at = 1
    }
    start = at
    while at < count, text[at].isDigit { at += 1 }
    integerDigits = at - start
    digits = integerDigits
    if at < count, text[at] == UInt8(ascii: ".") {
      at += 1
      let fraction = at
      while at < count, text[at].isDigit { at += 1 }
      digits += at - fraction
    }
    guard digits > 0 else { throw .malformed }
    if at < count { try readExponent(text, from: at) }
  }

  private mutating func readExponent(
    _ text: Span<UInt8>, from mark: Int
  ) throws(AmountSyntaxError) {
    guard text[mark] == UInt8(ascii: "e") || text[mark] == UInt8(ascii: "E") else {
      throw .malformed
    }
    var at = mark + 1
    var isBelow = false
    if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
      isBelow = text[at] == UInt8(ascii: "-")
      at += 1
    }
    guard (1...3).contains(text.count - at) else { throw .malformed }
    while at < text.count {
      guard text[at].isDigit else { throw .malformed }
      exponent = exponent * 10 + Int(text[at] - UInt8(ascii: "0"))
      at += 1
    }
    if isBelow { exponent = -exponent }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}

extension Amount {
  /// Reads a number; rounding beyond the 18th digit is accepted silently. Where that matters, use
  /// ``SpelledAmount``.
  package init(parsing text: String) throws(AmountSyntaxError) {
    let bytes = Array(text.utf8)
    self = try SpelledAmount(parsing: bytes.span).amount
  }
}

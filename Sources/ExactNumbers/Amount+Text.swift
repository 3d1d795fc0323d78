extension Amount {
  /// Appends the exact value as ASCII: no exponent, at least two fraction digits, no further trailing
  /// zeros, no `-0`.
  package func append(to bytes: inout [UInt8]) {
    let (whole, fraction) = Self.split(units.magnitude)
    bytes.append(addingCapacity: Self.longestText) { text in
      if isNegative { text.append(UInt8(ascii: "-")) }
      text.append(whole: whole)
      text.append(UInt8(ascii: "."))
      text.append(fraction: fraction)
    }
  }

  /// A sign, 20 digits, the point, 18 digits.
  static let longestText = 40

  /// The magnitude's integer part and the fraction in units of 10⁻¹⁸.
  @inline(__always)
  private static func split(_ magnitude: UInt128) -> (whole: UInt128, fraction: UInt64) {
    let divisor: UInt64 = 1_000_000_000_000_000_000
    guard magnitude >> 123 == 0 else {
      let parts = magnitude.quotientAndRemainder(dividingBy: UInt128(divisor))
      return (parts.quotient, UInt64(parts.remainder))
    }
    // The machine divides 128 bits slowly. The upper 64 of 123 bits times ⌊2¹²³ / 10¹⁸⌋ gives the
    // quotient or 1 less: too little by 2⁵⁹ / 10¹⁸ < 0.58 for the bits cut off, by 0.24 for the
    // factor's own fraction, by 1 for the product's. So the remainder is below 2·10¹⁸.
    let upper = UInt64(truncatingIfNeeded: magnitude >> 59)
    var whole = upper.multipliedFullWidth(by: 10_633_823_966_279_326_983).high
    var fraction = UInt64(truncatingIfNeeded: magnitude) &- whole &* divisor
    if fraction >= divisor {
      fraction &-= divisor
      whole &+= 1
    }
    return (UInt128(whole), fraction)
  }
}

extension Int {
  /// Appends the number as ASCII digits, behind `-` if it is below zero.
  package func append(to bytes: inout [UInt8]) {
    bytes.append(addingCapacity: Amount.longestText) { text in
      if self < 0 { text.append(UInt8(ascii: "-")) }
      text.append(whole: UInt128(magnitude))
    }
  }
}

extension OutputSpan<UInt8> {
  /// An integer below 10²⁴ without leading zeros.
  @inline(__always)
  fileprivate mutating func append(whole: UInt128) {
    if whole < 100_000_000 {
      append(trimmed: UInt64(truncatingIfNeeded: whole))
    } else {
      append(long: whole)
    }
  }

  @inline(never)
  private mutating func append(long whole: UInt128) {
    let (upper, lower) = whole.quotientAndRemainder(dividingBy: 100_000_000)
    append(whole: upper)
    append(EightDigits(spelling: UInt64(lower)), 0..<8)
  }

  /// An integer below 10⁸.
  @inline(__always)
  private mutating func append(trimmed number: UInt64) {
    let digits = EightDigits(spelling: number)
    append(digits, Swift.min(digits.leadingZeros, 7)..<8)
  }

  /// A fraction in units of 10⁻¹⁸, with two digits or as many as it has.
  @inline(__always)
  fileprivate mutating func append(fraction: UInt64) {
    let first = fraction / 10_000_000_000
    let rest = fraction &- first &* 10_000_000_000
    let digits = EightDigits(spelling: first)
    guard rest != 0 else {
      append(digits, 0..<Swift.max(8 &- digits.trailingZeros, 2))
      return
    }
    append(digits, 0..<8)
    let second = rest / 100
    let last = EightDigits(spelling: (rest &- second &* 100) &* 1_000_000)
    let middle = EightDigits(spelling: second)
    append(middle, 0..<(last.trailingZeros == 8 ? 8 &- middle.trailingZeros : 8))
    append(last, 0..<(8 &- last.trailingZeros))
  }

  /// The characters at these places.
  @inline(__always)
  private mutating func append(_ digits: EightDigits, _ places: Range<Int>) {
    var word = digits.word >> (8 &* places.lowerBound)
    for _ in places {
      append(UInt8(truncatingIfNeeded: word))
      word >>= 8
    }
  }
}

extension Amount: CustomStringConvertible {
  /// The exact value, as ``append(to:)`` writes it.
  package var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

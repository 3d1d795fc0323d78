/// Eight ASCII characters in one word, the first in the lowest byte, so that eight digits are
/// checked, read and written together.
struct EightDigits {
  var word: UInt64

  init(word: UInt64) { self.word = word }

  static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// The eight bytes from an offset on, all of which must exist. Compiles to one load.
  @inline(__always)
  init(_ text: Span<UInt8>, at offset: Int) {
    let eight = text.extracting(offset..<(offset &+ 8))
    word =
      UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16 | UInt64(eight[3]) << 24
      | UInt64(eight[4]) << 32 | UInt64(eight[5]) << 40 | UInt64(eight[6]) << 48
      | UInt64(eight[7]) << 56
  }

  /// A text of one to eight bytes; bytes without a character are 0, which is no digit.
  @inline(__always)
  init(short text: Span<UInt8>) {
    let count = text.count
    if count >= 4 {
      // The two fours may overlap: they say the same there.
      word = Self.four(text, at: 0) | Self.four(text, at: count &- 4) << (8 &* (count &- 4))
    } else {
      let middle = count >> 1
      let last = count &- 1
      word =
        UInt64(text[0]) | UInt64(text[middle]) << (8 &* middle) | UInt64(text[last]) << (8 &* last)
    }
  }

  @inline(__always)
  private static func four(_ text: Span<UInt8>, at offset: Int) -> UInt64 {
    let four = text.extracting(offset..<(offset &+ 4))
    return UInt64(four[0]) | UInt64(four[1]) << 8 | UInt64(four[2]) << 16 | UInt64(four[3]) << 24
  }

  /// Where a character stands first; 8 if it does not.
  @inline(__always)
  func offset(of character: UInt8) -> Int {
    let others = word ^ (UInt64(character) &* 0x0101_0101_0101_0101)
    // The lowest zero byte is found without fault; what is found above it may be wrong.
    let zeros = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
    return zeros.trailingZeroBitCount >> 3
  }

  /// Zeros, then the first `count` characters (0 to 8): digits before a point.
  @inline(__always)
  func first(_ count: Int) -> EightDigits {
    EightDigits(word: word << (64 &- 8 &* count) | Self.zeros >> (8 &* count))
  }

  /// The last `count` characters (0 to 8), then zeros: digits behind a point.
  @inline(__always)
  func last(_ count: Int) -> EightDigits {
    EightDigits(word: word >> (64 &- 8 &* count) | Self.zeros << (8 &* count))
  }

  /// The value of each character as a digit, and in each byte that is no digit a bit of the upper half.
  @inline(__always)
  var values: UInt64 { word ^ Self.zeros }

  /// Not zero if one of the characters is no digit.
  @inline(__always)
  var faults: UInt64 {
    // A digit's value stays below 16 with 6 added. A byte that carries into its neighbour has
    // already a bit of the upper half itself.
    (values | (values &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0
  }

  /// The number that the characters spell; meaningless if one is no digit.
  @inline(__always)
  var value: UInt64 {
    // Neighbours are joined: 8 digits, 4 pairs, 2 fours, 1 eight.
    let pairs = ((values &* (10 << 8 | 1)) >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = ((pairs &* (100 << 16 | 1)) >> 16) & 0x0000_FFFF_0000_FFFF
    return (fours &* (10_000 << 32 | 1)) >> 32
  }

  /// The digits of a number below 10⁸, with leading zeros.
  @inline(__always)
  init(spelling number: UInt64) {
    // 1 eight is split into 2 fours, 4 pairs, 8 digits; each quotient is a multiplication and a
    // shift, exact for all numbers of that many digits.
    let upper = number / 10_000
    let fours = upper | (number &- upper &* 10_000) << 32
    let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007F_0000_007F
    let pairs = hundreds | (fours &- hundreds &* 100) << 16
    let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
    word = Self.zeros | tens | (pairs &- tens &* 10) << 8
  }

  /// How many zeros stand before the first other digit; 8 if all are zeros.
  @inline(__always)
  var leadingZeros: Int { values.trailingZeroBitCount >> 3 }

  /// How many zeros stand behind the last other digit; 8 if all are zeros.
  @inline(__always)
  var trailingZeros: Int { values.leadingZeroBitCount >> 3 }
}

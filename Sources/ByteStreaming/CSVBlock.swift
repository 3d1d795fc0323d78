/// Where the structural bytes of 64 bytes of CSV lie: bit i stands for byte i.
struct CSVBlock {
  var commas: UInt64 = 0
  var lines: UInt64 = 0
  var quotes: UInt64 = 0
  /// Whether a carriage return or a NUL is there; such records take the byte-wise way.
  var isOdd = false

  /// - Parameter start: At least 64 readable bytes.
  @inline(__always)
  init(at start: UnsafeRawPointer) {
    var odd: UInt64 = 0
    var offset = 0
    while offset < 64 {
      let word = UInt64(
        littleEndian: unsafe start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let shift = UInt64(truncatingIfNeeded: offset)
      commas |= Self.bits(word ^ Self.comma) &<< shift
      lines |= Self.bits(word ^ Self.line) &<< shift
      quotes |= Self.bits(word ^ Self.quote) &<< shift
      odd |= Self.zeros(word ^ Self.carriage) | Self.zeros(word)
      offset += 8
    }
    isOdd = odd != 0
  }

  private static let comma: UInt64 = 0x2C2C_2C2C_2C2C_2C2C
  private static let line: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
  private static let quote: UInt64 = 0x2222_2222_2222_2222
  private static let carriage: UInt64 = 0x0D0D_0D0D_0D0D_0D0D
  private static let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

  /// The top bit of every byte that is zero, exactly.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    ~(((word & low7) &+ low7) | word | low7)
  }

  /// One bit for every byte that is zero.
  @inline(__always)
  private static func bits(_ word: UInt64) -> UInt64 {
    ((zeros(word) &>> 7) &* 0x0102_0408_1020_4080) &>> 56
  }

  /// Bit i is the parity of bits 0…i: set from each opening quote up to its closing one.
  @inline(__always)
  static func parity(_ bits: UInt64) -> UInt64 {
    var x = bits
    x ^= x &<< 1
    x ^= x &<< 2
    x ^= x &<< 4
    x ^= x &<< 8
    x ^= x &<< 16
    x ^= x &<< 32
    return x
  }
}

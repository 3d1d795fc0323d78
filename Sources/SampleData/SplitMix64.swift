/// The one source of chance: SplitMix64 (Steele, Lea and Flood, 2014), seeded by words.
///
/// What a name draws depends on the name alone, never on what was drawn before. So a new stream or
/// story leaves every other byte of the samples as it is.
struct SplitMix64 {
  private var state: UInt64

  /// Seeds by the FNV-1a hash of the name.
  init(_ name: String) {
    state = name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// One to one: different numbers give different results.
  static func mix(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// A number from the range, both ends included.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  private mutating func letters(_ alphabet: String, count: Int) -> String {
    let letters = Array(alphabet.utf8)
    return String(
      decoding: (0..<count).map { _ in letters[number(0...letters.count - 1)] }, as: UTF8.self)
  }

  mutating func base32(_ count: Int) -> String {
    letters("abcdefghijklmnopqrstuvwxyz234567", count: count)
  }

  mutating func hex(_ count: Int) -> String { letters("0123456789abcdef", count: count) }

  mutating func capitals(_ count: Int) -> String {
    letters("ABCDEFGHJKMNPQRSTUVWXYZ23456789", count: count)
  }

  mutating func uuid() -> String {
    [8, 4, 4, 4, 12].map { hex($0) }.joined(separator: "-")
  }
}

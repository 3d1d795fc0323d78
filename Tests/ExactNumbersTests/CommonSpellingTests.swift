import TestSupport
import Testing

@testable import ExactNumbers

/// The common spellings are read eight digits at a time, all others digit by digit: one result. What
/// the right result is, Python says in `SpellingTests`.
@Suite struct CommonSpellingTests {
  private static func reading(
    _ read: () throws(AmountSyntaxError) -> SpelledAmount
  ) -> Result<SpelledAmount, AmountSyntaxError> {
    do throws(AmountSyntaxError) { return .success(try read()) } catch { return .failure(error) }
  }

  private static func agree(_ spelling: Span<UInt8>) -> Bool {
    let read = reading { () throws(AmountSyntaxError) in try SpelledAmount(parsing: spelling) }
    let rule = reading { () throws(AmountSyntaxError) in try SpelledAmount(byRule: spelling) }
    return read == rule
  }

  /// Integer digits and fraction digits around each border of a group of eight.
  private static let wholes = [0, 1, 2, 3, 6, 7, 8, 9, 15, 16, 17, 19, 20, 21]
  private static let fractions = [0, 1, 2, 5, 6, 7, 8, 9, 10, 15, 16, 17, 18, 19, 20]

  private static func spelling(
    _ whole: Int, _ fraction: Int, using generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = ["", "-", "+"].randomElement(using: &generator).map { Array($0.utf8) } ?? []
    let zeros = Int.random(in: 0...3, using: &generator) == 0 ? whole / 2 : 0
    for index in 0..<whole {
      bytes.append(index < zeros ? 0x30 : UInt8.random(in: 0x30...0x39, using: &generator))
    }
    if fraction > 0 || Int.random(in: 0...3, using: &generator) == 0 {
      bytes.append(UInt8(ascii: "."))
    }
    for _ in 0..<fraction { bytes.append(UInt8.random(in: 0x30...0x39, using: &generator)) }
    return bytes
  }

  /// One byte changed, put in or taken out, mostly for one that spellings are made of.
  private static func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let byte =
      Bool.random(using: &generator)
      ? Array("0123456789+-.eE/:".utf8).randomElement(using: &generator) ?? 0
      : UInt8.random(in: 0...255, using: &generator)
    let at = Int.random(in: 0...bytes.count, using: &generator)
    switch Int.random(in: 0...2, using: &generator) {
    case 0 where at < bytes.count: bytes[at] = byte
    case 1 where at < bytes.count: bytes.remove(at: at)
    default: bytes.insert(byte, at: at)
    }
  }

  /// A million over all seeds.
  @Test(arguments: 1...4)
  func `a spelling is read as the rule reads it`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var differences: [String] = []
    for _ in 0..<250_000 {
      var bytes = Self.spelling(
        Int.random(in: 0...22, using: &generator), Int.random(in: 0...22, using: &generator),
        using: &generator)
      if Int.random(in: 0...2, using: &generator) == 0 {
        Self.damage(&bytes, using: &generator)
      }
      if !Self.agree(bytes.span) { differences.append(String(decoding: bytes, as: UTF8.self)) }
    }
    #expect(differences.prefix(5).isEmpty, "seed \(seed)")
  }

  @Test func `no byte at any place is taken for what it is not`() {
    var generator = SeededGenerator(seed: 5)
    var differences: [String] = []
    for whole in Self.wholes {
      for fraction in Self.fractions {
        let right = Self.spelling(whole, fraction, using: &generator)
        for place in right.indices {
          var bytes = right
          for byte in UInt8.min...UInt8.max {
            bytes[place] = byte
            if !Self.agree(bytes.span) { differences.append("\(bytes)") }
          }
        }
      }
    }
    #expect(differences.prefix(5).isEmpty)
  }

  @Test func `what is around a spelling is not read`() {
    // All digits and points: a read beyond the spelling would go unseen by the check on digits.
    let bytes = Array("77.7712.3456787.7".utf8)
    for start in bytes.indices {
      for end in start...bytes.count {
        let alone = Array(bytes[start..<end])
        let read = Self.reading { () throws(AmountSyntaxError) in
          try SpelledAmount(parsing: bytes.span.extracting(start..<end))
        }
        let rule = Self.reading { () throws(AmountSyntaxError) in
          try SpelledAmount(byRule: alone.span)
        }
        #expect(read == rule, "\(alone)")
      }
    }
  }

  /// Both ways give the same, so only this test sees a spelling that goes the slow one.
  @Test func `every spelling of up to sixteen and eighteen digits is common`() {
    var generator = SeededGenerator(seed: 6)
    for whole in 0...18 {
      for fraction in 0...20 where whole + fraction > 0 {
        let bytes = Self.spelling(whole, fraction, using: &generator)
        let isCommon = CommonSpelling(bytes.span) != nil
        #expect(isCommon == (whole <= 16 && fraction <= 18), "\(whole) and \(fraction) digits")
      }
    }
  }
}

import ExactNumbers
import Testing

@Suite struct SpellingTests {
  /// What was read, in the words of the oracle.
  private static func reading(_ spelling: Span<UInt8>) -> String {
    do throws(AmountSyntaxError) {
      let read = try SpelledAmount(parsing: spelling)
      return (read.isRounded ? "~" : "=") + read.amount.description
    } catch {
      return switch error {
      case .empty: "empty"
      case .malformed: "malformed"
      case .tooManyIntegerDigits: "tooManyIntegerDigits"
      }
    }
  }

  /// A million spellings over all seeds: plain, signed, with exponents, with leading zeros, at both
  /// ends of the range, and damaged by a byte.
  @Test(arguments: 1...4)
  func `every spelling is read as Python reads it`(seed: Int) throws {
    let count = 250_000
    var lines = try AmountsOracle.spellings(seed: seed, count: count)
    let bytes = lines.bytes
    var compared = 0
    var differences: [String] = []
    while let spelling = lines.next(), let expected = lines.next() {
      compared += 1
      let actual = Self.reading(bytes.span.extracting(spelling))
      if !actual.utf8.elementsEqual(bytes[expected]), differences.count < 10 {
        let text = String(decoding: bytes[spelling], as: UTF8.self)
        let wanted = String(decoding: bytes[expected], as: UTF8.self)
        differences.append("\(text) was read as \(actual), not \(wanted)")
      }
    }
    #expect(compared == count)
    #expect(differences.isEmpty, "seed \(seed)")
  }

  @Test(arguments: [
    ("1E-7", "0.0000001"), ("-0", "0.00"), ("+1", "1.00"), (".5", "0.50"), ("1.", "1.00"),
    ("007.50", "7.50"), ("1.e2", "100.00"), ("-0.000000000000000001", "-0.000000000000000001"),
    ("0e999", "0.00"), ("1e-999", "0.00"), ("-1e-400", "0.00"),
  ])
  func `a number of the lexical rule is kept exactly`(spelling: String, value: String) throws {
    #expect(try Amount(parsing: spelling).description == value)
  }

  @Test(arguments: [
    "NaN", "inf", "1,000.00", "1_000", "１", "0x10", "--1", " 1", "1 ", ".", "-", "1e", "1e+",
    "1e1000", "1.2.3", "\u{2212}1", "1\0",
  ])
  func `anything else is no number`(spelling: String) {
    #expect(throws: AmountSyntaxError.malformed) { try Amount(parsing: spelling) }
  }

  @Test func `an empty text is told from a malformed one`() {
    #expect(throws: AmountSyntaxError.empty) { try Amount(parsing: "") }
  }

  @Test func `twenty integer digits are the most`() throws {
    let most = "99999999999999999999.999999999999999999"
    #expect(try Amount(parsing: most).description == most)
    #expect(try Amount(parsing: "-" + most).description == "-" + most)
    for spelling in ["100000000000000000000", "1e20", "-1e20", most + "5"] {
      #expect(throws: AmountSyntaxError.tooManyIntegerDigits) { try Amount(parsing: spelling) }
    }
    #expect(try Amount(parsing: most + "49").description == most)
  }

  @Test func `digits beyond the eighteenth are rounded half away from zero, and told`() throws {
    func read(_ spelling: String) throws -> String {
      Self.reading(Array(spelling.utf8).span)
    }
    #expect(try read("0.0000000000000000015") == "~0.000000000000000002")
    #expect(try read("-0.0000000000000000015") == "~-0.000000000000000002")
    #expect(try read("0.00000000000000000149999") == "~0.000000000000000001")
    #expect(try read("0.0000000000000000010") == "=0.000000000000000001")
  }
}

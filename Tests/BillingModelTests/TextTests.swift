import BillingModel
import Foundation
import Testing

@Suite struct TextTests {
  @Test func `composed and decomposed letters are two texts`() {
    let composed = Text("caf\u{E9}")
    let decomposed = Text("cafe\u{301}")
    #expect("caf\u{E9}" == "cafe\u{301}", "Swift calls the strings equal")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect([composed: 1, decomposed: 2][composed] == 1)
  }

  @Test func `a carriage return and a line feed are two bytes`() {
    #expect(Text("\r\n") != Text("\n"))
    #expect(Text("a\r\nb").string.utf8.count == 4)
  }

  /// UTF-16, and so many a sort, puts U+FF5A behind U+1F600.
  @Test func `texts are ordered by their bytes`() {
    let ascending: [Text] = ["", "\0", "A", "Z", "a", "aa", "e\u{301}", "é", "中", "ｚ", "😀"]
    #expect(ascending.reversed().sorted() == ascending)
    #expect(!(Text("a") < Text("a")))
  }

  @Test(arguments: [
    ([0x61, 0xFF, 0xFE, 0x62], #"a\xFF\xFEb"#), ([0xC0, 0x80], #"\xC0\x80"#),
    ([0xED, 0xA0, 0x80], #"\xED\xA0\x80"#), ([0x80, 0xC3, 0xA9], #"\x80é"#),
    ([0xE4, 0xB8], #"\xE4\xB8"#), ([0xE4, 0xB8, 0xAD], "中"), ([], ""), ([0x00], "\0"),
    ([0xF4, 0x90, 0x80, 0x80], #"\xF4\x90\x80\x80"#), ([0x0A, 0x8F], "\n\\x8F"),
  ])
  func `bytes that are not UTF-8 stay visible`(bytes: [UInt8], text: String) {
    #expect(Text(decoding: bytes) == Text(text))
  }

  @Test func `damaged UTF-8 is escaped where Python finds the damage`() throws {
    let seed = 20_260_504
    let pairs = try referencePairs("texts", seed: seed, count: 5_000)
    #expect(pairs.count == 5_000)
    var differences: [Substring] = []
    for (raw, expected) in pairs {
      let actual = Text(decoding: try bytes(raw)).string.utf8
      if !actual.elementsEqual(try bytes(expected)) { differences.append(raw) }
    }
    #expect(differences.prefix(5).isEmpty, "seed \(seed)")
  }

  private func bytes(_ hex: Substring) throws -> [UInt8] {
    let digits = Array(hex)
    return try stride(from: 0, to: digits.count, by: 2).map {
      try #require(UInt8(String(digits[$0...($0 + 1)]), radix: 16))
    }
  }

  @Test func `a text comes back from JSON byte for byte`() throws {
    let texts: [Text] = ["cafe\u{301}", "\u{0}\r\n\"\\", "😀"]
    let data = try JSONEncoder().encode(texts)
    #expect(try JSONDecoder().decode([Text].self, from: data) == texts)
  }
}

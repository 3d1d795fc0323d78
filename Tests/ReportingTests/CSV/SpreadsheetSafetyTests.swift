import BillingModel
import Reporting
import Testing

@Suite struct SpreadsheetSafetyTests {
  @Test(
    arguments: [
      ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
      ("\rx", "'\rx"), ("\nx", "'\nx"), ("\0x", "'\0x"), ("＝1", "'＝1"), ("＋1", "'＋1"),
      ("－1", "'－1"), ("＠a", "'＠a"), ("   =1", "'   =1"), ("'quoted'", "''quoted'"),
      (" 'x", "' 'x"), ("=\u{301}", "'=\u{301}"), ("-", "'-"),
    ])
  func `a dangerous beginning gets one apostrophe`(text: Text, safe: Text) {
    #expect(SpreadsheetSafety.prefix(text) == safe)
    #expect(SpreadsheetSafety.strip(safe) == text)
  }

  @Test(
    arguments: [
      "", " ", "a=1", "1-2", "team@example.com", "业务单元", "\u{A0}=1", "\"=1\"", "(1)", "<a>",
    ] as [Text])
  func `an ordinary text stays as it is`(text: Text) {
    #expect(SpreadsheetSafety.prefix(text) == text)
    #expect(SpreadsheetSafety.strip(text) == text)
  }

  @Test(arguments: ["'", "'hello", "'1", "' "] as [Text])
  func `an apostrophe that protects nothing is kept on import`(text: Text) {
    #expect(SpreadsheetSafety.strip(text) == text)
  }

  /// The set is written down here again, from the OWASP page and ASVS 1.2.10.
  @Test(arguments: 1...5) func `no text is dangerous behind its prefix, and none is lost`(seed: Int)
  {
    let dangerous = Set("=+-@\t\r\n\0＝＋－＠".unicodeScalars)
    var random = RandomText(seed: UInt64(seed), also: ["\0"])
    for _ in 0..<2_000 {
      let text = random.next()
      let safe = SpreadsheetSafety.prefix(text)
      let first = safe.string.unicodeScalars.first { $0 != " " }
      #expect(first.map { !dangerous.contains($0) } ?? true, "seed \(seed): \(text)")
      #expect(SpreadsheetSafety.strip(safe) == text, "seed \(seed): \(text)")
    }
  }
}

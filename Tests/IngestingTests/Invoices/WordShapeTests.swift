import BillingModel
import Testing

@testable import Ingesting

@Suite struct WordShapeTests {
  private let invoiceIDs = ["[0-9]{9,10}", "[A-Z]{2,4}IN[A-Z0-9]*[0-9]{2}-[0-9]+"]
    .compactMap { WordShape($0) }

  private func ids(in text: Text) -> [Text] { WordShape.matches(of: invoiceIDs, in: text) }

  @Test func `invoice ids are found as whole words`() {
    #expect(
      ids(in: "AWS 156090591, EUINUA22-574609; 1560905912.") == [
        "156090591", "EUINUA22-574609", "1560905912",
      ])
  }

  @Test func `what is longer, shorter or part of a word is no id`() {
    #expect(ids(in: "12345678 12345678901 123456789012 A156090591 156090591B").isEmpty)
    #expect(ids(in: "XEUINUA22-574609x EINUA22-574609 EUINUA2-574609 EUINUA22-").isEmpty)
  }

  @Test func `Chinese text around an id ends the word`() {
    #expect(ids(in: "账单号：156090591。发票EUINUA22-574609号") == ["156090591", "EUINUA22-574609"])
  }

  @Test func `hyphens around a word are not part of it`() {
    #expect(ids(in: "-156090591- --EUINUA22-574609--") == ["156090591", "EUINUA22-574609"])
  }

  @Test(arguments: [
    ("a?b", "b", true), ("a?b", "ab", true), ("a?b", "aab", false),
    ("a*ab", "aaab", true), ("a+b", "b", false), ("[a-cX]{2}", "bX", true),
    ("[a-cX]{2}", "bd", false), ("a{2,3}", "a", false), ("a{2,3}", "aaa", true),
    ("a{2,3}", "aaaa", false), ("[0-9-]+", "1-2", true),
  ])
  func `shapes repeat and choose`(_ shape: String, _ word: String, _ fits: Bool) throws {
    #expect(try #require(WordShape(shape)).fits(word.utf8) == fits)
  }

  @Test(arguments: ["", "[", "[]", "[b-a]", "a{", "a{2", "a{3,2}", "a{,2}", "*a", "a{65}", "a]"])
  func `what is no shape is refused`(_ text: String) { #expect(WordShape(text) == nil) }

  @Test func `a word of 65 characters is never an identifier`() throws {
    let shape = try #require(WordShape("a+"))
    #expect(shape.fits(String(repeating: "a", count: 64).utf8))
    #expect(!shape.fits(String(repeating: "a", count: 65).utf8))
  }
}

@Suite struct PeriodShapeTests {
  private func period(_ shape: String, _ text: Text) throws -> String? {
    try #require(PeriodShape(shape)).firstPeriod(in: text)?.description
  }

  @Test(arguments: [
    ("YYYY-MM", "for 2026-04, due later", "2026-04"), ("YYYY年M月", "账期2026年4月", "2026-04"),
    ("YYYY年M月", "2026年12月份", "2026-12"), ("MM/YYYY", "04/2026", "2026-04"),
    ("YYYYMM", "账期202604。", "2026-04"), ("YYYY-MM", "2026-13 2026-05", "2026-05"),
  ])
  func `a month is found as it is written`(
    _ shape: String, _ text: String, _ expected: String
  ) throws {
    #expect(try period(shape, Text(text)) == expected)
  }

  @Test(arguments: [
    ("YYYY-MM", "2026-04-19"), ("YYYY-MM", "12026-04"), ("YYYY-MM", "2026-045"),
    ("YYYYMM", "20260419"), ("YYYY年M月", "2026年4日"), ("YYYY-MM", "0000-01"),
  ])
  func `days and longer numbers are no month`(_ shape: String, _ text: String) throws {
    #expect(try period(shape, Text(text)) == nil)
  }

  @Test(arguments: ["", "YYYY", "MM", "YYYY-MM-MM", "YYYYYYYYMM"])
  func `a shape needs one year and one month`(_ text: String) {
    #expect(PeriodShape(text) == nil)
  }
}

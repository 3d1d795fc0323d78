import BillingModel
import ExactNumbers
import Foundation
import Reporting
import Testing

@Suite struct OrderedJSONTests {
  @Test func `members keep their order, two spaces a level, one line end`() {
    let json: OrderedJSON = [
      "z": .number(-1), "a": .list([.flag(true), .null, .list([]), .object([])]), "": "x",
    ]
    #expect(
      utf8(json.bytes) == """
        {
          "z": -1,
          "a": [
            true,
            null,
            [],
            {}
          ],
          "": "x"
        }

        """)
  }

  @Test func `controls and line separators are escaped, all else is UTF-8`() {
    let text: Text = "\"\\/\n\r\t\0\u{1B}\u{7F}\u{85}\u{2028}业é"
    #expect(
      utf8(OrderedJSON.text(text).bytes)
        == #""\"\\/\n\r\t\u0000\u001b\u007f\u0085\u2028业é""# + "\n")
  }

  @Test func `another reader of JSON gets the same texts`() throws {
    var random = RandomText(seed: 9, also: ["\0", "\u{85}", "/"])
    let texts = (0..<2_000).map { _ in random.next() }
    let json = OrderedJSON.object(texts.enumerated().map { .init(Text("\($0)"), .text($1)) })
    let read = try JSONDecoder().decode([String: Text].self, from: Data(json.bytes))
    for (index, text) in texts.enumerated() { #expect(read["\(index)"] == text) }
  }

  @Test func `totals and counts are sorted by their names`() throws {
    var totals = CurrencyTotals()
    try totals.add(try Amount(parsing: "1"), "USD")
    try totals.add(try Amount(parsing: "-2.125"), "CNY")
    #expect(
      utf8(OrderedJSON.totals(totals).bytes) == """
        {
          "CNY": "-2.125",
          "USD": "1.00"
        }

        """)
    #expect(
      utf8(OrderedJSON.counts(["b", "a", "b", "B"]).bytes) == """
        {
          "B": 1,
          "a": 1,
          "b": 2
        }

        """)
  }
}

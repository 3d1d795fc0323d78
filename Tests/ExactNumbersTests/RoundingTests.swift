import ExactNumbers
import Testing

@Suite struct RoundingTests {
  /// Standard by standard: SQL's ROUND, and XPath's round() (XQuery and XPath Functions 3.1, 4.4.4).
  @Test(arguments: [
    ("0.125", 2, "0.13", "0.13"), ("-0.125", 2, "-0.13", "-0.12"), ("2.5", 0, "3.00", "3.00"),
    ("-2.5", 0, "-3.00", "-2.00"), ("-0.5", 0, "-1.00", "0.00"), ("-0.005", 2, "-0.01", "0.00"),
    ("0.1249", 2, "0.12", "0.12"), ("-0.1251", 2, "-0.13", "-0.13"), ("7", 18, "7.00", "7.00"),
  ])
  func `ties go where the rule's name says`(
    spelling: String, digits: Int, away: String, up: String
  ) throws {
    let amount = try Amount(parsing: spelling)
    #expect(amount.rounded(toFractionDigits: digits, .halfAwayFromZero).description == away)
    #expect(amount.rounded(toFractionDigits: digits, .halfTowardPositive).description == up)
  }

  @Test func `both rules agree with Python's decimal`() throws {
    let seed = 20_260_501
    let rows = try AmountsOracle.table("rounding", seed: seed, count: 30_000)
    #expect(rows.count > 25_000)
    var differences: [String] = []
    for row in rows {
      let amount = try Amount(parsing: row[0])
      let digits = try #require(Int(row[1]))
      let rounded = [RoundingRule.halfAwayFromZero, .halfTowardPositive].map {
        amount.rounded(toFractionDigits: digits, $0).description
      }
      if rounded != [row[2], row[3]] { differences.append("\(row): \(rounded)") }
    }
    #expect(differences.prefix(5).isEmpty, "seed \(seed)")
  }

  @Test(arguments: RoundingRule.allCases)
  func `rounding twice changes nothing`(rule: RoundingRule) throws {
    for spelling in ["1.005", "-1.005", "0.994999999999999999", "-123456789.987654321"] {
      let once = try Amount(parsing: spelling).rounded(toFractionDigits: 2, rule)
      #expect(once.rounded(toFractionDigits: 2, rule) == once)
    }
  }
}

import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import PipelineRuntime

/// How long a decision holds, and for what.
@Suite struct DecisionBookTests {
  private func amount(_ text: String) throws -> Amount { try Amount(parsing: text) }

  private func finding(
    _ stake: String, _ period: String = "2026-06", detail: Text = "spike 2026-06-10"
  ) throws -> Finding {
    var key = FindingKey(
      rule: "DailyCostAnomaly", billingAccountID: "1",
      billingPeriod: try #require(BillingPeriod(period)), currency: "USD")
    key.serviceName = "S3"
    key.detail = detail
    return Finding(
      key: key, kind: .anomaly, amountAtStake: try amount(stake), impact: try amount(stake),
      actual: "", expected: "", explanation: Words("", zh: ""), recommendation: Words("", zh: ""),
      confidence: .one, lineCount: 1)
  }

  private func decision(
    _ status: FindingStatus, at stake: String, until: String? = nil, period: String = "2026-06",
    id: Text = "F-1"
  ) throws -> ReviewDecision {
    var decision = ReviewDecision(
      findingID: id, key: try finding(stake, period).key, kind: .anomaly, status: status,
      amount: try amount(stake), on: try #require(Day("2026-07-01")), sha256: "aa")
    decision.until = try until.map { try #require(Day($0)) }
    return decision
  }

  private func status(
    _ decisions: [ReviewDecision], _ id: Text, _ finding: Finding, on day: String
  ) throws -> FindingStatus {
    let book = DecisionBook(decisions, Definition.Review())
    return try book.standing(of: id, finding, asOf: RunDay(try #require(Day(day)))).status
  }

  // The tolerance is 1 % of what was decided about, and at least 1.00.
  @Test(arguments: [
    ("10", "11", FindingStatus.confirmed), ("10", "11.000000000000000001", .open),
    ("10", "9", .confirmed), ("10", "8.99", .open), ("500", "505", .confirmed),
    ("500", "505.01", .open), ("500", "495", .confirmed), ("500", "494.99", .open),
  ]) func `it holds within the tolerance of its amount`(
    _ decided: String, _ now: String, _ expected: FindingStatus
  ) throws {
    let decisions = [try decision(.confirmed, at: decided)]
    #expect(try status(decisions, "F-1", finding(now), on: "2026-07-02") == expected)
  }

  @Test func `it holds through its last day`() throws {
    let decisions = [try decision(.dismissed, at: "10", until: "2026-09-30")]
    #expect(try status(decisions, "F-1", finding("10"), on: "2026-09-30") == .dismissed)
    #expect(try status(decisions, "F-1", finding("10"), on: "2026-10-01") == .open)
    #expect(
      try status([decision(.dismissed, at: "10")], "F-1", finding("10"), on: "2099-01-01")
        == .dismissed)
  }

  @Test(arguments: [FindingStatus.planned, .dismissed])
  func `until its day it speaks for the same cause in later periods`(_ word: FindingStatus) throws {
    let decisions = [try decision(word, at: "10", until: "2026-09-30")]
    let july = try finding("10", "2026-07", detail: "spike 2026-07-03")
    #expect(try status(decisions, "F-2", july, on: "2026-08-05") == word)
    #expect(try status(decisions, "F-2", july, on: "2026-10-01") == .open)
    // A cheaper one too; a dearer one not, nor another kind, nor an earlier period.
    #expect(try status(decisions, "F-2", finding("2", "2026-07"), on: "2026-08-05") == word)
    #expect(try status(decisions, "F-2", finding("12", "2026-07"), on: "2026-08-05") == .open)
    let drop = try finding("10", "2026-07", detail: "drop 2026-07-03")
    #expect(try status(decisions, "F-2", drop, on: "2026-08-05") == .open)
    #expect(try status(decisions, "F-2", finding("10", "2026-05"), on: "2026-08-05") == .open)
  }

  @Test func `without a day, or with another word, it speaks for its finding alone`() throws {
    let july = try finding("10", "2026-07")
    for decision in [
      try decision(.dismissed, at: "10"), try decision(.confirmed, at: "10", until: "2026-09-30"),
    ] {
      #expect(try status([decision], "F-2", july, on: "2026-08-05") == .open)
    }
  }

  @Test func `the newest word counts, also about the cause`() throws {
    let first = try decision(.dismissed, at: "10", until: "2026-09-30")
    let second = try decision(.open, at: "10")
    let july = try finding("10", "2026-07")
    #expect(try status([first, second], "F-1", finding("10"), on: "2026-08-05") == .open)
    #expect(try status([first, second], "F-2", july, on: "2026-08-05") == .open)
    #expect(try status([second, first], "F-2", july, on: "2026-08-05") == .dismissed)
  }

  @Test func `the answer names the days on which it is the same`() throws {
    let day = RunDay(try #require(Day("2026-08-05")))
    let book = DecisionBook(
      [try decision(.dismissed, at: "10", until: "2026-09-30")], Definition.Review())
    _ = try book.standing(of: "F-1", finding("10"), asOf: day)
    #expect(day.span == DaySpan(end: Day("2026-10-01")))
  }

  @Test func `the reason has the same figures in both languages`() throws {
    var decision = try decision(.planned, at: "10.5", until: "2026-09-30")
    decision.reviewer = "李伟"
    let book = DecisionBook([decision], Definition.Review())
    for (id, stake, period, day) in [
      ("F-1", "10.5", "2026-06", "2026-08-01"), ("F-1", "20", "2026-06", "2026-08-01"),
      ("F-1", "10.5", "2026-06", "2026-10-01"), ("F-2", "10.5", "2026-07", "2026-08-01"),
      ("F-2", "20", "2026-07", "2026-08-01"),
    ] {
      let asOf = RunDay(try #require(Day(day)))
      let standing = try book.standing(of: Text(id), finding(stake, period), asOf: asOf)
      let words = try #require(standing.remark)
      #expect(figures(words.english) == figures(words.chinese), "\(words)")
      #expect(words.english.string.contains("李伟") && words.chinese.string.contains("李伟"))
    }
  }

  private func figures(_ text: Text) -> [String] {
    text.string.matches(of: /[0-9F][0-9.\-]*[0-9]/).map { String($0.output) }.sorted()
  }
}

import BillingLedger
import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// Nights between which the language of the definition changes. Each is played twice (see
/// ``TwinNights``).
@Suite struct LanguageNightTests {
  private let june: ReviewedJune
  private var twins: TwinNights { june.twins }
  private var id: String { june.id }

  /// A reviewer has confirmed the 3.44.
  init() throws {
    june = try ReviewedJune()
    try twins.drop(
      "first.csv", try edited(["Status": "confirmed", "Reviewer": "An", "ReviewNote": "sure"]))
    try twins.night("2026-07-21")
  }

  private func speak(_ language: String) throws {
    try twins.define("nightly.yaml", TwinNights.definition() + "language: \(language)\n")
  }

  private func sheet() throws -> Sheet {
    Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8))
  }

  private func row() throws -> [String: String] { try june.row() }
  private func edited(_ edits: [String: String]) throws -> String { try june.edited(edits) }

  @Test func `another language is a new version with other words, and nothing else`() throws {
    let (before, rows) = (try twins.findings(), try sheet().rows)
    let reconciliation = try twins.document("2026-06/reconciliation.csv")
    try speak("zh")
    let outcome = try twins.night("2026-07-22")
    #expect(outcome.judged == ["2026-06"])
    let now = try row()
    #expect(
      now["Explanation"]
        == "发票 INV6 列示 USD 60.00，其明细合计 USD 56.56，比明细多 USD 3.44，无法解释。"
        + "An 于 2026-07-21 按 USD 3.44 审核为 confirmed。")
    #expect(
      now["Recommendation"]
        == "请在 reconciliation-items.csv 中逐层查到差额最先出现的层级，并要求 Amazon Web Services, Inc. 说明 USD 3.44。"
    )
    let words: Set = ["Explanation", "Recommendation"]
    let facts = { (row: [String: String]) in row.filter { !words.contains($0.key) } }
    #expect(try sheet().rows.map(facts) == rows.map(facts))
    #expect(try twins.document("2026-06/reconciliation.csv") == reconciliation)
    // The ledger keeps the same findings, and in which language they were shown.
    let after = try twins.findings()
    #expect(after.map(\.language) == after.map { _ in .chinese })
    #expect(
      after.map { record in
        var record = record
        record.language = .english
        return record
      } == before)
    #expect(try twins.night("2026-07-23").judged == [])
    // And back again: the very bytes of two versions ago.
    try speak("en")
    try twins.night("2026-07-24")
    #expect(try sheet().rows == rows)
  }

  @Test func `a file of the other language is taken, whether it shows the last decision or not`()
    throws
  {
    let other = try edited(["Status": "dismissed", "Reviewer": "Bo", "ReviewNote": "no"])
    let untouched = try edited([:])
    try speak("zh")
    try twins.night("2026-07-22")
    try twins.drop("untouched.csv", untouched)
    let quiet = try twins.night("2026-07-23")
    #expect(quiet.report.contains("untouched.csv: 0 decisions taken, 0 refused"))
    // It shows the decision in English words; all that it decides is new.
    try twins.drop("other.csv", other)
    #expect(try !twins.night("2026-07-24").hasQuarantine)
    #expect(try row()["Status"] == "dismissed" && row()["Reviewer"] == "Bo")
    // What it said is now an older way to show it.
    try twins.drop("late.csv", untouched.replacing("\"confirmed\"", with: "\"planned\""))
    #expect(try twins.night("2026-07-25").hasQuarantine)
    #expect(try twins.findings().first { $0.id.string == id }?.status == .dismissed)
  }
}

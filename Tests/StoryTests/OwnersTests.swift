import Foundation
import TestSupport
import Testing

/// What `tag-chaos` says about owners, held against Python, which reads the story's rows itself.
@Suite struct OwnersTests {
  private static let expected = repositoryRoot().appendingPathComponent(
    "sample-data/tag-chaos/expected/2026-08")

  private func document(_ name: String) throws -> Sheet {
    Sheet(try Data(contentsOf: Self.expected.appendingPathComponent(name)))
  }

  /// The cells of the rows about owners, a tab between them.
  private func owners(
    _ name: String, _ kind: String, _ columns: [String]
  ) throws -> [String] {
    try document(name).rows(["Dimension": "Owner"]).map { row in
      ([kind] + columns.map { row[$0] ?? "no column" }).joined(separator: "\t")
    }
  }

  @Test func `coverage, accuracy and debt of owners are those that Python finds`() throws {
    let script = repositoryRoot().appendingPathComponent("Tests/StoryTests/Oracle/owners.py")
    let told = String(decoding: try oracle(script, [repositoryRoot().path]), as: UTF8.self)
    let lines = told.split(separator: "\n").map(String.init)
    let coverage = try owners(
      "tag-coverage.csv", "coverage",
      ["EvidenceTier", "LineItems", "BilledCost", "LineItemShare", "BilledCostShare"])
    let accuracy = try owners(
      "tag-accuracy.csv", "accuracy",
      [
        "EvidenceTier", "KnownLineItems", "KnownCost", "TestedLineItems", "TestedCost",
        "RightLineItems", "RightCost", "LineItemAccuracy", "CostAccuracy",
      ])
    let debt = try owners(
      "tag-debt.csv", "debt", ["Kind", "Found", "LineItems", "Cost", "ShareGained", "ShareAfter"])
    #expect(coverage.count == 8)
    #expect(coverage + accuracy + debt == lines)
  }

  @Test func `findings are traced as the story says, well above 73 per cent`() throws {
    let findings = try document("anomalies.csv").rows
    let tiers = findings.map { row in
      String((row["OwnerEvidence"] ?? "").prefix { $0 != ":" })
    }
    var counts: [String: Int] = [:]
    for tier in tiers { counts[tier, default: 0] += 1 }
    #expect(
      counts == [
        "tag": 1, "alias": 2, "value": 2, "attached": 1, "account": 3, "organization": 1,
        "majority": 1, "name": 1, "unknown": 2,
      ])
    func cents(_ rows: [[String: String]]) -> Int {
      rows.reduce(0) { sum, row in
        sum + (Int((row["AmountAtStake"] ?? "").filter { $0 != "." }) ?? 0)
      }
    }
    let traced = findings.filter { $0["Owner"] != "" }
    #expect(findings.count == 14 && traced.count == 12)
    #expect(cents(findings) == 3260 && cents(traced) == 2875)
    let summary = try String(
      contentsOf: Self.expected.appendingPathComponent("run-summary.json"), encoding: .utf8)
    #expect(summary.contains("\"share\": \"0.857143\""))
    #expect(summary.contains("\"traced\": \"28.75\",\n          \"share\": \"0.881902\""))
  }
}

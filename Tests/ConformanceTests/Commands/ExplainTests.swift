import Foundation
import TestSupport
import Testing

/// A finding leads back to the records it rests on.
@Suite struct ExplainTests {
  /// What the README of the story says of single rows: the rule, the record, and its usage type.
  private static func planted() throws -> [(rule: String, record: String, usageType: String)] {
    let readme = repositoryRoot().appendingPathComponent("sample-data/line-faults/README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    return text.matches(of: #/\| (\w+) \|.*?\b(CN[NW]1-[\w:.\-]+).*record (\d+) \|/#).map {
      (String($0.1), String($0.3), String($0.2))
    }
  }

  @Test func `every finding of a story leads to its records`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    try root.run(asOf: "2026-10-05")
    let findings = try root.sheet("2026-09/anomalies.csv").rows
    var explained: [String: String] = [:]
    for finding in findings {
      let id = finding["FindingId"] ?? ""
      let ending = try root.command("explain", id)
      #expect(ending.code == 0, "\(ending.error)")
      #expect(ending.text.hasPrefix("\(id)  \(finding["Rule"] ?? "")  "))
      #expect(ending.text.contains(finding["Explanation"] ?? "?"))
      for place in (finding["Evidence"] ?? "").split(separator: ";") {
        let record = place.split(separator: "#")[1]
        #expect(ending.text.contains("\n  record \(record)\n"), "\(id) \(place)")
      }
      #expect(ending.text.contains("\n  record "), "\(finding["Rule"] ?? "") shows no record")
      explained[finding["Rule"] ?? "", default: ""] += ending.text
    }
    let planted = try Self.planted()
    #expect(planted.count >= 5)
    for (rule, record, usageType) in planted where rule != "CurrencyMismatch" {
      let text = try #require(explained[rule], "\(rule)")
      let parts = text.components(separatedBy: "\n  record ")
      let found = parts.first { $0.hasPrefix("\(record)\n") }
      #expect(
        found?.contains("lineItem/UsageType = \(usageType)\n") == true, "\(rule) \(record)")
    }
  }

  /// Rules over sums name no row in anomalies.csv; their records are found by their key. The records
  /// stand in the story's README.
  @Test func `a rule over sums leads to its records too`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    try root.run(asOf: "2026-10-05")
    let findings = try root.sheet("2026-09/anomalies.csv")
    let wanted = [
      "UnknownEntity": ("446", "bill/BillingEntity = Kunlun Cloud"),
      "UnknownLineItemType": ("119", "lineItem/LineItemType = OperatorAdjustment"),
      "UnknownAccount": ("475", "lineItem/UsageAccountId = 400000000099"),
    ]
    for (rule, (record, column)) in wanted.sorted(by: { $0.key < $1.key }) {
      let finding = try #require(findings.rows(["Rule": rule]).first)
      #expect(finding["Evidence"] == "")
      let text = try root.command("explain", finding["FindingId"] ?? "").text
      let parts = text.components(separatedBy: "\n  record ")
      let found = parts.first { $0.hasPrefix("\(record)\n") }
      #expect(found?.contains("    \(column)\n") == true, "\(rule): \(text)")
    }
  }

  @Test func `a finding is explained in the language of its document`() throws {
    let pipelines = TemporaryFolder()
    for (name, bytes) in try filesBelow(repositoryRoot().appendingPathComponent("pipelines")) {
      try pipelines.write(name, bytes)
    }
    let path = pipelines.url.appendingPathComponent("sample.yaml")
    let text = try String(contentsOf: path, encoding: .utf8)
    try Data(text.replacing("language: en ", with: "language: zh ").utf8).write(to: path)
    let root = try DataRoot(definition: path.path)
    try root.drop("line-faults", "2026-10-05")
    try root.run(asOf: "2026-10-05")
    let findings = try root.sheet("2026-09/anomalies.csv")
    let row = try #require(findings.rows(["Rule": "ReservedUsageCharged"]).first)
    #expect(row["Explanation"]?.contains("已由预留实例覆盖，却仍收费 CNY ") == true)
    let explained = try root.command("explain", row["FindingId"] ?? "").text
    #expect(explained.contains("\n\(row["Explanation"] ?? "?")\n\(row["Recommendation"] ?? "?")\n"))
    // A rebuild says it in the language that is set then.
    try Data(text.utf8).write(to: path)
    #expect(try root.rebuild().code == 0)
    let again = try root.command("explain", row["FindingId"] ?? "").text
    #expect(again.contains("\nA reservation covers ") && !again.contains("预留实例"))
  }

  @Test func `an unknown finding is answered with the nearest one`() throws {
    let root = try DataRoot()
    try root.drop("line-faults", "2026-10-05")
    try root.run(asOf: "2026-10-05")
    let id = try #require(try root.sheet("2026-09/anomalies.csv").column("FindingId").first)
    let wrong = try root.command("explain", String(id.dropLast()))
    #expect(wrong.code == 64 && wrong.error.contains("(did you mean \"\(id)\"?)"))
    let far = try root.command("explain", "nonsense")
    #expect(far.code == 64)
    #expect(far.error.count < 300, "a list of all findings helps nobody: \(far.error)")
  }
}

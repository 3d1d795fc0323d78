import Foundation
import TestSupport
import Testing

/// The ledger's derived tables can be made again from the archive.
@Suite struct RebuildTests {
  @Test func `archived bytes that changed are named and not booked`() throws {
    let root = try DataRoot()
    try root.drop("duplicate-lines", "2026-07-05")
    try root.run(asOf: "2026-07-05")
    let archive = root.inbox.deletingLastPathComponent().appendingPathComponent("archive")
    let archived = try filesBelow(archive).keys.sorted()
    let export = try #require(archived.first { $0.hasSuffix("00001.csv.gz") })
    try Data("other bytes".utf8).write(to: archive.appendingPathComponent(export))
    let ending = try root.rebuild()
    #expect(
      ending.text.contains("its archived bytes are not those that were read"), "\(ending.text)")
  }

  private func months(_ root: DataRoot) throws -> [String: Data] {
    try root.documents().filter { !$0.key.hasPrefix("unassigned/") }
  }

  private func play(_ nights: [(story: String, night: String)]) throws -> DataRoot {
    let root = try DataRoot()
    for (story, night) in nights {
      if !story.isEmpty { try root.drop(story, night) }
      try root.run(asOf: night)
    }
    return root
  }

  /// Nights with new versions; and nights on which only the date changed something, or nothing at all.
  private static let histories = [
    [
      ("invoice-before-charges", "2026-08-03"), ("invoice-before-charges", "2026-08-04"),
      ("restated-month", "2026-08-05"), ("", "2026-08-10"), ("restated-month", "2026-08-14"),
      ("invoice-before-charges", "2026-09-04"), ("broken-rows", "2026-09-05"),
    ],
    [("invoice-before-charges", "2026-08-04"), ("", "2026-08-10"), ("", "2026-08-12")],
  ]

  @Test(arguments: histories)
  func `rebuild gives the same bytes`(_ nights: [(story: String, night: String)]) throws {
    let root = try play(nights)
    let before = try months(root)
    let inputs = try root.inputs()
    let ending = try root.rebuild()
    #expect(ending.code == 0 && ending.text.contains("rebuilt"), "\(ending.error)")
    #expect(try months(root) == before)
    #expect(try root.inputs() == inputs)
    #expect(try root.faultsOfSeals() == "")
    let last = nights.last?.night ?? ""
    #expect(try root.run(asOf: last).text.contains("Nothing differs"))
  }

  @Test func `two runs of one day leave no version behind the newest`() throws {
    let root = try play([("duplicate-lines", "2026-07-05")])
    try root.drop("broken-rows", "2026-07-05")
    try root.run(asOf: "2026-07-05")
    let before = try months(root)
    #expect(try root.versions("2026-06") == ["1", "2"])
    try #require(try root.rebuild().code == 0)
    #expect(try months(root) == before)
    #expect(try root.faultsOfSeals() == "")
  }

  /// A run must not build on half a ledger.
  @Test(.enabled(if: Program.isInstalled("strace"), "strace is not installed"))
  func `after a rebuild that died, runs stop until another one has ended`() throws {
    let root = try play([("duplicate-lines", "2026-07-05")])
    let before = try months(root)
    let dead = try root.rebuild(
      through: ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=rename:signal=KILL:when=5"])
    try #require(dead.code == 137, "\(dead.error)")
    try root.drop("broken-rows", "2026-07-05")
    let run = try root.run(asOf: "2026-07-06")
    #expect(run.code == 74 && run.error.contains("run counterfoil rebuild again"))
    #expect(try root.rebuild().code == 0)
    #expect(try months(root) == before)
    #expect(try root.run(asOf: "2026-07-06").code == 65)
  }

  @Test func `rebuild without a ledger says what is missing`() throws {
    let ending = try DataRoot().rebuild()
    #expect(ending.code == 66 && ending.error.contains("no run has worked in this data root yet"))
  }
}

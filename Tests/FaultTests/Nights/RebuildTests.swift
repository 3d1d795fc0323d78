import Foundation
import TestSupport
import Testing

/// The ledger's derived tables can be made again from the archive.
@Suite struct RebuildTests {
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

  /// Nights with new versions, and nights on which only the date changed something.
  @Test func `rebuild gives the same bytes`() throws {
    let root = try play([
      ("invoice-before-charges", "2026-08-03"), ("invoice-before-charges", "2026-08-04"),
      ("restated-month", "2026-08-05"), ("", "2026-08-10"), ("", "2026-08-12"),
      ("restated-month", "2026-08-14"), ("invoice-before-charges", "2026-09-04"),
      ("broken-rows", "2026-09-05"),
    ])
    let before = try months(root)
    let inputs = try root.inputs()
    let ending = try root.rebuild()
    #expect(ending.code == 0 && ending.text.contains("rebuilt"), "\(ending.error)")
    #expect(try months(root) == before)
    #expect(try root.inputs() == inputs)
    #expect(try root.faultsOfSeals() == "")
    #expect(try root.run(asOf: "2026-09-05").text.contains("Nothing differs"))
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

  @Test func `rebuild without a ledger says what is missing`() throws {
    let ending = try DataRoot().rebuild()
    #expect(ending.code == 66 && ending.error.contains("no run has worked in this data root yet"))
  }
}

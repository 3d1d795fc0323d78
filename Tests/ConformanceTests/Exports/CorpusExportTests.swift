import Foundation
import TestSupport
import Testing

/// Exports that others wrote, through the whole program, against Python's csv and decimal.
@Suite(.enabled(if: corpus != nil, "COUNTERFOIL_CORPUS names no folder of real documents"))
struct CorpusExportTests {
  @Test(arguments: RealExport.allCases)
  func `a real export sums as in Python, digit for digit`(_ export: RealExport) throws {
    let expected = try oracle(script("sums.py"), [export.columns, export.url.path])
    let found = try Program.run(["summarize", export.url.path, "--by", export.columns])
    #expect(found.code == 0)
    #expect(found.text == String(decoding: expected, as: UTF8.self))
  }

  @Test(arguments: RealExport.allCases)
  func `a night keeps all rows and all money of a real export`(_ export: RealExport) throws {
    let root = try DataRoot()
    try root.drop("folder/export.csv", Data(contentsOf: export.url))
    #expect(try root.run(asOf: "2026-11-15").code == 0)
    let total = Sheet(try oracle(script("sums.py"), ["", export.url.path])).rows[0]
    #expect(total["LineItems"] == "\(export.rows)")
    for name in ["read", "kept"] {
      let stages = try export.periods.compactMap { try root.summary($0).stage(name) }
      #expect(stages.map(\.rows).reduce(0, +) == export.rows)
      let cost = stages.compactMap { $0.cost["USD"].flatMap { Decimal(string: $0) } }
      #expect(cost.reduce(0, +) == total["BilledCost"].flatMap { Decimal(string: $0) })
    }
    #expect(try root.summary(export.period).stage("rejected")?.rows == 0)
    #expect(try root.faultsOfSeals() == "")
  }

  /// Record 945 is usage of 2024-09-30 on the bill of 2024-10.
  @Test func `a charge outside its billing period is found with its record`() throws {
    let root = try DataRoot()
    let path = try root.drop("focus.csv", Data(contentsOf: RealExport.focus.url))
    let hash = try #require(
      try Program.command(["shasum", "-a", "256", path]).text.split(separator: " ").first)
    try root.run(asOf: "2026-11-15")
    let found = try root.sheet("2024-10/anomalies.csv").rows(["Rule": "ChargedOutsidePeriod"])
    #expect(found.map { $0["Kind"] } == ["DataQuality"])
    #expect(found.map { $0["Evidence"] } == ["\(hash.prefix(12))#945"])
    #expect(found.map { $0["AmountAtStake"] } == ["0.24"])
  }

  @Test(arguments: RealExport.allCases)
  func `ten planted faults are rejected by record and nothing else is lost`(
    _ export: RealExport
  ) throws {
    let root = try DataRoot()
    let (planted, bytes) = try Planted.make(from: export, in: root.folder)
    try root.drop("planted.csv", bytes)
    #expect(try root.run(asOf: "2026-11-15").code == 0)
    let rejects = try root.sheet("\(export.period)/rejects.csv").rows
    #expect(rejects.map { "\($0["Record"] ?? "") \($0["Code"] ?? "")" } == planted.rejects)
    #expect(Set(rejects.map { $0["File"] }) == ["planted.csv"])
    let kept = try export.periods.compactMap { try root.summary($0).stage("kept") }
    #expect(kept.map(\.rows).reduce(0, +) == planted.rows)
    let cost = kept.compactMap { $0.cost["USD"].flatMap { Decimal(string: $0) } }
    #expect(cost.reduce(0, +) == planted.kept["USD"].flatMap { Decimal(string: $0) })
    #expect(try root.faultsOfSeals() == "")
  }
}

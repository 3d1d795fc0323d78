import Foundation
import TestSupport
import Testing

/// What the stories plant: each rule somewhere, and in two of them each amount as Python finds it.
@Suite struct PlantedRulesTests {
  private static func findings(of story: String) throws -> [[String: String]] {
    let expected = repositoryRoot().appendingPathComponent("sample-data/\(story)/expected")
    return try filesBelow(expected).filter { $0.key.hasSuffix("/anomalies.csv") }.values
      .flatMap { Sheet($0).rows }
  }

  @Test func `every rule is found in a story`() throws {
    let rules = try FileManager.default.contentsOfDirectory(
      atPath: repositoryRoot().appendingPathComponent("Sources/Detecting/Rules").path
    ).map { $0.replacing(".swift", with: "") }
    let found = try Story.all.flatMap { try Self.findings(of: $0.name) }
      .compactMap { $0["Rule"] }
    #expect(rules.count > 60)
    #expect(Set(rules).subtracting(found) == [])
  }

  @Test func `two stories hold what Python finds in them, and no more`() throws {
    let script = repositoryRoot().appendingPathComponent("Tests/StoryTests/Oracle/planted.py")
    let told = String(decoding: try oracle(script, [repositoryRoot().path]), as: UTF8.self)
    let found = try ["stray-documents", "unfinished-month"].flatMap(Self.findings).map {
      // Where no charge bears the number, the document's format stands before it.
      let number = $0["InvoiceId"]?.split(separator: ":").last.map(String.init) ?? "-"
      let cells = [$0["Rule"], number, $0["LineCount"], $0["AmountAtStake"]]
      return cells.compactMap { $0 }.joined(separator: " ")
    }
    #expect(found.count == 11)
    #expect(found.sorted() == told.split(separator: "\n").map(String.init))
  }
}

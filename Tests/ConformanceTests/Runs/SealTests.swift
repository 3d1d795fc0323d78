import Foundation
import TestSupport
import Testing

/// A script that sees nothing but documents holds them against their seals.
@Suite struct SealTests {
  private static let expected: [String] = {
    let root = repositoryRoot().appendingPathComponent("sample-data")
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    return (files ?? []).filter { $0.contains("/expected/") && $0.hasSuffix("/MANIFEST.json") }
      .map { root.appendingPathComponent($0).deletingLastPathComponent().path }.sorted()
  }()

  @Test func `the expected documents of all stories are as their seals state`() throws {
    #expect(Self.expected.count >= 14)
    let faults = try oracle(script("seal.py"), ["--version"] + Self.expected)
    #expect(String(decoding: faults, as: UTF8.self) == "")
  }

  /// A changed document, a new seal over it, and what the script must say.
  struct Forgery: CustomTestStringConvertible, Sendable {
    let document: String
    let good: String
    let bad: String
    let word: String
    var testDescription: String { "\(document): \(bad)" }
  }

  /// Without this the empty output above would prove nothing.
  @Test(arguments: [
    Forgery(document: "anomalies.csv", good: ",59.79,", bad: ",59.78,", word: "another content"),
    Forgery(document: "anomalies.csv", good: ",59.79,", bad: ",59.78,", word: "control total"),
    Forgery(
      document: "rejects.csv", good: "Raw\n", bad: "Raw\na,1,,,,\n", word: "1 rows, sealed as 0"),
    Forgery(
      document: "run-summary.json", good: "\"rows\": 0", bad: "\"rows\": 1",
      word: "what was read is not"),
    Forgery(
      document: "MANIFEST.json", good: "tag-coverage.csv", bad: "tags.csv",
      word: "tag-coverage.csv: sealed and not there"),
  ])
  func `the script sees a forgery`(_ forgery: Forgery) throws {
    let folder = TemporaryFolder()
    let story = repositoryRoot().appendingPathComponent("sample-data/line-faults/expected/2026-09")
    for (name, bytes) in try filesBelow(story) {
      var text = String(decoding: bytes, as: UTF8.self)
      if name == forgery.document {
        let range = try #require(text.range(of: forgery.good), "\(forgery)")
        text.replaceSubrange(range, with: forgery.bad)
      }
      // A document that is not there ends the script; another one stands in its place.
      try folder.write(name, Array(text.utf8))
      if name == "tag-coverage.csv" { try folder.write("tags.csv", Array(text.utf8)) }
    }
    let faults = try oracle(script("seal.py"), ["--version", folder.path])
    #expect(String(decoding: faults, as: UTF8.self).contains(forgery.word))
  }
}

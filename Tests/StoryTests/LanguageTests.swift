import Foundation
import TestSupport
import Testing

/// The stories in Chinese: the same documents, but for the two columns of words.
@Suite struct LanguageTests {
  private static let words: Set = ["Explanation", "Recommendation"]
  private static let withWords = ["anomalies.csv", "anomaly-candidates.csv"]
  /// Columns whose cells a sentence may name.
  private static let names = [
    "InvoiceId", "BillingAccountId", "SubAccountId", "ServiceName", "RegionId", "UsageType",
    "ResourceId",
  ]

  /// Those that have something to say.
  private static let stories = Story.all.filter { story in
    ((try? filesBelow(story.expected)) ?? [:]).contains { name, bytes in
      isWithWords(name) && !Sheet(bytes).rows.isEmpty
    }
  }

  private static func isWithWords(_ name: String) -> Bool {
    withWords.contains { name.hasSuffix("/" + $0) }
  }

  /// The pipeline of the stories, with another language.
  private func pipelines() throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    for (name, bytes) in try filesBelow(repositoryRoot().appendingPathComponent("pipelines")) {
      try folder.write(name, bytes)
    }
    let sample = folder.url.appendingPathComponent("sample.yaml")
    let text = try String(contentsOf: sample, encoding: .utf8)
    try #require(text.contains("\nlanguage: en "))
    try Data(text.replacing("\nlanguage: en ", with: "\nlanguage: zh ").utf8).write(to: sample)
    return folder
  }

  @Test func `most stories have something to say`() { #expect(Self.stories.count >= 15) }

  @Test(arguments: stories)
  func `a story is the same in Chinese but for its words, which state the same facts`(
    _ story: Story
  ) throws {
    let home = TemporaryFolder()
    let chinese = try pipelines()
    for night in try story.nights {
      try story.play(
        night, in: home.url, workers: 2,
        definition: chinese.url.appendingPathComponent("sample.yaml"))
    }
    let found = try documents(of: home.url)
    let expected = try filesBelow(story.expected)
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (name, bytes) in expected.sorted(by: { $0.key < $1.key }) {
      let other = try #require(found[name])
      if Self.isWithWords(name) {
        compare(Sheet(bytes), Sheet(other), "\(story.name) \(name)")
      } else if !name.hasSuffix("/MANIFEST.json") {
        // A seal holds the hash of what it seals.
        #expect(bytes == other, "\(story.name) \(name)")
      }
    }
  }

  private func compare(_ english: Sheet, _ chinese: Sheet, _ place: String) {
    #expect(english.columns == chinese.columns)
    #expect(english.rows.count == chinese.rows.count, "\(place)")
    for (ours, theirs) in zip(english.rows, chinese.rows) {
      let id = "\(place) \(ours["FindingId"] ?? "")"
      #expect(facts(ours) == facts(theirs), "\(id)")
      for column in Self.words {
        let names = Self.names.compactMap { ours[$0] }.filter { !$0.isEmpty }
        let pair = SentencePair(ours[column] ?? "", theirs[column] ?? "", names: names)
        #expect(pair.faultsOfFacts == [], "\(id)\n\(pair.english)\n\(pair.chinese)")
      }
    }
  }

  private func facts(_ row: [String: String]) -> [String: String] {
    row.filter { !Self.words.contains($0.key) }
  }
}

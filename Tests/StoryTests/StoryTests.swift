import Foundation
import PipelineRuntime
import TestSupport
import Testing

/// Every folder of `sample-data/` is played night by night and held to its `expected/`, byte by byte.
/// `make golden` writes `expected/` anew and shows what changed.
@Suite struct StoryTests {
  private static var isWriting: Bool {
    ProcessInfo.processInfo.environment["COUNTERFOIL_GOLDEN"] == "write"
  }

  @Test func `there are stories`() { #expect(Story.all.count >= 9) }

  @Test(arguments: Story.all)
  func `a story ends as expected, with 1 worker and with 7`(_ story: Story) throws {
    let one = TemporaryFolder()
    try story.playAll(in: one.url, workers: 1)
    let found = try documents(of: one.url)
    if Self.isWriting {
      try write(found, to: story.expected)
      return
    }
    let expected = try filesBelow(story.expected)
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (name, bytes) in expected.sorted(by: { $0.key < $1.key }) {
      #expect(text(found[name]) == text(bytes), "\(story.name)/expected/\(name)")
    }
    let seven = TemporaryFolder()
    try story.playAll(in: seven.url, workers: 7)
    #expect(try documents(of: seven.url) == found)
  }

  private func text(_ bytes: Data?) -> String {
    bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func write(_ files: [String: Data], to folder: URL) throws {
    try? FileManager.default.removeItem(at: folder)
    for (name, bytes) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: file)
    }
  }
}

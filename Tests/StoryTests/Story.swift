import Foundation
import PipelineRuntime
import TestSupport
import Testing

/// A folder of `sample-data/`: what lies in the inbox on each night, and what must come out.
struct Story: CustomTestStringConvertible, Sendable {
  let folder: URL
  var name: String { folder.lastPathComponent }
  var testDescription: String { name }
  var expected: URL { folder.appendingPathComponent("expected") }

  static let all: [Story] = {
    let root = repositoryRoot().appendingPathComponent("sample-data")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.sorted().map { Story(folder: root.appendingPathComponent($0)) }
      .filter {
        FileManager.default.fileExists(atPath: $0.folder.appendingPathComponent("nights").path)
      }
  }()

  /// The dates of its nights, in order.
  var nights: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("nights").path
      ).sorted()
    }
  }

  /// Drops a night's files into the inbox and runs it.
  @discardableResult
  func play(
    _ night: String, in home: URL, workers: Int, definition: URL = Story.pipeline
  ) throws -> RunOutcome {
    let inbox = home.appendingPathComponent("inbox")
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    let target = inbox.appendingPathComponent(name)
    try? FileManager.default.removeItem(at: target)
    try FileManager.default.copyItem(
      at: folder.appendingPathComponent("nights").appendingPathComponent(night), to: target)
    return try PipelineRunner.run(
      definition: definition.path, home: home.path, asOf: night, workers: workers, accept: [],
      history: false
    ) { _ in }
  }

  static let pipeline = repositoryRoot().appendingPathComponent("pipelines/sample.yaml")

  func playAll(in home: URL, workers: Int) throws {
    for night in try nights { try play(night, in: home, workers: workers) }
  }
}

/// The published documents of a data root, by their path below `out/`.
func documents(of home: URL) throws -> [String: Data] {
  let out = home.appendingPathComponent("out")
  var documents: [String: Data] = [:]
  for period in try FileManager.default.contentsOfDirectory(atPath: out.path)
  where period != ".versions" {
    let folder = out.appendingPathComponent(period).resolvingSymlinksInPath()
    for (name, bytes) in try filesBelow(folder) { documents["\(period)/\(name)"] = bytes }
  }
  return documents
}

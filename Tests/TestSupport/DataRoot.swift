package import Foundation

/// A data root of its own, on which the built program is run night by night.
package final class DataRoot: Sendable {
  package let folder = TemporaryFolder()
  /// The pipeline that its nights run.
  private let definition: String

  package init(definition: String = DataRoot.pipeline("sample.yaml")) throws {
    self.definition = definition
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
  }

  package static func pipeline(_ name: String) -> String {
    repositoryRoot().appendingPathComponent("pipelines").appendingPathComponent(name).path
  }

  package var path: String { folder.path }
  package var inbox: URL { folder.url.appendingPathComponent("inbox") }

  // MARK: Inputs

  /// Copies what a story of `sample-data/` drops in one night into a folder of the inbox.
  package func drop(_ story: String, _ night: String, as name: String? = nil) throws {
    let source = repositoryRoot().appendingPathComponent("sample-data/\(story)/nights/\(night)")
    let target = inbox.appendingPathComponent(name ?? story)
    for (path, bytes) in try filesBelow(source) {
      try folder.write("inbox/\(target.lastPathComponent)/\(path)", bytes)
    }
  }

  @discardableResult
  package func drop(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    try folder.write("inbox/\(name)", bytes)
  }

  // MARK: Runs

  @discardableResult
  package func run(
    asOf day: String, _ options: [String] = [], through launcher: [String] = [],
    environment: [String: String] = [:], output: Program.Output = .collected
  ) throws -> Program.Ending {
    try Program.run(
      ["run", definition, "--home", path, "--as-of", day] + options, through: launcher,
      environment: environment, output: output)
  }

  /// Another command on this data root.
  package func command(_ words: String...) throws -> Program.Ending {
    try Program.run(words + ["--home", path])
  }

  /// Builds the derived tables again.
  package func rebuild(through launcher: [String] = []) throws -> Program.Ending {
    try Program.run(["rebuild", definition, "--home", path], through: launcher)
  }

  // MARK: What lies in it

  /// The published documents, by their path below `out/`.
  package func documents() throws -> [String: Data] {
    let out = folder.url.appendingPathComponent("out")
    var documents: [String: Data] = [:]
    let periods = (try? FileManager.default.contentsOfDirectory(atPath: out.path)) ?? []
    for period in periods where !period.hasPrefix(".") {
      let version = out.appendingPathComponent(period).resolvingSymlinksInPath()
      for (name, bytes) in try filesBelow(version) { documents["\(period)/\(name)"] = bytes }
    }
    return documents
  }

  package func sheet(_ document: String) throws -> Sheet {
    let path = folder.url.appendingPathComponent("out").appendingPathComponent(document)
    return Sheet(try Data(contentsOf: path.resolvingSymlinksInPath()))
  }

  /// `out/<period>/run-summary.json`.
  package func summary(_ period: String) throws -> RunSummary {
    let path = folder.url.appendingPathComponent("out/\(period)/run-summary.json")
    return try JSONDecoder().decode(
      RunSummary.self, from: Data(contentsOf: path.resolvingSymlinksInPath()))
  }

  /// The versions that were published of a period.
  package func versions(_ period: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: folder.url.appendingPathComponent("out/.versions/\(period)").path
    ).sorted()
  }

  /// Each file of the inbox, archive and quarantine by its own name and content, as often as it is there;
  /// the reasons that the program adds do not count.
  package func inputs() throws -> [String] {
    try ["inbox", "archive", "quarantine"].flatMap { place in
      try filesBelow(folder.url.appendingPathComponent(place)).filter {
        !$0.key.hasSuffix("/reason.json")
      }.map { path, bytes in
        "\(path.split(separator: "/").last ?? "") \(bytes.base64EncodedString())"
      }
    }.sorted()
  }

  /// What an independent script says against the seals of `out/`: empty where everything is as stated.
  package func faultsOfSeals() throws -> String {
    let script = repositoryRoot().appendingPathComponent(
      "Tests/ConformanceTests/Oracle/seal.py")
    return String(
      decoding: try oracle(script, [folder.url.appendingPathComponent("out").path]),
      as: UTF8.self)
  }
}

/// What tests read of `run-summary.json`.
package struct RunSummary: Decodable, Sendable {
  package struct Input: Decodable, Sendable {
    package let file: String
    package let sha256: String
    package let kind: String
    package let outcome: String
    package let reason: String
  }

  package struct Stage: Decodable, Sendable {
    package let stage: String
    package let rows: Int
    package let cost: [String: String]
  }

  package let inputs: [Input]
  package let stages: [Stage]
  package let notes: [String]

  package func stage(_ name: String) -> Stage? { stages.first { $0.stage == name } }
  package func input(_ file: String) -> Input? { inputs.first { $0.file == file } }
}

/// The regular files below a folder by their paths in it; nothing where there is no folder.
package func filesBelow(_ folder: URL) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for case let path as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
    let file = folder.appendingPathComponent(path)
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    if attributes[.type] as? FileAttributeType == .typeRegular {
      files[path] = try Data(contentsOf: file)
    }
  }
  return files
}

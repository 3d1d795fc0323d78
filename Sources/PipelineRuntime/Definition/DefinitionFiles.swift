import BillingModel
import ByteStreaming
import Detecting
import Ingesting
import Normalizing

/// Loads a pipeline and the files that it names, which lie beside it.
struct DefinitionFiles {
  private let folder: Path
  private let mistakes = Mistakes()
  private let contents = FileContents()

  /// All mistakes of all files come out at once.
  static func load(_ path: Path) throws(Stop) -> Definition {
    let files = DefinitionFiles(folder: path.folder)
    var definition = try files.read(path)
    definition.contentHash = files.contents.hash
    do throws(DefinitionFault) {
      try files.mistakes.throwIfAny()
    } catch {
      throw .definition(error)
    }
    return definition
  }

  /// The dialect tables of one folder.
  static func dialects(in folder: Path) throws(Stop) -> [Dialect] {
    guard try Stop.onFiles({ () throws(FileError) in try folder.kind() }) != nil else {
      throw .missing("\(folder) is not there: name the folder of dialect tables with --dialects")
    }
    let files = DefinitionFiles(folder: folder)
    let dialects = try files.dialects(in: folder)
    do throws(DefinitionFault) {
      try files.mistakes.throwIfAny()
    } catch {
      throw .definition(error)
    }
    return dialects
  }

  /// The tag rules of a file.
  static func tagRules(in path: Path) throws(Stop) -> TagRules {
    let files = DefinitionFiles(folder: path.folder)
    let rules = try files.root(path).map { TagRulesFile.read($0) }
    do throws(DefinitionFault) {
      try files.mistakes.throwIfAny()
    } catch {
      throw .definition(error)
    }
    return rules ?? TagRules()
  }

  private init(folder: Path) { self.folder = folder }

  private func read(_ path: Path) throws(Stop) -> Definition {
    guard let root = try root(path) else { return Definition(name: "") }
    var (definition, references) = PipelineFile.read(root)
    let rules = DetectorCatalog.all.map { type(of: $0).id.text.string }
    for node in references.without?.list() ?? [] { _ = node.word(among: rules) }
    for node in references.calendars?.list() ?? [] {
      guard let path = existing(node) else { continue }
      CalendarFile(file: path.description, mistakes: mistakes)
        .read(try bytes(of: path), into: &definition.detect.calendar)
    }
    if let node = references.dialects, let folder = existing(node) {
      definition.ingest.dialects = try dialects(in: folder)
      if definition.ingest.dialects.isEmpty {
        node.mistake("\(folder) holds no dialect table (a file that ends in .yaml)")
      }
    }
    if let node = references.tags, let path = existing(node), let root = try self.root(path) {
      let file = TagRulesFile(root)
      file.runExamples()
      definition.normalize.tags = file.rules
    }
    if let node = references.accounts, let path = existing(node) {
      definition.normalize.accounts = AccountsFile.read(
        try bytes(of: path), fileName: path.description, mistakes: mistakes)
    }
    if let node = references.contract, let path = existing(node), let root = try self.root(path) {
      definition.reconcile.contract = ContractFile.read(root)
    }
    return definition
  }

  private func root(_ path: Path) throws(Stop) -> YAMLNode? {
    YAMLNode.root(
      of: String(decoding: try bytes(of: path), as: UTF8.self), file: path.description,
      mistakes: mistakes)
  }

  /// The path that a node names; a mistake at the node if nothing is there.
  private func existing(_ node: YAMLNode) -> Path? {
    guard let name = node.text() else { return nil }
    let path = name.hasPrefix("/") ? Path(name) : folder.appending(name)
    do throws(FileError) {
      if try path.kind() != nil { return path }
      node.mistake("\(path) is not there")
    } catch {
      node.mistake(error.description)
    }
    return nil
  }

  private func dialects(in folder: Path) throws(Stop) -> [Dialect] {
    let entries = try Stop.onFiles { () throws(FileError) in try Folder.listing(folder) }
    var dialects: [Dialect] = []
    for entry in entries where entry.path.bytes.hasSuffix(".yaml") {
      if let root = try root(entry.path), let dialect = DialectFile.read(root) {
        dialects.append(dialect)
      }
    }
    return dialects
  }

  private func bytes(of path: Path) throws(Stop) -> [UInt8] {
    do throws(StreamError) {
      var source = try ByteSource(path)
      let bytes = try source.readAll(limit: 64 << 20)
      contents.add(path, bytes)
      return bytes
    } catch {
      if case .file(let error) = error { throw Stop(error) }
      throw .inputOutput("\(path): \(error)")
    }
  }
}

/// Which files a definition was read from: what they are called and what they hold, in the order in which
/// they were read.
private final class FileContents {
  private var fingerprint = Fingerprint()

  func add(_ path: Path, _ bytes: [UInt8]) {
    fingerprint.add([Text(decoding: path.name), ContentHash.of(bytes)])
  }

  var hash: Text { fingerprint.value }
}

extension [UInt8] {
  func hasSuffix(_ suffix: String) -> Bool {
    self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}

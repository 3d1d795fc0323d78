import BillingModel
import ByteStreaming
import Ingesting

/// What was read from each export file of the newest months, by content: a delivery that holds a file
/// again, restated in other files or still incomplete, reads only what is new.
///
/// Kept beside the ledger and never needed: what is missing, damaged or of another program is read again.
struct KeptSummaries: Sendable {
  private let folder: Path
  /// Who read the file, and what it looked for.
  private let reader: Text

  /// - Parameters:
  ///   - folder: Where the summaries lie.
  ///   - program: The identity of the program.
  ///   - rules: The rules whose screens the pass answers.
  init(in folder: Path, program: Text, rules: [RuleID]) {
    self.folder = folder
    reader = ContentHash.of(
      Array(([program.string] + rules.map(\.text.string)).joined(separator: "\n").utf8))
  }

  private func path(of sha256: Text) -> Path { folder.appending("\(sha256)-\(reader)") }

  /// Whether something was kept of a file.
  func has(_ sha256: Text) -> Bool { (try? path(of: sha256).kind()) == .file }

  /// What was kept of a file; nil where nothing is, or it is not whole.
  func summary(of sha256: Text) -> [UInt8]? {
    do throws(FileError) {
      let file = try InputFile(path(of: sha256))
      let size = try file.status().size
      var bytes: [UInt8] = []
      bytes.reserveCapacity(size)
      while case let more = try file.read(upTo: 4 << 20), !more.isEmpty { bytes += more }
      guard bytes.count > Self.sealLength else { return nil }
      let seal = Array(bytes.suffix(Self.sealLength))
      bytes.removeLast(Self.sealLength)
      return seal == self.seal(bytes, of: sha256) ? bytes : nil
    } catch {
      return nil
    }
  }

  /// Keeps a summary; that it cannot be kept costs time in another night, and nothing else.
  func keep(_ summary: consuming [UInt8], of sha256: Text) {
    summary += seal(summary, of: sha256)
    do throws(FileError) {
      try Folder.makePrivate(folder)
      try AtomicFile.write(summary, to: path(of: sha256), durably: false)
    } catch {
      return
    }
  }

  /// Removes all but those of the files that may come again.
  func prune(keeping files: Set<Text>) {
    guard let names = try? Folder.names(in: folder) else { return }
    let kept = Set(files.map { path(of: $0).name })
    for name in names where !kept.contains(name) {
      try? Folder.remove(folder.appending(bytes: name))
    }
  }

  private static let sealLength = 64

  /// Of the summary and of what it is of: one in the place of another is no summary.
  private func seal(_ summary: [UInt8], of sha256: Text) -> [UInt8] {
    let name = path(of: sha256).name
    return Array(
      ContentHash.of([Array(ContentHash.of(summary).string.utf8), name].flatMap { $0 }).string.utf8)
  }
}

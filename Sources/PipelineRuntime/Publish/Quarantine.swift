import BillingModel
import ByteStreaming
import Foundation

/// Why a file was not read: what `quarantine/<sha256>/reason.json` says.
struct QuarantineReason: Sendable {
  var file: Text
  var sha256: Text
  /// A stable word, such as `TruncatedGzip`.
  var code: Text
  /// What is wrong and what to do.
  var reason: Text
  var record: Int
  var column: Text
  /// The rows that were rejected, where too many were.
  var rejects: [Reject]

  private struct Document: Encodable {
    var file: Text
    var sha256: Text
    var code: Text
    var reason: Text
    var record: Int?
    var column: Text?
    var rejects: [Reject]?
  }

  /// Rejects beyond this many say nothing new.
  private static let rejectLimit = 1000

  func write(to folder: Path) throws(Stop) {
    let document = Document(
      file: file, sha256: sha256, code: code, reason: reason, record: record > 0 ? record : nil,
      column: column.isEmpty ? nil : column,
      rejects: rejects.isEmpty ? nil : Array(rejects.prefix(Self.rejectLimit)))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try encoder.encode(document)) + [UInt8(ascii: "\n")]
    } catch {
      throw .inputOutput("\(file): its reason cannot be written: \(error)")
    }
    let place = folder.appending(sha256.string)
    try Stop.onFiles { () throws(FileError) in
      try Folder.make(place)
      try AtomicFile.write(bytes, to: place.appending("reason.json"))
    }
  }
}

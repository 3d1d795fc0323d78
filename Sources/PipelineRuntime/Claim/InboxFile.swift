import BillingModel
import ByteStreaming

/// A regular file of the inbox that has been looked at: what it is, by content and never by its name.
struct InboxFile: Sendable {
  /// Relative to the inbox, for people and documents.
  var name: Text
  var path: Path
  var status: FileStatus
  var sha256: Text
  var content: Content

  enum Content: Sendable {
    case manifest(Manifest)
    case export(ExportFormat)
    /// An XML or JSON invoice document.
    case invoice
    /// A person's word that a period is closed.
    case signOff(SignOffRequest)
    /// What a reviewer made of an `anomalies.csv`.
    case review(ReviewSheet)
    /// Cannot be what Counterfoil reads; the reason names the way out.
    case refused(code: Text, reason: Text)
  }

  /// The components of ``name``.
  var components: [Substring] { name.string.split(separator: "/") }
  /// The folder inside the inbox; empty at its top.
  var folder: Text { Text(components.dropLast().joined(separator: "/")) }
}

/// Something in the inbox that a run leaves where it is, and why.
struct LeftAlone: Sendable, Hashable {
  var name: Text
  var kind: Text
  /// `ignored` or `waiting`.
  var outcome: Text
  var reason: Text
}

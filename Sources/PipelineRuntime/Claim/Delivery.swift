import BillingModel

/// The files of one version of one export: a manifest with its chunks, or loose files of one folder
/// and format.
struct Delivery: Sendable {
  var exportName: Text
  /// Stated by the manifest or the path; a loose delivery learns its periods from its rows.
  var billingPeriod: BillingPeriod?
  var files: [InboxFile]
  /// All copies of the manifest; none for loose files.
  var manifests: [InboxFile]
  var mark: VersionMark
  /// Which rule put it before the other versions that lay beside it; empty if it was alone.
  var decidedBy: Text = ""
  /// Versions that only their rows can tell from this one: the one with the latest usage is the newest.
  var rivals: [Delivery] = []

  var isLoose: Bool { manifests.isEmpty }

  /// What loose files of a folder are called: they have no export name of their own.
  static func looseName(folder: Text, _ format: ExportFormat) -> Text {
    Text("\(folder.isEmpty ? "inbox" : folder) (\(format.rawValue))")
  }

  static func isLooseName(_ name: Text, _ format: ExportFormat) -> Bool {
    name.string.hasSuffix(" (\(format.rawValue))")
  }

  /// What a person names it by on the command line: the first ten digits of its content.
  var shortID: String { String(ContentHash.of(files.map(\.sha256)).string.prefix(10)) }
}

extension ContentHash {
  /// The hash of a set of contents, whatever their order.
  static func of(_ hashes: [Text]) -> Text {
    of(Array(hashes.sorted().map(\.string).joined(separator: "\n").utf8))
  }
}

import BillingModel

/// The list of files that make one delivery: a legacy CUR manifest (`reportKeys`) or a Data Exports
/// manifest (`dataFiles`).
struct Manifest: Sendable, Hashable {
  enum Shape: String, Sendable { case legacy, dataExports }

  var shape: Shape
  /// The report's or export's name.
  var exportName: Text
  /// `assemblyId` or `executionId`: which version this is.
  var identity: Text
  /// Stated by legacy manifests only.
  var billingPeriod: BillingPeriod?
  /// The keys of the data files, as written: bucket keys or `s3://` URLs.
  var keys: [Text]
  /// The columns by the header's own spelling.
  var columns: [Text]
}

/// Why a manifest is not followed.
struct ManifestFault: Error, Hashable, Sendable, CustomStringConvertible {
  var description: String
}

extension Manifest {
  /// The path of a key inside its bucket, by components.
  ///
  /// Keys are compared with files that are there, never opened; a key that tries to leave its folder is
  /// refused all the same, since no AWS service writes one.
  static func components(of key: Text) throws(ManifestFault) -> [Substring] {
    var path = key.string[...]
    if path.hasPrefix("s3://") {
      path = path.dropFirst(5)
      path = path.firstIndex(of: "/").map { path[path.index(after: $0)...] } ?? ""
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    let lowered = path.lowercased()
    guard !parts.isEmpty, !path.hasPrefix("/"), !parts.contains(".."), !parts.contains("."),
      !lowered.contains("%2e"), !lowered.contains("%2f"), !path.contains("\\"),
      !path.utf8.contains(0)
    else {
      throw ManifestFault(
        description: "the manifest names \"\(key)\", which is no plain bucket key")
    }
    return parts
  }

  /// The files that the keys mean: for each key the one file with the longest common path suffix. A
  /// file that shares only its base name counts if no other file has that name and it lies in the
  /// manifest's own folder: the chunk of an older version has the same base name.
  func match(
    _ files: [InboxFile], besides folder: Text
  ) throws(ManifestFault) -> (found: [InboxFile], missing: [Text]) {
    var found: [InboxFile] = []
    var missing: [Text] = []
    for key in keys {
      let wanted = try Self.components(of: key)
      let scored = files.map { file in (file, Self.commonSuffix(wanted, file.components)) }
        .filter { $0.1 > 0 }
      let best = scored.map(\.1).max() ?? 0
      let nearest = scored.filter { $0.1 == best }
      if let only = nearest.first?.0, nearest.count == 1,
        best > 1 || (scored.count == 1 && only.folder == folder)
      {
        found.append(only)
      } else {
        missing.append(key)
      }
    }
    return (found, missing)
  }

  private static func commonSuffix(_ a: [Substring], _ b: [Substring]) -> Int {
    zip(a.reversed(), b.reversed()).prefix { $0.utf8.elementsEqual($1.utf8) }.count
  }
}

import BillingLedger
import BillingModel

/// One version of a payer's billing period while a night is at work.
struct BookedVersion {
  enum Origin {
    /// Read in an earlier night: the ledger's number.
    case ledger(Int)
    case tonight(Booking)
  }

  var origin: Origin
  var role: BookingRole
  var billingAccountID: Text
  var billingPeriod: BillingPeriod
  var exportName: Text
  var format: ExportFormat
  var mark: VersionMark
  var versionDay: Day
  /// The hashes of its files, manifests included.
  var files: [Text]

  /// Loose files have no export name of their own, but that of their folder and format.
  var isLoose: Bool { Delivery.isLooseName(exportName, format) }

  func isSameExport(as other: BookedVersion) -> Bool {
    format == other.format && (exportName == other.exportName || isLoose || other.isLoose)
  }

  var isCurrent: Bool { role == .booked || role == .shadow }
}

/// The versions of every payer's billing periods: what is booked, what is compared, what was replaced.
struct Book {
  private(set) var versions: [BookedVersion]
  /// Which export is booked where several cover a payer's period.
  let prefer: [ExportFormat]

  init(_ headers: [BookingHeader], prefer: [ExportFormat]) {
    self.prefer = prefer
    versions = headers.map { header in
      BookedVersion(
        origin: .ledger(header.id), role: header.role, billingAccountID: header.billingAccountID,
        billingPeriod: header.billingPeriod, exportName: header.exportName,
        format: header.format,
        mark: VersionMark(header.version)
          ?? VersionMark(timestamp: nil, identity: header.version, isTop: false, fileTime: 0),
        versionDay: header.versionDay, files: header.files)
    }
  }

  /// The current version of the same export, which a new one would replace.
  func predecessor(of version: BookedVersion) -> BookedVersion? {
    index(ofPredecessorOf: version).map { versions[$0] }
  }

  private func index(ofPredecessorOf version: BookedVersion) -> Int? {
    versions.firstIndex {
      $0.isCurrent && $0.billingAccountID == version.billingAccountID
        && $0.billingPeriod == version.billingPeriod && $0.isSameExport(as: version)
    }
  }

  /// Puts a version in its predecessor's place, and decides anew which export is booked.
  mutating func add(_ version: BookedVersion) {
    if let index = index(ofPredecessorOf: version) {
      let wasBooked = versions[index].role == .booked
      // Only the version that was replaced last is kept, to say what moved.
      for other in versions.indices
      where versions[other].role == .replaced && isSamePeriod(versions[other], version) && wasBooked
      {
        versions[other].role = .superseded
      }
      versions[index].role = wasBooked ? .replaced : .superseded
    }
    versions.append(version)
    settleRoles(like: version)
  }

  private func isSamePeriod(_ a: BookedVersion, _ b: BookedVersion) -> Bool {
    a.billingAccountID == b.billingAccountID && a.billingPeriod == b.billingPeriod
  }

  /// A charge is booked once per payer and period: the preferred export; the others are compared.
  private mutating func settleRoles(like version: BookedVersion) {
    let current = versions.indices.filter {
      versions[$0].isCurrent && isSamePeriod(versions[$0], version)
    }
    let first = current.min { rank(versions[$0]) < rank(versions[$1]) }
    for index in current { versions[index].role = index == first ? .booked : .shadow }
  }

  private func rank(_ version: BookedVersion) -> (Int, Text) {
    (prefer.firstIndex(of: version.format) ?? prefer.count, version.exportName)
  }

  /// True where these very files, and no others, were read before.
  func holds(_ dataFiles: Set<Text>, isManifest: (Text) -> Bool) -> Bool {
    versions.contains { Set($0.files.filter { !isManifest($0) }) == dataFiles }
  }

  /// Versions of earlier nights whose role is no longer what the ledger says.
  func roleChanges(from headers: [BookingHeader]) -> [RoleChange] {
    let before = Dictionary(uniqueKeysWithValues: headers.map { ($0.id, $0.role) })
    return versions.compactMap { version in
      guard case .ledger(let id) = version.origin, before[id] != version.role else { return nil }
      return RoleChange(booking: id, role: version.role)
    }
  }
}

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
  /// The ledger's number of the delivery.
  var delivery: Int
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

  mutating func rename(_ name: Text) {
    exportName = name
    guard case .tonight(var booking) = origin else { return }
    booking.exportName = name
    origin = .tonight(booking)
  }

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
        origin: .ledger(header.id), delivery: header.delivery, role: header.role,
        billingAccountID: header.billingAccountID,
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

  /// Of several that could be meant by loose files, the one of the same name, else the booked one.
  private func index(ofPredecessorOf version: BookedVersion) -> Int? {
    let possible = versions.indices.filter {
      versions[$0].isCurrent && isSamePeriod(versions[$0], version)
        && versions[$0].isSameExport(as: version)
    }
    return possible.first { versions[$0].exportName == version.exportName }
      ?? possible.first { versions[$0].role == .booked } ?? possible.first
  }

  /// Puts a version in its predecessor's place, and decides anew which export is booked.
  ///
  /// - Parameter invoiceIDs: The invoice ids that a version names, to tell which replaced ones to keep.
  mutating func add(
    _ version: BookedVersion, invoiceIDs: (BookedVersion) throws(Stop) -> Set<Text>
  ) throws(Stop) {
    var version = version
    if let index = index(ofPredecessorOf: version) {
      // Loose files that replace an export go on as that export.
      if version.isLoose { version.rename(versions[index].exportName) }
      let wasBooked = versions[index].role == .booked
      versions[index].role = wasBooked ? .replaced : .superseded
      if wasBooked { try thinReplaced(like: version, invoiceIDs) }
    }
    versions.append(version)
    settleRoles(like: version)
  }

  /// AWS delivers a month again every day: what changed after an invoice was final is told by the first
  /// version that named it, however many came since, and what changed last by the last version.
  private mutating func thinReplaced(
    like version: BookedVersion, _ invoiceIDs: (BookedVersion) throws(Stop) -> Set<Text>
  ) throws(Stop) {
    var named: Set<Text> = []
    let replaced = versions.indices.filter {
      versions[$0].role == .replaced && isSamePeriod(versions[$0], version)
    }
    for index in replaced {
      let ids = try invoiceIDs(versions[index])
      let isLast = index == replaced.last
      if !named.isSuperset(of: ids) || isLast {
        named.formUnion(ids)
      } else {
        versions[index].role = .superseded
      }
    }
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

  /// The files of the current versions of the newest two periods: those that may come again.
  var recentFiles: Set<Text> {
    let periods = Set(versions.map(\.billingPeriod)).sorted().suffix(2)
    return Set(
      versions.filter { $0.isCurrent && periods.contains($0.billingPeriod) }.flatMap(\.files))
  }

  /// True where these very files, and no others, were read before.
  func holds(_ dataFiles: Set<Text>, isManifest: (Text) -> Bool) -> Bool {
    versions.contains { Set($0.files.filter { !isManifest($0) }) == dataFiles }
  }

  /// True where a version was read under one of these manifests from other files.
  func hasFollowed(_ manifests: Set<Text>) -> Bool {
    versions.contains { !manifests.isDisjoint(with: $0.files) }
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

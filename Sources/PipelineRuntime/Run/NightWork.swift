import BillingLedger
import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting

/// What one run gathers before it is recorded: where every input goes, and what was read from it.
///
/// Nothing in here has been written: a run that stops leaves the inbox as it was.
struct NightWork {
  let plan: RunPlan
  let memory: Memory
  /// The run that is played again from the archive: nothing moves, no input is new.
  let replayed: RunRecord?
  private(set) var book: Book
  private(set) var inputs: [KnownInput] = []
  private(set) var moves: [PendingMove] = []
  private(set) var mirrored: [MirroredFile] = []
  private(set) var links: [(from: Path, to: Path)] = []
  private(set) var quarantined: [QuarantineReason] = []
  private(set) var invoices: [StoredInvoice] = []
  private(set) var leftAlone: [LeftAlone] = []
  private(set) var filesRead = 0
  /// Documents that were read and must not be booked, and why.
  private(set) var notBooked: [Text] = []
  /// Ids of ``RunPlan/accepted`` that named a delivery of this night.
  private(set) var metIDs: Set<String> = []
  /// What asks to close a period, until that is decided.
  var closingFiles: [ClosingFile] = []
  /// The periods that this night closes.
  var signOffs: [NewSignOff] = []
  /// What reviewers decided in files of this night, and what was not taken of them.
  var reviews = TakenReviews()
  private var delivery: Int

  init(_ plan: RunPlan, _ memory: Memory, replaying run: RunRecord? = nil) {
    self.plan = plan
    replayed = run
    self.memory = memory
    book = Book(memory.headers, prefer: plan.definition.ingest.prefer)
    delivery = memory.nextDelivery
  }

  /// True on a night that leaves the ledger as it was: no input is new, and no version changed its place.
  var addsNothing: Bool {
    inputs.isEmpty && invoices.isEmpty && closingFiles.isEmpty && signOffs.isEmpty
      && reviews.isEmpty
      && book.roleChanges(from: memory.headers).isEmpty
      && !book.versions.contains { if case .tonight = $0.origin { true } else { false } }
  }

  /// True where one file went to two places: the ledger keeps the second.
  var hasRepeatedInputs: Bool {
    Set(inputs.map { [$0.sha256, $0.name] }).count < inputs.count
  }

  // MARK: Where inputs go

  mutating func leave(_ files: [LeftAlone]) { leftAlone += files }

  mutating func archive(_ file: InboxFile, kind: Text, outcome: Text, reason: Text = "") {
    put(file, in: plan.home.archive, kind: kind, outcome: outcome, reason: reason)
  }

  mutating func quarantine(
    _ file: InboxFile, kind: Text, code: Text, reason: Text, record: Int = 0, column: Text = "",
    rejects: [Reject] = []
  ) {
    if replayed != nil || isMirroredFault(file) { return }
    quarantined.append(
      QuarantineReason(
        file: file.name, sha256: file.sha256, code: code, reason: reason, record: record,
        column: column, rejects: rejects))
    put(
      file, in: plan.home.quarantine, kind: kind, outcome: "quarantined",
      reason: Text("\(code): \(reason)"))
  }

  /// In `drop` mode the file moves once the night is recorded; in `mirror` mode it stays, and a second
  /// name for its bytes keeps them.
  private mutating func put(
    _ file: InboxFile, in folder: Path, kind: Text, outcome: Text, reason: Text
  ) {
    // What stays in a mirrored inbox is taken once.
    let isOld = memory.knows(file.sha256, as: file.name)
    if !isOld || plan.definition.claim.inbox == .drop { filesRead += 1 }
    if replayed != nil { return }
    let target = folder.appending(file.sha256.string).appending(bytes: file.path.name)
    switch plan.definition.claim.inbox {
    case .drop:
      moves.append(
        PendingMove(from: plan.home.relative(file.path), to: plan.home.relative(target)))
    case .mirror:
      links.append((file.path, target))
      mirrored.append(
        MirroredFile(
          path: Array(file.name.string.utf8), size: file.status.size,
          modified: file.status.modifiedNanoseconds, inode: file.status.inode,
          sha256: file.sha256))
    }
    // The same bytes again under the same name: what was recorded first stays, but for a sign-off
    // that came too early before.
    if isOld, outcome != "signed" { return }
    inputs.append(
      KnownInput(
        sha256: file.sha256, name: file.name, kind: kind, outcome: outcome, reason: reason,
        archivedPath: Text(decoding: plan.home.relative(target.folder)), receivedDay: plan.asOf))
  }

  /// A bad file that stays in a mirrored inbox is set aside and reported once, not every night.
  func isMirroredFault(_ file: InboxFile) -> Bool {
    plan.definition.claim.inbox == .mirror && memory.isQuarantined(file.sha256)
  }

  /// Loose files of a mirrored inbox go on without those that an earlier night found faulty.
  func dropKnownFaults(from delivery: inout Delivery) {
    if delivery.isLoose { delivery.files.removeAll(where: isMirroredFault) }
  }

  /// A file of a mirrored delivery that an earlier night found faulty.
  func knownFault(in delivery: Delivery) -> Text? {
    delivery.files.first(where: isMirroredFault)?.name
  }

  /// A delivery none of whose rows were kept: without rows it is no more than noted; with rejects, its
  /// files must not be lost in a month that nobody can name.
  mutating func setAside(_ delivery: Delivery, _ contents: ExportContents) {
    for file in delivery.manifests { archive(file, kind: file.kind, outcome: "read") }
    for file in delivery.files {
      let rejects = contents.rejects.filter { $0.file == file.name }
      if let first = rejects.first {
        quarantine(
          file, kind: file.kind, code: "NothingKept",
          reason: Text("none of its rows could be kept. The first: \(first.message)"),
          record: first.record, column: first.column, rejects: rejects)
      } else {
        archive(file, kind: file.kind, outcome: "read", reason: "it holds no rows")
      }
    }
  }

  // MARK: Invoices

  mutating func add(_ reading: InvoiceReading.Result) {
    let file = reading.file
    switch reading.outcome {
    case .known:
      archive(file, kind: memory.kind(of: file.sha256) ?? "invoice", outcome: "duplicate")
    case .refused(let fault):
      quarantine(file, kind: "invoice", code: fault.code, reason: fault.message)
    case .read(let documents):
      notBooked += documents.filter { !$0.refusal.isEmpty }.map {
        Text("\(file.name): document \($0.index) is not booked: \($0.refusal)")
      }
      invoices += documents.map { StoredInvoice(invoice: $0, receivedDay: plan.asOf) }
      let refusals = Set(documents.map(\.refusal).filter { !$0.isEmpty }).sorted()
      archive(
        file, kind: documents.first?.dialect ?? "invoice", outcome: "read",
        reason: Text(refusals.map { "NotBooked: \($0)" }.joined(separator: "; ")))
    }
  }

  // MARK: Deliveries

  /// True where nothing but these very files was read before.
  func isKnown(_ delivery: Delivery) -> Bool {
    book.holds(
      Set(delivery.files.map(\.sha256)), isManifest: { memory.kind(of: $0) == "manifest" })
  }

  /// True where files of a mirror changed under a manifest that was followed already: `aws s3 sync` has
  /// copied some of the new version's files, and its manifest is still to come.
  func isHalfSynced(_ delivery: Delivery) -> Bool {
    plan.definition.claim.inbox == .mirror && !delivery.isLoose
      && book.hasFollowed(Set(delivery.manifests.map(\.sha256)))
  }

  mutating func archive(_ delivery: Delivery, outcome: Text, reason: Text = "") {
    for file in delivery.manifests {
      archive(file, kind: "manifest", outcome: outcome, reason: reason)
    }
    for file in delivery.files {
      archive(file, kind: file.kind, outcome: outcome, reason: reason)
    }
  }

  mutating func wait(_ delivery: Delivery, reason: Text, without excluded: Set<Text> = []) {
    for file in delivery.manifests + delivery.files where !excluded.contains(file.name) {
      leftAlone.append(
        LeftAlone(name: file.name, kind: file.kind, outcome: "waiting", reason: reason))
    }
  }

  /// Whether a person accepted this delivery, whatever it lacks.
  mutating func isAccepted(_ delivery: Delivery) -> Bool {
    guard plan.accepted.contains(delivery.shortID) else { return false }
    metIDs.insert(delivery.shortID)
    return true
  }

  /// Books what a delivery holds, or says why it must wait or comes too late.
  ///
  /// - Parameter load: Reads the contents of a version that is booked.
  mutating func book(
    _ delivery: Delivery, _ contents: ExportContents,
    load: (BookedVersion) throws(Stop) -> ExportContents
  ) throws(Stop) {
    let versions = try versions(of: delivery, contents)
    let isAccepted = delivery.isLoose && isAccepted(delivery)
    if !isAccepted {
      let isLate = versions.contains { version in
        book.predecessor(of: version).map { version.mark.isOutdated(by: $0.mark) } ?? false
      }
      if isLate {
        archive(
          delivery, outcome: "superseded", reason: "an older version than the one that is booked")
        return
      }
      if delivery.isLoose, let lacking = try partialness(of: versions, load) {
        wait(
          delivery,
          reason: Text(
            "PartialDelivery: \(lacking); accept it with: counterfoil run … --accept "
              + delivery.shortID))
        return
      }
    }
    self.delivery += 1
    for version in versions {
      try book.add(version) { (other) throws(Stop) in
        Set(try load(other).charges.map(\.key.invoiceID).filter { !$0.isEmpty })
      }
    }
    let isBooked = book.versions.suffix(versions.count).contains { $0.role == .booked }
    archive(
      delivery, outcome: isBooked ? "booked" : "compared",
      reason: delivery.decidedBy.isEmpty ? "" : Text("newest by \(delivery.decidedBy)"))
  }

  private func versions(
    of delivery: Delivery, _ contents: ExportContents
  ) throws(Stop) -> [BookedVersion] {
    let day = delivery.mark.timestamp.flatMap { Moment($0.string)?.day } ?? plan.asOf
    let files = (delivery.files + delivery.manifests).map(\.sha256).sorted()
    let split = try Stop.catching(delivery.exportName.string) { () throws(AmountOverflow) in
      try BookingSplit(contents, stated: delivery.billingPeriod)
    }
    return split.parts.map { part, piece in
      let format = piece.files.first?.format ?? delivery.format
      let booking = Booking(
        delivery: self.delivery, exportName: delivery.exportName, format: format,
        billingAccountID: part.billingAccountID, billingPeriod: part.billingPeriod,
        version: delivery.mark.text, versionDay: day, contents: piece)
      return BookedVersion(
        origin: .tonight(booking), delivery: self.delivery, role: .booked,
        billingAccountID: part.billingAccountID,
        billingPeriod: part.billingPeriod, exportName: delivery.exportName, format: format,
        mark: delivery.mark, versionDay: day, files: files)
    }
  }

  /// What loose files lack against the versions that they would replace, in words; nil if nothing.
  private func partialness(
    of versions: [BookedVersion], _ load: (BookedVersion) throws(Stop) -> ExportContents
  ) throws(Stop) -> String? {
    for version in versions {
      guard let older = book.predecessor(of: version), case .tonight(let new) = version.origin
      else { continue }
      let before = try load(older)
      let lacking = try Stop.catching(version.exportName.string) { () throws(AmountOverflow) in
        try Fullness(new.contents).lacks(of: Fullness(before))
      }
      if let lacking { return lacking }
    }
    return nil
  }
}

extension InboxFile {
  /// What documents call it.
  var kind: Text {
    switch content {
    case .manifest: "manifest"
    case .export(let format): Text(format.rawValue)
    case .invoice: "invoice"
    case .signOff: SignOffFile.kind
    case .review: ReviewSheet.kind
    case .refused: "unknown"
    }
  }
}

extension Delivery {
  /// The format of its first file by name.
  var format: ExportFormat {
    for file in files { if case .export(let format) = file.content { return format } }
    return .legacy
  }
}

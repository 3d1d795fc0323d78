import BillingLedger
import BillingModel
import ByteStreaming

/// What the ledger knows when a night begins.
struct Memory {
  let inputs: [KnownInput]
  let headers: [BookingHeader]
  let nextDelivery: Int
  /// The files that documents were read from.
  let invoiceFiles: Set<Text>
  /// The sign-offs of earlier nights, oldest first.
  let signOffs: [SignOffRecord]
  /// What reviewers decided, oldest first.
  let decisions: [ReviewDecision]
  let reviewRefusals: [ReviewRefusal]
  /// That no period needs to be judged again, if so.
  let whole: JudgedPeriod?
  private var publications: [Text: Publication]
  private var findings: [BillingPeriod: [FindingRecord]] = [:]
  private let mirrored: [Text: MirroredFile]
  private let names: Set<[Text]>
  private let kinds: [Text: Text]
  private let quarantined: Set<Text>

  /// - Parameter run: A run that is played again knows the inputs up to its own.
  init(_ ledger: Ledger, before run: RunRecord? = nil) throws(LedgerFault) {
    inputs = try ledger.inputs().filter { input in run.map { input.run <= $0.id } ?? true }
    headers = try ledger.bookings()
    invoiceFiles = try ledger.invoiceFiles()
    signOffs = try ledger.signOffs()
    decisions = try ledger.decisions(through: run?.id)
    reviewRefusals = try ledger.reviewRefusals(through: run?.id)
    whole = try ledger.judgedAsAWhole()
    nextDelivery = try ledger.nextDelivery()
    publications = Dictionary(
      uniqueKeysWithValues: try ledger.publications(listing: false).map {
        (Text($0.billingPeriod?.description ?? ""), $0)
      })
    mirrored = Dictionary(
      uniqueKeysWithValues: try ledger.mirrored().map { (Text(decoding: $0.path), $0) })
    quarantined = Set(inputs.filter { $0.outcome == "quarantined" }.map(\.sha256))
    names = Set(inputs.map { [$0.sha256, $0.name] })
    kinds = Dictionary(inputs.map { ($0.sha256, $0.kind) }, uniquingKeysWith: { first, _ in first })
  }

  /// What a content was taken for, if it was dealt with before.
  func kind(of sha256: Text) -> Text? { kinds[sha256] }

  func knows(_ sha256: Text, as name: Text) -> Bool { names.contains([sha256, name]) }

  func isQuarantined(_ sha256: Text) -> Bool { quarantined.contains(sha256) }

  /// Remembers what was found and published in a period, which is much and needed only where it is judged.
  mutating func recall(_ period: BillingPeriod, _ ledger: Ledger) throws(LedgerFault) {
    findings[period] = try ledger.findings(of: period)
    publications[Text(period.description)]?.reported = try ledger.reported(in: period)
  }

  /// The findings of a period that was recalled, sorted by FindingId; what has no period has none.
  func findings(of period: BillingPeriod?) -> [FindingRecord] {
    guard let period else { return [] }
    guard let records = findings[period] else { preconditionFailure("\(period) was not recalled") }
    return records
  }

  /// As it was published; the findings that it lists only for a period that was recalled.
  func publication(of period: BillingPeriod?) -> Publication? {
    publications[Text(period?.description ?? "")]
  }

  var allPublications: [Publication] {
    publications.sorted { $0.key < $1.key }.map(\.value)
  }

  /// A file that lies in a mirrored inbox as it lay before: it need not be hashed again.
  func mirrored(_ name: Text, _ status: FileStatus, _ plan: RunPlan) -> RememberedFile? {
    guard let file = mirrored[name], file.size == status.size,
      file.modified == status.modifiedNanoseconds, file.inode == status.inode
    else { return nil }
    return RememberedFile(sha256: file.sha256, content: content(of: file.sha256, plan))
  }

  /// What this very program took a content for, where that is all there is to know of it. A manifest must
  /// be read to be followed, and a fault to be named.
  private func content(of sha256: Text, _ plan: RunPlan) -> InboxFile.Content? {
    guard let whole, whole.basis == plan.judgingBasis else { return nil }
    if invoiceFiles.contains(sha256) { return .invoice }
    return kinds[sha256].flatMap { ExportFormat(rawValue: $0.string) }.map { .export($0) }
  }
}

/// What an earlier night found out about a file that did not change since.
struct RememberedFile: Sendable {
  var sha256: Text
  /// Absent where its bytes must be looked at again.
  var content: InboxFile.Content?
}

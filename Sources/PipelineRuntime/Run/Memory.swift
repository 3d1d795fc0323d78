import BillingLedger
import BillingModel
import ByteStreaming

/// What the ledger knows when a night begins.
struct Memory {
  let inputs: [KnownInput]
  let headers: [BookingHeader]
  let invoices: [StoredInvoice]
  let nextDelivery: Int
  private let findings: [Text: FindingRecord]
  private let publications: [Text: Publication]
  private let mirrored: [Text: MirroredFile]
  private let names: Set<[Text]>
  private let kinds: [Text: Text]
  private let quarantined: Set<Text>
  let findingRecords: [FindingRecord]

  /// - Parameter run: A run that is played again knows the inputs up to its own.
  init(_ ledger: Ledger, before run: RunRecord? = nil) throws(LedgerFault) {
    inputs = try ledger.inputs().filter { input in run.map { input.run <= $0.id } ?? true }
    headers = try ledger.bookings()
    invoices = try ledger.invoices()
    nextDelivery = try ledger.nextDelivery()
    findingRecords = try ledger.findings()
    findings = Dictionary(uniqueKeysWithValues: findingRecords.map { ($0.id, $0) })
    publications = Dictionary(
      uniqueKeysWithValues: try ledger.publications().map {
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

  func finding(_ id: Text) -> FindingRecord? { findings[id] }

  func publication(of period: BillingPeriod?) -> Publication? {
    publications[Text(period?.description ?? "")]
  }

  var allPublications: [Publication] {
    publications.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The hash of a file that lies in a mirrored inbox as it lay before.
  func hash(of name: Text, _ status: FileStatus) -> Text? {
    guard let file = mirrored[name], file.size == status.size,
      file.modified == status.modifiedNanoseconds, file.inode == status.inode
    else { return nil }
    return file.sha256
  }
}

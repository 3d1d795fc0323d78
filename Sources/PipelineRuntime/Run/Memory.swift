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

  /// The hash of a file that lies in a mirrored inbox as it lay before.
  func hash(of name: Text, _ status: FileStatus) -> Text? {
    guard let file = mirrored[name], file.size == status.size,
      file.modified == status.modifiedNanoseconds, file.inode == status.inode
    else { return nil }
    return file.sha256
  }
}

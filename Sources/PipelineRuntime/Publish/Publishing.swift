import BillingLedger
import BillingModel
import ByteStreaming
import ExactNumbers
import Reporting

/// What a night publishes: versions that were sealed, and what the ledger will say of their findings.
struct Publications {
  struct Entry {
    var period: Text
    var version: Int
    var findings: [ReportedFinding]
  }

  /// The periods that have a new version.
  var published: [Entry] = []
  /// For the ledger.
  var records: [Publication] = []
  var findings: [FindingRecord] = []
  /// How findings were shown that are shown otherwise now.
  var pastFaces: [PastFace] = []
  /// The reports as they stand, published tonight or before.
  var reports: [PeriodReport] = []
}

/// Writes a new version of each period whose documents would differ from the last one.
struct Publishing {
  private let plan: RunPlan
  private let memory: Memory
  private let publisher: Publisher
  private let options: ReportOptions

  init(_ plan: RunPlan, _ memory: Memory) {
    self.plan = plan
    self.memory = memory
    publisher = Publisher(home: plan.home)
    options = ReportOptions(
      language: plan.definition.language,
      byteOrderMark: plan.definition.report.byteOrderMark)
  }

  func publish(_ reports: [PeriodReport]) throws(Stop) -> Publications {
    var publications = Publications()
    for report in reports { try publish(report, into: &publications) }
    return publications
  }

  private func publish(
    _ report: PeriodReport, into publications: inout Publications
  ) throws(Stop) {
    let last = memory.publication(of: report.billingPeriod)
    if last == nil, report.isEmpty { return }
    let changes = FindingChanges(report, last: last, memory: memory)
    let unchanged = changes.listing(before: last)
    if let last, last.documentsHash == (try fingerprint(unchanged)) {
      publications.reports.append(unchanged)
      return
    }
    let report = changes.listing(before: nil)
    let hash = try fingerprint(report)
    let version = plan.numbering.number(
      of: hash, in: report.billingPeriod, after: last?.version ?? 0)
    try seal(report, version: version)
    publications.published.append(
      Publications.Entry(
        period: report.name, version: version, findings: report.findings))
    publications.records.append(
      Publication(
        billingPeriod: report.billingPeriod, version: version,
        documentsHash: hash,
        reported: Dictionary(
          uniqueKeysWithValues: report.findings.map { ($0.id, $0.status) })))
    publications.findings += changes.records(in: options.language)
    publications.pastFaces += changes.pastFaces
    publications.reports.append(report)
  }

  /// The hash of the documents but for the date of the run: a date alone is no reason for a new version.
  private func fingerprint(_ report: PeriodReport) throws(Stop) -> Text {
    var undated = report
    undated.asOf = Day(number: 0)
    return ContentHash.of(try documents(undated).map { ContentHash.of($0.bytes) })
  }

  private func documents(_ report: PeriodReport) throws(Stop) -> [Document] {
    try Stop.catching("documents of \(report.name)") { () throws(AmountOverflow) in
      try DocumentCatalog.documents(report, options: options)
    }
  }

  private func seal(_ report: PeriodReport, version: Int) throws(Stop) {
    let documents = try documents(report)
    let manifest = DocumentManifest.bytes(
      documents.map { (document: $0, sha256: ContentHash.of($0.bytes)) })
    let files =
      documents.map { (name: $0.name, bytes: $0.bytes) }
      + [(name: DocumentManifest.name, bytes: manifest)]
    try Stop.onFiles { () throws(FileError) in
      try publisher.seal(files, period: report.name, version: version)
    }
  }
}

extension PeriodReport {
  /// The folder in `out/`.
  var name: Text { Text(billingPeriod?.description ?? "unassigned") }

  /// True where there is nothing to say.
  var isEmpty: Bool {
    billingPeriod == nil && inputs.isEmpty && rejects.isEmpty && findings.isEmpty
  }
}

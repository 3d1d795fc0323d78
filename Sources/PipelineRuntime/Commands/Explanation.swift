import BillingLedger
import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting

/// What `counterfoil explain` prints: a finding, and the records that it rests on.
package enum Explanation {
  package static func of(_ id: String, home name: String?) throws(Stop) -> String {
    let home = Home(named: name)
    try home.requireLedger()
    let (records, inputs, versions, decisions, disputes) = try Stop.onLedger {
      () throws(LedgerFault) in
      let ledger = try Ledger(path: home.ledger.description)
      return (
        try ledger.findings(), try ledger.inputs(), try ledger.bookings(), try ledger.decisions(),
        try ledger.disputes()
      )
    }
    guard let record = records.first(where: { $0.id.string == id }),
      let reported = record.lastReported
    else {
      // There may be thousands: only the nearest one helps.
      let nearest = NearestWord.to(id, among: records.map(\.id.string))
      throw .usage(
        "there is no finding \(id)"
          + (nearest.map { " (did you mean \"\($0)\"?)" } ?? "; anomalies.csv lists them"))
    }
    var lines = describe(reported, record.language)
    lines += decisions.filter { $0.findingID.string == id }.map { describe($0, inputs) }
    lines += disputes.filter { $0.findingID.string == id }.map(describe)
    var evidence = reported.finding.evidence
    let found = try search(reported.finding, inputs, versions, home)
    if evidence.isEmpty { evidence = found.places }
    let exports = inputs.filter { ExportFormat(rawValue: $0.kind.string) != nil }.map(\.sha256)
    lines.append(
      count(
        reported.finding, evidence, found,
        areRecords: evidence.contains { exports.contains($0.file) }))
    let places = Dictionary(grouping: evidence, by: \.file)
    for (sha256, evidence) in places.sorted(by: { $0.key < $1.key }) {
      guard let input = inputs.first(where: { $0.sha256 == sha256 }) else { continue }
      lines += ["", "\(input.name) (sha256 \(sha256))"]
      lines += try recordLines(of: input, Set(evidence.map(\.record)), home)
    }
    return lines.joined(separator: "\n")
  }

  /// How many line items there are, how many of them are shown, and what all of them cost.
  ///
  /// - Parameter areRecords: Whether the evidence lies in exports; else it is documents.
  private static func count(
    _ finding: Finding, _ evidence: [Place], _ found: RecordSearch.Found, areRecords: Bool
  ) -> String {
    if finding.lineCount == 0 { return "no line item" }
    let count = "\(finding.lineCount) line item\(finding.lineCount == 1 ? "" : "s")"
    if found.rows > 0 {
      let now = found.rows == finding.lineCount ? "" : " (now there are \(found.rows))"
      return "\(count)\(now), \(evidence.count) of them shown; unblended cost of all "
        + "\(finding.key.currency) \(found.cost)"
    }
    if !evidence.isEmpty {
      return areRecords ? "\(count), \(evidence.count) of them shown" : count
    }
    return finding.selection == nil
      ? "\(count); no columns tell which: look for the tag in the export"
      : "\(count); none of them is in the booked version any more"
  }

  /// Rules over sums keep no rows: the files of the booked versions are searched.
  private static func search(
    _ finding: Finding, _ inputs: [KnownInput], _ versions: [BookingHeader], _ home: Home
  ) throws(Stop) -> RecordSearch.Found {
    let search = RecordSearch(
      finding, named: finding.key.rule.text, limit: SuspectGroup.evidenceLimit)
    guard !search.screens.isEmpty else { return RecordSearch.Found() }
    let hashes = versions.filter {
      $0.role == .booked && $0.billingAccountID == finding.key.billingAccountID
        && search.periods.contains($0.billingPeriod)
    }.flatMap(\.files)
    var seen: Set<Text> = []
    let exports = inputs.filter {
      ExportFormat(rawValue: $0.kind.string) != nil && hashes.contains($0.sha256)
        && seen.insert($0.sha256).inserted
    }
    let files = try Stop.onFiles { () throws(FileError) in
      var files: [(path: Path, file: ExportFile)] = []
      for input in exports {
        files.append(
          (try home.file(of: input), ExportFile(name: input.name, sha256: input.sha256)))
      }
      return files
    }
    let groups: [SuspectGroup]
    do throws(ExportFault) {
      groups = try RecordSearch.groups(search.screens, in: files)
    } catch {
      throw .inputOutput(error.message.string)
    }
    return try Stop.catching(finding.key.rule.description) { () throws(AmountOverflow) in
      try search.found(in: groups)
    }
  }

  private static func describe(_ decision: ReviewDecision, _ inputs: [KnownInput]) -> String {
    let file = inputs.first { $0.sha256 == decision.sha256 }?.name ?? decision.sha256
    return [
      "reviewed \(decision.on): \(decision.status.rawValue)"
        + (decision.reviewer.isEmpty ? "" : " by \(decision.reviewer)")
        + " at \(decision.key.currency) \(decision.amount)",
      decision.until.map { "until \($0)" }, decision.owner.map { "owner \($0)" },
      decision.note.isEmpty ? nil : "\(decision.note)", "in \(file)",
    ].compactMap { $0 }.joined(separator: "; ")
  }

  private static func describe(_ dispute: Dispute) -> String {
    let currency = dispute.key.currency
    return [
      "dispute \(dispute.status.rawValue): claimed \(currency) \(dispute.claimed)",
      "recovered \(dispute.recovered)", "left \(dispute.left)",
      dispute.credits.isEmpty
        ? nil : "by " + dispute.credits.map(\.string).joined(separator: ", "),
      dispute.possibleCredits.isEmpty
        ? nil
        : "not counted, since they fit otherwise too: "
          + dispute.possibleCredits.map(\.string).joined(separator: ", "),
      dispute.status == .corrected
        ? nil
        : "letters and evidence in out/\(dispute.key.billingPeriod)/disputes/\(dispute.findingID)/",
    ].compactMap { $0 }.joined(separator: "; ")
  }

  private static func describe(_ reported: ReportedFinding, _ language: Language) -> [String] {
    let finding = reported.finding
    let key = finding.key
    let where_ = [
      ("payer", key.billingAccountID), ("account", key.subAccountID),
      ("service", key.serviceName), ("usage type", key.usageType), ("operation", key.operation),
      ("resource", key.resourceID), ("invoice", key.invoiceID), ("detail", key.detail),
    ].filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    let owner = reported.attribution[.owner]
    return [
      "\(reported.id)  \(key.rule)  \(reported.severity.rawValue)  \(reported.status.rawValue)",
      "\(key.billingPeriod), \(where_)",
      reported.explanation.text(in: language).string,
      finding.recommendation.text(in: language).string,
      "at stake \(key.currency) \(finding.amountAtStake), impact \(finding.impact)",
      "actual: \(finding.actual)", "expected: \(finding.expected)",
      "owner: \(owner.value.isEmpty ? "unknown" : owner.value.string) (\(owner.tier.rawValue))",
    ] + words(reported.causedByID, reported.isClaimed ? reported.reasonForNoClaim : nil)
  }

  private static func words(_ cause: Text, _ reason: String?) -> [String] {
    (cause.isEmpty ? [] : ["caused by: \(cause), which counts this money"])
      + (reason.map { ["nothing is claimed: \($0)"] } ?? [])
  }

  /// The filled columns of each record, or the whole document where the file is no export.
  private static func recordLines(
    of input: KnownInput, _ wanted: Set<Int>, _ home: Home
  ) throws(Stop) -> [String] {
    let path = try Stop.onFiles { () throws(FileError) in try home.file(of: input) }
    guard ExportFormat(rawValue: input.kind.string) != nil else {
      return ["  document \(wanted.sorted().map { String($0) }.joined(separator: ", ")) of \(path)"]
    }
    let found: ExportRecords
    do throws(ExportFault) {
      var source = try ByteSource(export: path, name: input.name)
      found = try ExportRecords(
        &source, ExportFile(name: input.name, sha256: input.sha256), records: wanted)
    } catch {
      throw .inputOutput(error.message.string)
    }
    return found.records.sorted { $0.key < $1.key }.flatMap { number, fields in
      ["  record \(number)"]
        + zip(found.header, fields).filter { !$0.1.isEmpty }.map { "    \($0.0) = \($0.1)" }
    }
  }
}

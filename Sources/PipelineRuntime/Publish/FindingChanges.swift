import BillingLedger
import BillingModel

/// How the findings of a period changed since its last version.
///
/// A version lists what is open, and once more what was resolved or dismissed since the one before.
struct FindingChanges {
  private let report: PeriodReport
  /// Findings of the period that nothing shows any more, with the words they were last shown with.
  private let gone: [ReportedFinding]
  private let last: Publication?
  /// How each finding was reported before.
  private let before: [Text: ReportedFinding]

  init(_ report: PeriodReport, last: Publication?, memory: Memory) {
    self.report = report
    self.last = last
    let shown = Set(report.findings.map(\.id))
    let known = memory.findings(of: report.billingPeriod)
    before = Dictionary(
      uniqueKeysWithValues: known.compactMap { record in
        record.lastReported.map { (record.id, $0) }
      })
    gone = known.filter {
      !shown.contains($0.id) && last?.reported[$0.id] != nil
    }
    .compactMap { record in
      var finding = record.lastReported
      finding?.status = .resolved
      return finding
    }
  }

  /// The report with its closing findings: those that the given version lists too (so that nothing
  /// differs while nothing happens), or, for a new version, those that closed since the last one.
  func listing(before version: Publication?) -> PeriodReport {
    var result = report
    result.findings = (report.findings + gone).filter { finding in
      switch finding.status {
      case .resolved, .dismissed:
        if let version { return version.reported[finding.id] == finding.status }
        return last?.reported[finding.id].map { $0 != finding.status } ?? false
      default: return true
      }
    }
    .sorted(by: ReportedFinding.precedes)
    return result
  }

  /// How findings stood before whose cells of the review, or whose decision, are shown otherwise now.
  var pastFaces: [PastFace] {
    (report.findings + gone).compactMap { reported in
      guard let before = before[reported.id] else { return nil }
      let (old, new) = (ShownFinding.Face(before), ShownFinding.Face(reported))
      // While nobody has decided, other words alone leave nothing to overwrite.
      let isDecided = !before.reviewer.isEmpty || before.status != .open
      guard old.cells != new.cells || (isDecided && old != new) else { return nil }
      return PastFace(findingID: reported.id, cells: old.cells, explanations: old.explanations)
    }
  }

  /// What the ledger keeps of each finding.
  ///
  /// - Parameter language: That of the documents.
  func records(in language: Language) -> [FindingRecord] {
    (report.findings + gone).map { reported in
      var record = FindingRecord(
        id: reported.id, key: reported.finding.key, firstSeen: reported.firstSeen,
        lastSeen: reported.lastSeen, status: reported.status,
        amountAtStake: reported.finding.amountAtStake)
      record.reviewer = reported.reviewer
      record.reviewUntil = reported.reviewUntil
      record.reviewNote = reported.reviewNote
      record.lastReported = reported
      record.language = language
      return record
    }
  }
}

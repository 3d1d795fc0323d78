import BillingLedger
import BillingModel
import ExactNumbers
import Normalizing

/// Turns what rules found into what documents show: names, severities, owners, dates, decisions.
struct FindingDesk {
  private let detect: Definition.Detect
  private let records: [Text: FindingRecord]
  private let ownership: Ownership
  private let asOf: RunDay
  private let accounts: AccountDirectory
  private var versionDays: [Text: Day] = [:]
  private var accountNames: [Text: Text] = [:]

  init(facts: PeriodFacts, detect: Definition.Detect, memory: Memory, ownership: Ownership) {
    self.detect = detect
    records = Dictionary(
      uniqueKeysWithValues: memory.findings(of: facts.billingPeriod).map { ($0.id, $0) })
    self.ownership = ownership
    asOf = facts.asOf
    accounts = facts.accounts
    for booking in facts.bookings {
      versionDays[booking.billingAccountID] = booking.versionDay
      for charge in booking.contents.charges where !charge.key.subAccountName.isEmpty {
        // Of several names the first by bytes, whatever the order of the charges.
        let known = accountNames[charge.key.subAccountID]
        accountNames[charge.key.subAccountID] = min(
          known ?? charge.key.subAccountName, charge.key.subAccountName)
      }
    }
  }

  /// Findings, which the ledger records with the version that lists them first.
  func reported(_ findings: [Finding]) throws(AmountOverflow) -> [ReportedFinding] {
    try reported(findings) { asOf.dayToRecord }
  }

  /// Candidates, which nobody records.
  func reportedCandidates(_ findings: [Finding]) throws(AmountOverflow) -> [ReportedFinding] {
    try reported(findings) { asOf.day }
  }

  private func reported(
    _ findings: [Finding], today: () -> Day
  ) throws(AmountOverflow) -> [ReportedFinding] {
    var result: [ReportedFinding] = []
    for finding in findings { result.append(try reported(finding, today: today)) }
    return result.sorted(by: ReportedFinding.precedes)
  }

  private func reported(
    _ finding: Finding, today: () -> Day
  ) throws(AmountOverflow) -> ReportedFinding {
    let id = FindingID.of(finding.key)
    let record = records[id]
    // The day of the version that shows it; a finding about documents alone is seen when it is found.
    let seen = versionDays[finding.key.billingAccountID] ?? record?.lastSeen ?? today()
    var reported = ReportedFinding(
      id: id, finding: finding, severity: try detect.severity(of: finding),
      status: status(of: finding, record), subAccountName: accountName(finding.key.subAccountID),
      attribution: ownership.attribution(of: finding.key, tagSets: finding.tagSets),
      causedByID: finding.causedBy.map(FindingID.of) ?? "",
      firstSeen: record.map { min($0.firstSeen, seen) } ?? seen, lastSeen: seen)
    reported.reviewer = record?.reviewer ?? ""
    reported.reviewUntil = record?.reviewUntil
    reported.reviewNote = record?.reviewNote ?? ""
    return reported
  }

  /// A decision stays while the amount it was made about stays; what was resolved and is back is open.
  private func status(of finding: Finding, _ record: FindingRecord?) -> FindingStatus {
    guard let record, record.status != .resolved else { return .open }
    if let decided = record.decidedAmount, decided != finding.amountAtStake { return .open }
    return record.status
  }

  private func accountName(_ id: Text) -> Text {
    if let name = accounts[id]?.name, !name.isEmpty { return name }
    return accountNames[id] ?? ""
  }
}

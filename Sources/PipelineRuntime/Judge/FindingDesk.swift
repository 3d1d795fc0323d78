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
  private let decisions: DecisionBook
  private let names: AccountNames
  private var versionDays: [Text: Day] = [:]

  init(
    facts: PeriodFacts, detect: Definition.Detect, memory: Memory, decisions: DecisionBook,
    ownership: Ownership, names: AccountNames
  ) {
    self.detect = detect
    self.decisions = decisions
    records = Dictionary(
      uniqueKeysWithValues: memory.findings(of: facts.billingPeriod).map { ($0.id, $0) })
    self.ownership = ownership
    asOf = facts.asOf
    self.names = names
    for booking in facts.bookings {
      versionDays[booking.billingAccountID] = booking.versionDay
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
    let standing = try decisions.standing(of: id, finding, asOf: asOf)
    var reported = ReportedFinding(
      id: id, finding: finding, severity: try detect.severity(of: finding),
      status: standing.status, subAccountName: names[finding.key.subAccountID],
      attribution: try ownership.attribution(of: finding.key, tagSets: finding.tagSets),
      causedByID: finding.causedBy.map(FindingID.of) ?? "",
      firstSeen: record.map { min($0.firstSeen, seen) } ?? seen, lastSeen: seen)
    reported.remark = standing.remark
    if let decision = standing.decision {
      reported.reviewer = decision.reviewer
      reported.reviewUntil = decision.until
      reported.reviewNote = decision.note
      // Whom a reviewer named owns that finding, and no other of its cause.
      if let owner = decision.owner, decision.findingID == id {
        reported.attribution[.owner] = AttributedValue(
          value: owner, tier: .review, rule: "", raw: "")
      }
    }
    return reported
  }
}

/// What accounts are called: as the account list says, else as exports do.
struct AccountNames {
  private(set) var names: [Text: Text] = [:]

  init(_ facts: PeriodFacts) {
    for booking in facts.bookings {
      for charge in booking.contents.charges where !charge.key.subAccountName.isEmpty {
        // Of several names the first by bytes, whatever the order of the charges.
        let known = names[charge.key.subAccountID]
        names[charge.key.subAccountID] = min(
          known ?? charge.key.subAccountName, charge.key.subAccountName)
      }
    }
    for account in facts.accounts.accounts.values where !account.name.isEmpty {
      names[account.id] = account.name
    }
  }

  subscript(id: Text) -> Text { names[id] ?? "" }
}

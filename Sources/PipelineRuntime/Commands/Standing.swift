import BillingLedger
import BillingModel
import ByteStreaming
import Reporting

/// What `counterfoil status` shows: the last runs, what is booked for each month, which are signed
/// off, and what is open.
package enum Standing {
  package static func of(home name: String?) throws(Stop) -> String {
    let home = Home(named: name)
    try home.requireLedger()
    return try Stop.onLedger { () throws(LedgerFault) in
      let ledger = try Ledger(path: home.ledger.description)
      return [
        "Last runs:", runs(try ledger.runs(limit: 10)), "Booked:",
        bookings(try ledger.bookings()), "Open findings:", findings(try ledger.findings()),
        "Reviewed:", decisions(try ledger.decisions(), try ledger.findings()),
        "Refused in reviews and not settled since:", refusals(try ledger.openReviewRefusals()),
        "Claimed back:", disputes(try ledger.disputes()),
        "Signed off:", signOffs(try ledger.signOffs().map(\.signOff)),
        "Open items, which roll forward until they are settled:",
        openItems(try ledger.openItems()),
      ].joined(separator: "\n")
    }
  }

  private static func runs(_ runs: [RunRecord]) -> String {
    var table = Table(columns: ["Started", "Outcome"])
    for run in runs { table.append([.text(Text(run.started.description)), .text(run.outcome)]) }
    return table.text
  }

  private static func bookings(_ headers: [BookingHeader]) -> String {
    var table = Table(columns: ["Period", "BillingAccountId", "Role", "Export", "Version"])
    let current = headers.filter { $0.role == .booked || $0.role == .shadow }
    for header in current.sorted(by: precedes) {
      table.append([
        .period(header.billingPeriod), .text(header.billingAccountID),
        .text(Text(header.role.rawValue)), .text(header.exportName),
        .text(Text(header.versionDay.description)),
      ])
    }
    return table.text
  }

  private static func precedes(_ a: BookingHeader, _ b: BookingHeader) -> Bool {
    (a.billingPeriod, a.billingAccountID, a.exportName)
      < (b.billingPeriod, b.billingAccountID, b.exportName)
  }

  private static func signOffs(_ signOffs: [SignOff]) -> String {
    var table = Table(columns: ["Period", "On", "By", "Version", "Note"])
    for signOff in signOffs.sorted(by: { ($0.billingPeriod, $0.on) < ($1.billingPeriod, $1.on) }) {
      table.append([
        .period(signOff.billingPeriod), .day(signOff.on), .text(signOff.by),
        .count(signOff.version), .text(signOff.note),
      ])
    }
    return table.text
  }

  /// The newest decision about each finding.
  private static func decisions(
    _ decisions: [ReviewDecision], _ findings: [FindingRecord]
  ) -> String {
    // Why an error of the bill that somebody confirmed claims nothing back.
    let unclaimed = Dictionary(
      findings.compactMap(\.lastReported).filter(\.isClaimed).map { reported in
        (
          reported.id,
          reported.finding.kind == .errorCandidate ? reported.reasonForNoClaim ?? "" : ""
        )
      }, uniquingKeysWith: { first, _ in first })
    let newest = Dictionary(
      decisions.map { ($0.findingID, $0) }, uniquingKeysWith: { _, last in last })
    var table = Table(
      columns: [
        "Period", "FindingId", "Status", "On", "By", "Until", "Note", "Nothing is claimed",
      ])
    let sorted = newest.values.sorted {
      ($0.key.billingPeriod, $0.findingID) < ($1.key.billingPeriod, $1.findingID)
    }
    for decision in sorted {
      table.append([
        .period(decision.key.billingPeriod), .text(decision.findingID), .word(decision.status),
        .day(decision.on), .text(decision.reviewer), .day(decision.until), .text(decision.note),
        .text(Text(unclaimed[decision.findingID] ?? "")),
      ])
    }
    return table.text
  }

  private static func disputes(_ disputes: [Dispute]) -> String {
    var table = Table(
      columns: ["Period", "FindingId", "Status", "Currency", "Claimed", "Recovered", "Left"])
    for dispute in disputes {
      table.append([
        .period(dispute.key.billingPeriod), .text(dispute.findingID), .word(dispute.status),
        .currency(dispute.key.currency), .amount(dispute.claimed), .amount(dispute.recovered),
        .amount(dispute.left),
      ])
    }
    return table.text
  }

  /// The last of it; the documents list all that was ever refused.
  private static func refusals(_ refusals: [ReviewRefusal]) -> String {
    var table = Table(columns: ["On", "Place", "FindingId", "Code", "What to do"])
    for refusal in refusals.suffix(20) {
      table.append([
        .day(refusal.on),
        .text(Text("\(refusal.file) \(refusal.place)")), .text(refusal.findingID),
        .text(refusal.code), .text(refusal.message),
      ])
    }
    return table.text
  }

  private static func openItems(_ items: [OpenItem]) -> String {
    var table = Table(columns: ["Period", "Result", "Items", "Open since"])
    let groups = Dictionary(grouping: items) {
      [Text($0.billingPeriod.description), $0.result]
    }
    for (group, members) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      table.append([
        .text(group[0]), .text(group[1]), .count(members.count),
        .day(members.map(\.openSince).min()),
      ])
    }
    return table.text
  }

  private static func findings(_ records: [FindingRecord]) -> String {
    var table = Table(columns: ["Period", "Currency", "Findings"])
    let open = records.filter { $0.status == .open }
    let groups = Dictionary(grouping: open) {
      [Text($0.key.billingPeriod.description), $0.key.currency.text]
    }
    for (group, members) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      table.append([.text(group[0]), .text(group[1]), .count(members.count)])
    }
    return table.text
  }
}

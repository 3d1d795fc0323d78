package import BillingModel
import ExactNumbers

/// Which findings are about money that stands in the export and on no invoice, so that no credit can be
/// asked for it.
///
/// An invoice asks for less than its charges by exactly the finding's amount; or a change after the invoice
/// was final is within what the invoice lacks; or such a change is put down to the finding. Where two
/// findings of that amount stand beside each other, the invoice lacks one of them, and nothing tells which:
/// both stay claimed.
package struct UninvoicedMoney {
  private static let total: RuleID = "TotalOff"
  private static let change: RuleID = "ChangedAfterFinalisation"

  private let matches: [Match]
  package private(set) var keys: Set<FindingKey> = []
  /// Findings of one amount that an invoice lacks once.
  package private(set) var undecided: Set<FindingKey> = []

  package init(_ findings: [Finding], _ reconciliation: Reconciliation) {
    matches = reconciliation.matches.filter { $0.invoicedTotal != nil && $0.difference < .zero }
    undecided = undecided(among: findings)
    for finding in findings {
      if isLacking(finding), !undecided.contains(finding.key) { keys.insert(finding.key) }
      // What an invoice states too little is put down to its cause.
      if finding.key.rule == Self.total, finding.impact < .zero, let cause = finding.causedBy,
        !undecided.contains(cause)
      {
        keys.insert(cause)
      }
    }
    for finding in findings where finding.key.rule == Self.change && keys.contains(finding.key) {
      if let cause = finding.causedBy { keys.insert(cause) }
    }
  }

  /// Those that share what a match lacks with another that counts other money.
  private func undecided(among findings: [Finding]) -> Set<FindingKey> {
    let lacking = findings.filter {
      $0.kind == .errorCandidate && $0.key.rule != Self.change && isLacking($0)
    }
    let keys = Set(lacking.map(\.key))
    let own = lacking.filter { finding in finding.causedBy.map { !keys.contains($0) } ?? true }
    return matches.reduce(into: []) { undecided, match in
      let fitting = own.filter { isLacking($0, in: match) }
      if fitting.count > 1 { undecided.formUnion(fitting.map(\.key)) }
    }
  }

  private func isLacking(_ finding: Finding) -> Bool {
    finding.impact > .zero && finding.key.rule != Self.total
      && matches.contains { isLacking(finding, in: $0) }
  }

  private func isLacking(_ finding: Finding, in match: Match) -> Bool {
    guard match.billingAccountID == finding.key.billingAccountID,
      match.currency == finding.key.currency
    else { return false }
    let lacking = match.difference.magnitude
    let isNamed = match.invoiceIDs.contains(finding.key.invoiceID)
    if finding.key.rule == Self.change { return isNamed && finding.impact <= lacking }
    return finding.impact == lacking && (finding.key.invoiceID.isEmpty || isNamed)
  }
}

package import BillingModel
import ExactNumbers

/// Which findings are about money that stands in the export and on no invoice, so that no credit can be
/// asked for it.
///
/// An invoice asks for less than its charges by exactly the finding's amount; or a change after the invoice
/// was final is within what the invoice lacks; or such a change is put down to the finding.
package struct UninvoicedMoney {
  private static let total: RuleID = "TotalOff"
  private static let change: RuleID = "ChangedAfterFinalisation"

  private let matches: [Match]
  package private(set) var keys: Set<FindingKey> = []

  package init(_ findings: [Finding], _ reconciliation: Reconciliation) {
    matches = reconciliation.matches.filter { $0.invoicedTotal != nil && $0.difference < .zero }
    for finding in findings {
      if isLacking(finding) { keys.insert(finding.key) }
      // What an invoice states too little is put down to its cause.
      if finding.key.rule == Self.total, finding.impact < .zero, let cause = finding.causedBy {
        keys.insert(cause)
      }
    }
    for finding in findings where finding.key.rule == Self.change && keys.contains(finding.key) {
      if let cause = finding.causedBy { keys.insert(cause) }
    }
  }

  private func isLacking(_ finding: Finding) -> Bool {
    guard finding.impact > .zero, finding.key.rule != Self.total else { return false }
    return matches.contains { match in
      guard match.billingAccountID == finding.key.billingAccountID,
        match.currency == finding.key.currency
      else { return false }
      let lacking = match.difference.magnitude
      let isNamed = match.invoiceIDs.contains(finding.key.invoiceID)
      if finding.key.rule == Self.change { return isNamed && finding.impact <= lacking }
      return finding.impact == lacking && (finding.key.invoiceID.isEmpty || isNamed)
    }
  }
}

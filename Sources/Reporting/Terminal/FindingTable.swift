package import BillingModel
import ExactNumbers

/// The most expensive findings, for the end of a run on a terminal.
package enum FindingTable {
  /// The widest text column.
  private static let widest = 32

  /// The first `limit` findings of each currency (no order crosses currencies), by amount at stake.
  /// Findings whose money another one already counts, those that are resolved or dismissed, and those of
  /// data quality, which are about money and cost none, are left out. The dearest of several lists are those of the dearest of each.
  package static func dearest(
    _ findings: [ReportedFinding], limit: Int = 10
  ) -> [ReportedFinding] {
    let counted = findings.filter {
      $0.causedByID.isEmpty && $0.finding.amountAtStake.isPositive && $0.asksForReview
        && $0.finding.kind != .dataQuality
    }
    let byCurrency = Dictionary(grouping: counted, by: \.finding.key.currency)
    return byCurrency.sorted { $0.key < $1.key }.flatMap { _, group in
      group.sorted(by: isDearer).prefix(limit)
    }
  }

  /// A table of them; empty if there are none.
  package static func text(_ findings: [ReportedFinding], limit: Int = 10) -> String {
    let dearest = dearest(findings, limit: limit)
    guard !dearest.isEmpty else { return "" }
    var table = Table(
      columns: [
        "AmountAtStake", "Currency", "Severity", "Rule", "Period", "Account", "Service", "Owner",
        "FindingId",
      ], widest: widest)
    for reported in dearest { table.append(cells(reported)) }
    return table.text
  }

  private static func isDearer(_ a: ReportedFinding, _ b: ReportedFinding) -> Bool {
    if a.finding.amountAtStake != b.finding.amountAtStake {
      return a.finding.amountAtStake > b.finding.amountAtStake
    }
    return a.id < b.id
  }

  private static func cells(_ reported: ReportedFinding) -> [Cell] {
    let key = reported.finding.key
    let account = reported.subAccountName.isEmpty ? key.subAccountID : reported.subAccountName
    return [
      .amount(reported.finding.amountAtStake), .currency(key.currency), .word(reported.severity),
      .text(key.rule.text), .period(key.billingPeriod), .text(account), .text(key.serviceName),
      .text(reported.attribution[.owner].value), .text(reported.id),
    ]
  }
}

extension ReportedFinding {
  /// A version lists what closed since the one before once more; nothing is left to do about it.
  fileprivate var asksForReview: Bool { status != .resolved && status != .dismissed }
}

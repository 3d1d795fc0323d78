import BillingModel
import ExactNumbers

/// `reconciliation-items.csv`: invoiced beside charged at every level of a match.
enum ReconciliationItems: ReportOutput {
  /// An item beside the match that it belongs to.
  struct Row: Sendable {
    var match: Match
    var item: MatchItem
  }

  static let sheet = Sheet<Row>(
    name: "reconciliation-items.csv",
    columns: [
      Column("BillingPeriod") { .period($0.match.billingPeriod) },
      Column("MatchId") { .text($0.match.id) },
      Column("BillingCurrency") { .currency($0.match.currency) },
      Column("Level") { .word($0.item.level) },
      Column("Key") { .text($0.item.key) },
      Column("Invoiced") { .amount($0.item.invoiced) },
      Column("Charged") { .amount($0.item.charged) },
      Column("Difference") { .amount($0.item.difference) },
      Column("Reason") { .text($0.item.reason) },
    ],
    sum: .init(column: "Difference") { Money($0.item.difference, $0.match.currency) })

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    let rows = ReconciliationMatches.sorted(report.reconciliation).flatMap { match in
      match.items.sorted { ($0.level, $0.key) < ($1.level, $1.key) }
        .map { Row(match: match, item: $0) }
    }
    return try sheet.document(rows, options)
  }
}

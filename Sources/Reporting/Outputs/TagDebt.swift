import BillingModel
import ExactNumbers

/// `tag-debt.csv`: the few changes that would make most cost traceable, the most valuable first.
enum TagDebt: ReportOutput {
  static let sheet = Sheet<TagDebtRow>(
    name: "tag-debt.csv",
    columns: [
      Column("BillingCurrency") { .currency($0.currency) },
      Column("Kind") { .word($0.kind) },
      Column("Dimension") { .word($0.dimension) },
      Column("Found") { .text($0.found) },
      Column("Reason") { .text($0.reason) },
      Column("Put") { .text($0.put) },
      Column("Where") { .text($0.place) },
      Column("LineItems") { .count($0.gained.lineItems) },
      Column("Cost") { .amount($0.gained.gross) },
      Column("ShareGained") { .amount($0.shareGained) },
      Column("ShareAfter") { .amount($0.shareAfter) },
    ],
    sum: .init(column: "Cost") { Money($0.gained.gross, $0.currency) })

  /// In the order in which they were chosen, which is that of their gains.
  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(report.tagDebt, options)
  }
}

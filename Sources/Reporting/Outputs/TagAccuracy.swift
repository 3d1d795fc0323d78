import BillingModel
import ExactNumbers

/// `tag-accuracy.csv`: how often each inferring tier is right, where own tags tell.
enum TagAccuracy: ReportOutput {
  static let sheet = Sheet<AccuracyRow>(
    name: "tag-accuracy.csv",
    columns: [
      Column("Dimension") { .word($0.dimension) },
      Column("EvidenceTier") { .word($0.tier) },
      Column("BillingCurrency") { .currency($0.currency) },
      Column("KnownLineItems") { .count($0.known.lineItems) },
      Column("KnownCost") { .amount($0.known.gross) },
      Column("TestedLineItems") { .count($0.tested.lineItems) },
      Column("TestedCost") { .amount($0.tested.gross) },
      Column("RightLineItems") { .count($0.right.lineItems) },
      Column("RightCost") { .amount($0.right.gross) },
      Column("LineItemAccuracy") { .amount($0.lineItemAccuracy) },
      Column("CostAccuracy") { .amount($0.costAccuracy) },
      Column("LargestContradiction") { .text($0.contradiction) },
    ],
    sum: .init(column: "TestedCost") { Money($0.tested.gross, $0.currency) })

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(
      report.accuracy.sorted {
        ($0.dimension.rank, $0.tier, $0.currency) < ($1.dimension.rank, $1.tier, $1.currency)
      }, options)
  }
}

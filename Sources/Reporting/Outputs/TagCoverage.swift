import BillingModel
import ExactNumbers

/// `tag-coverage.csv`: how much of the bill each dimension can allocate, and how well it is known.
enum TagCoverage: ReportOutput {
  static let sheet = Sheet<CoverageRow>(
    name: "tag-coverage.csv",
    columns: [
      Column("Dimension") { .word($0.dimension) },
      Column("EvidenceTier") { .word($0.tier) },
      Column("BillingCurrency") { .currency($0.currency) },
      Column("LineItems") { .count($0.lineItems) },
      Column("BilledCost") { .amount($0.billedCost) },
      Column("LineItemShare") { .amount($0.lineItemShare) },
      Column("BilledCostShare") { .amount($0.costShare) },
    ],
    sum: .init(column: "BilledCost") { Money($0.billedCost, $0.currency) })

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(report.coverage.sorted(by: precedes), options)
  }

  /// The order of the dimensions is that of the columns of `anomalies.csv`; the strongest tier first.
  private static func precedes(_ a: CoverageRow, _ b: CoverageRow) -> Bool {
    (a.dimension.rank, a.tier, a.currency) < (b.dimension.rank, b.tier, b.currency)
  }
}

extension Dimension {
  /// Its place among the columns of `anomalies.csv`.
  var rank: Int { Dimension.allCases.firstIndex(of: self)! }
}

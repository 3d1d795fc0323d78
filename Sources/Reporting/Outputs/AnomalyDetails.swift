import BillingModel
import ExactNumbers

/// `anomaly-details.csv`: the figures behind each anomaly that `anomalies.csv` lists: what was expected and in
/// which band, what the day is compared with, where the cause lies, and what the rest of the month may cost.
enum AnomalyDetails: ReportOutput {
  struct Row {
    let reported: ReportedFinding
    let figures: AnomalyFigures
  }

  static let sheet = Sheet<Row>(
    name: "anomaly-details.csv", columns: event + comparison + cause,
    sum: .init(column: "AtRisk") { row in
      Money(row.figures.atRisk, row.reported.finding.key.currency)
    })

  private static let event: [Column<Row>] = [
    Column("FindingId") { .text($0.reported.id) },
    Column("BillingPeriod") { .period($0.reported.finding.key.billingPeriod) },
    Column("BillingCurrency") { .currency($0.reported.finding.key.currency) },
    Column("Shape") { .text($0.figures.shape) },
    Column("Onset") { .day($0.figures.onset) },
    Column("RaisedOn") { .day($0.figures.raised) },
    Column("LastDay") { .day($0.figures.lastDay) },
    Column("DaysSinceStart") { .count($0.figures.daysSinceStart) },
    Column("Score") { .amount($0.figures.score) },
    Column("Impact") { .amount($0.reported.finding.impact) },
    Column("AtRisk") { .amount($0.figures.atRisk) },
    Column("PriceEffect") { .amount($0.figures.priceEffect) },
    Column("QuantityEffect") { .amount($0.figures.quantityEffect) },
  ]

  private static let comparison: [Column<Row>] = [
    Column("PeakDay") { .day($0.figures.peakDay) },
    Column("PeakActual") { .amount($0.figures.actual) },
    Column("PeakExpected") { .amount($0.figures.expected) },
    Column("PeakLow") { .amount($0.figures.low) },
    Column("PeakHigh") { .amount($0.figures.high) },
    Column("DayBefore") { .amount($0.figures.yesterday) },
    Column("MeanOfSevenDays") { .amount($0.figures.meanOfSevenDays) },
    Column("MeanOfSameWeekdays") { .amount($0.figures.meanOfSameWeekdays) },
    Column("MeanOfSameMonthDays") { .amount($0.figures.meanOfSameMonthDays) },
  ]

  private static let cause: [Column<Row>] = [
    Column("CauseSubAccountId") { .text($0.figures.causeSubAccountID) },
    Column("CauseServiceName") { .text($0.figures.causeServiceName) },
    Column("CauseRegionId") { .text($0.figures.causeRegionID) },
    Column("CauseUsageType") { .text($0.figures.causeUsageType) },
    Column("CauseOwner") { .text($0.figures.causeOwner) },
    Column("OffsetBy") { .text($0.figures.offsetBy) },
  ]

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    let rows = report.findings.sorted(by: ReportedFinding.precedes).compactMap { reported in
      reported.finding.anomaly.map { Row(reported: reported, figures: $0) }
    }
    return try sheet.document(rows, options)
  }
}

import BillingModel
import ExactNumbers

/// `dismissed.csv`: what reviewers dismissed, and what a decision about the same cause keeps off
/// `anomalies.csv`. A row of it goes back in as a review, and may be opened again.
enum Dismissed: ReportOutput {
  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try FindingSheet.sheet(named: "dismissed.csv", in: options.language).document(
      report.dismissed.sorted(by: ReportedFinding.precedes), options)
  }
}

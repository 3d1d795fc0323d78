import BillingModel
import ExactNumbers

/// `anomaly-candidates.csv`: what a detector scored and left under its line, so that a threshold can
/// be chosen by looking. Confidence is the score.
enum AnomalyCandidates: ReportOutput {
  static let sheet = FindingSheet.sheet(named: "anomaly-candidates.csv")

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(report.candidates.sorted(by: ReportedFinding.precedes), options)
  }
}

import BillingModel
import ExactNumbers

/// `anomaly-candidates.csv`: what a detector scored and left under its line, so that a threshold can
/// be chosen by looking. Confidence is the score.
enum AnomalyCandidates: ReportOutput {
  static func sheet(in language: Language) -> Sheet<ReportedFinding> {
    FindingSheet.sheet(named: "anomaly-candidates.csv", in: language)
  }

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet(in: options.language).document(
      report.candidates.sorted(by: ReportedFinding.precedes), options)
  }
}

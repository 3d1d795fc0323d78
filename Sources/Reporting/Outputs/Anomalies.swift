import BillingModel
import ExactNumbers

/// `anomalies.csv`: what a reviewer should look at, worst first.
enum Anomalies: ReportOutput {
  static func sheet(in language: Language) -> Sheet<ReportedFinding> {
    FindingSheet.sheet(named: "anomalies.csv", in: language)
  }

  static func appearsWithoutPeriod(_ report: PeriodReport) -> Bool { !report.findings.isEmpty }

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet(in: options.language).document(
      report.findings.sorted(by: ReportedFinding.precedes), options)
  }
}

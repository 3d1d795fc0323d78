import BillingModel
import ExactNumbers

/// `anomalies.csv`: what a reviewer should look at, worst first.
enum Anomalies: ReportOutput {
  static let sheet = FindingSheet.sheet(named: "anomalies.csv")

  static func appearsWithoutPeriod(_ report: PeriodReport) -> Bool { !report.findings.isEmpty }

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(report.findings.sorted(by: ReportedFinding.precedes), options)
  }
}

import BillingModel
import Reporting
import TestSupport
import Testing

@Suite struct AnomalyDetailsTests {
  @Test func `a row for each anomaly, none for other findings`() throws {
    var anomaly = SampleReport.finding("F-aa", stake: "12.5")
    var figures = AnomalyFigures(
      shape: "slow leak", onset: Day("2026-04-05")!, raised: Day("2026-04-14")!,
      lastDay: Day("2026-04-20")!, daysSinceStart: 16, peakDay: Day("2026-04-20")!,
      actual: SampleReport.amount("40"), expected: SampleReport.amount("20"),
      low: SampleReport.amount("17"), high: SampleReport.amount("23.5"),
      score: SampleReport.amount("0.8"), atRisk: SampleReport.amount("200"))
    figures.yesterday = SampleReport.amount("39")
    figures.causeUsageType = "BoxUsage"
    figures.offsetBy = "=x"
    anomaly.finding.anomaly = figures
    var report = SampleReport.empty()
    report.findings = [SampleReport.finding("F-bb", stake: "99"), anomaly]
    let document = try SampleReport.document("anomaly-details.csv", report)
    let lines = String(decoding: document.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2)
    let row =
      "F-aa,2026-04,USD,slow leak,2026-04-05,2026-04-14,2026-04-20,16,0.80,12.50,200.00,,,"
      + "2026-04-20,40.00,20.00,17.00,23.50,39.00,,,,,,,BoxUsage,,'=x"
    #expect(lines.last.map { String($0) } == row)
    #expect(lines.first?.split(separator: ",").count == 28)
  }
}

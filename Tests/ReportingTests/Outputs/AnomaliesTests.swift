import BillingModel
import ExactNumbers
import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct AnomaliesTests {
  static let header =
    "FindingId,Status,Severity,Kind,Rule,BillingPeriod,BillingCurrency,AmountAtStake,Impact,Actual,"
    + "Expected,Explanation,Recommendation,InvoiceId,BillingAccountId,SubAccountId,SubAccountName,"
    + "ServiceName,RegionId,UsageType,ResourceId,ChargePeriodStart,ChargePeriodEnd,BusinessUnit,"
    + "Owner,Environment,Application,CostCenter,Criticality,OwnerEvidence,Confidence,LineCount,"
    + "Evidence,FirstSeen,LastSeen,CausedBy,Reviewer,ReviewUntil,ReviewNote\n"

  @Test func `every column of a finding stands in its place`() throws {
    var report = SampleReport.empty()
    report.findings = [SampleReport.fullFinding]
    let document = try SampleReport.document("anomalies.csv", report)
    #expect(
      utf8(document.bytes) == Self.header
        + "F-aa,open,high,ErrorCandidate,CostNotRateTimesUsage,2026-04,USD,12.50,-12.50,'-3.00,'=9,"
        + "\"He said \"\"no\"\", twice\",\"line 1\nline 2\",2100,100000000001,200000000001,'+prod,"
        + "Amazon EC2,us-east-1,BoxUsage,i-1,2026-04-01,2026-04-02,零售,'@anna,,,,high,"
        + "alias:owner-aliases,0.90,3,aaaaaaaaaaaa#1;bbbbbbbbbbbb#20,2026-05-01,2026-05-02,,An,"
        + "2026-12-31,'-ok\n")
  }

  /// All else says the same in each language, so that a reviewed file may come back in the other one.
  @Test(arguments: ["anomalies.csv", "anomaly-candidates.csv"] as [Text])
  func `only its words are in the language of the definition`(_ name: Text) throws {
    var report = SampleReport.empty()
    report.findings = [SampleReport.fullFinding]
    report.findings[0].remark = Words("Left open.", zh: "仍为待审。")
    report.candidates = report.findings
    func rows(_ language: Language) throws -> [[String: String]] {
      let options = ReportOptions(language: language)
      let document = try #require(
        try DocumentCatalog.documents(report, options: options).first { $0.name == name })
      return Sheet(Data(document.bytes)).rows
    }
    let (english, chinese) = (try rows(.english)[0], try rows(.chinese)[0])
    #expect(english["Explanation"] == "He said \"no\", twice Left open.")
    #expect(english["Recommendation"] == "line 1\nline 2")
    // A formula in any language is one.
    #expect(chinese["Explanation"] == "'=他说“不”仍为待审。")
    #expect(chinese["Recommendation"] == "第 1 行")
    let words: Set = ["Explanation", "Recommendation"]
    #expect(
      english.filter { !words.contains($0.key) } == chinese.filter { !words.contains($0.key) })
  }

  @Test func `an owner that nobody knows is said to be unknown`() throws {
    var report = SampleReport.empty()
    report.findings = [SampleReport.finding("F-aa", stake: "1", causedBy: "F-bb")]
    let document = try SampleReport.document("anomalies.csv", report)
    #expect(
      utf8(document.bytes) == Self.header
        + "F-aa,open,high,ErrorCandidate,CostNotRateTimesUsage,2026-04,USD,1.00,1.00,1.00,2.00,,,,"
        + "100000000001,200000000001,,Amazon EC2,,,,,,,,,,,,unknown,1.00,1,,2026-05-01,2026-05-02,"
        + "F-bb,,,\n")
  }

  @Test func `the worst and dearest come first, and caused money is not counted again`() throws {
    var report = SampleReport.empty()
    report.findings = [
      SampleReport.finding("F-1", stake: "5", severity: .low),
      SampleReport.finding("F-2", stake: "7"),
      SampleReport.finding("F-3", stake: "9", currency: "CNY"),
      SampleReport.finding("F-5", stake: "70", causedBy: "F-2"),
      SampleReport.finding("F-4", stake: "70"),
    ]
    let document = try SampleReport.document("anomalies.csv", report)
    let ids = utf8(document.bytes).split(separator: "\n").dropFirst().map { $0.prefix(3) }
    #expect(ids == ["F-3", "F-4", "F-5", "F-2", "F-1"])
    #expect(document.rows == 5)
    #expect(document.controlTotal?.column == "AmountAtStake")
    #expect(document.controlTotal?.amounts["USD"] == SampleReport.amount("82"))
    #expect(document.controlTotal?.amounts["CNY"] == SampleReport.amount("9"))
  }

  @Test func `candidates have a document of their own with the same columns`() throws {
    var report = SampleReport.empty()
    report.candidates = [SampleReport.finding("F-1", stake: "5")]
    let document = try SampleReport.document("anomaly-candidates.csv", report)
    #expect(utf8(document.bytes).hasPrefix(Self.header + "F-1,"))
    #expect(utf8(try SampleReport.document("anomalies.csv", report).bytes) == Self.header)
  }
}

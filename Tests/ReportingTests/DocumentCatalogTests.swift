import BillingModel
import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite struct DocumentCatalogTests {
  private func names(_ report: PeriodReport) throws -> [Text] {
    try DocumentCatalog.documents(report, options: ReportOptions()).map(\.name)
  }

  @Test func `a period without anything has every document, with its header`() throws {
    let documents = try DocumentCatalog.documents(
      SampleReport.empty(), options: ReportOptions(byteOrderMark: false))
    #expect(
      documents.map(\.name) == [
        "anomalies.csv", "dismissed.csv", "anomaly-details.csv", "anomaly-candidates.csv",
        "reconciliation.csv",
        "reconciliation-items.csv", "open-items.csv", "disputes.csv", "expected-invoices.csv",
        "restatement.csv", "tag-coverage.csv", "tag-accuracy.csv", "tag-debt.csv", "rejects.csv",
        "run-summary.json",
      ])
    for document in documents.dropLast() {
      #expect(document.rows == 0)
      #expect(document.bytes.count { $0 == UInt8(ascii: "\n") } == 1)
    }
  }

  @Test func `what has no period leaves out what speaks of one`() throws {
    var report = SampleReport.empty(nil)
    #expect(try names(report) == ["rejects.csv", "run-summary.json"])
    report.findings = [SampleReport.finding("F-1", stake: "1")]
    #expect(try names(report) == ["anomalies.csv", "rejects.csv", "run-summary.json"])
  }

  @Test func `tables begin with the mark, JSON never does`() throws {
    let documents = try DocumentCatalog.documents(SampleReport.empty(), options: ReportOptions())
    for document in documents {
      let isTable = document.name.string.hasSuffix(".csv")
      #expect(document.bytes.starts(with: [0xEF, 0xBB, 0xBF]) == isTable)
    }
  }

  @Test func `the order in which things are found does not change a byte`() throws {
    var report = SampleReport.empty()
    report.findings = (1...9).map { SampleReport.finding(Text("F-\($0)"), stake: "\($0 % 3)") }
    report.candidates = report.findings
    report.reconciliation = Reconciliation(billingPeriod: SampleReport.period)
    report.reconciliation?.matches = (1...9).map { SampleReport.match(Text("M-\($0)")) }
    var turned = report
    turned.findings.reverse()
    turned.candidates.reverse()
    turned.reconciliation?.matches.reverse()
    let options = ReportOptions()
    #expect(
      try DocumentCatalog.documents(report, options: options)
        == DocumentCatalog.documents(turned, options: options))
  }

  @Test func `every file of the outputs folder is in the catalog`() throws {
    let folder = repositoryRoot().appendingPathComponent("Sources/Reporting/Outputs")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }
    #expect(files.sorted() == DocumentCatalog.outputs.map { "\($0)" }.sorted())
  }
}

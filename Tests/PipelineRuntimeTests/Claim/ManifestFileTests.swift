import BillingModel
import ByteStreaming
import Testing

@testable import PipelineRuntime

@Suite struct ManifestFileTests {
  private func read(_ text: String, name: Text = "x-Manifest.json") throws -> Manifest {
    try ManifestFile.read(try JSONValue(parsing: Array(text.utf8)), name: name)
  }

  private func fault(_ text: String) throws -> String {
    do {
      _ = try read(text)
      return "none"
    } catch let fault as ManifestFault {
      return fault.description
    }
  }

  @Test func `a legacy manifest states its period, and its columns by category and name`() throws {
    let manifest = try read(
      """
      {"assemblyId": "a-1", "reportName": "daily", "compression": "GZIP", "contentType": "text/csv",
       "billingPeriod": {"start": "20191201T000000.000Z", "end": "20200101T000000.000Z"},
       "columns": [{"category": "identity", "name": "LineItemId", "type": "String"}],
       "reportKeys": ["p/daily/20191201-20200101/a-1/daily-1.csv.gz"]}
      """)
    #expect(manifest.shape == .legacy)
    #expect(manifest.exportName == "daily")
    #expect(manifest.identity == "a-1")
    #expect(manifest.billingPeriod == BillingPeriod("2019-12"))
    #expect(manifest.columns == ["identity/LineItemId"])
    #expect(manifest.keys == ["p/daily/20191201-20200101/a-1/daily-1.csv.gz"])
  }

  @Test func `a legacy manifest may say ZIP as well as GZIP`() throws {
    let manifest = try read(
      """
      {"assemblyId": "a-1", "reportName": "daily", "compression": "ZIP", "contentType": "text/csv",
       "billingPeriod": {"start": "20191201T000000.000Z", "end": "20200101T000000.000Z"},
       "reportKeys": ["p/daily/20191201-20200101/a-1/daily-1.csv.zip"]}
      """)
    #expect(manifest.keys == ["p/daily/20191201-20200101/a-1/daily-1.csv.zip"])
  }

  @Test func `a Data Exports manifest takes its name from its file`() throws {
    let manifest = try read(
      """
      {"executionId": "e-1", "exportArn": "arn:aws:bcm-data-exports:us-east-1:1:export/cur2-9",
       "columns": [{"name": "bill_bill_type", "type": "string"}],
       "dataFiles": ["s3://bucket/p/cur2/data/BILLING_PERIOD=2026-04/cur2-00001.csv.gz"]}
      """, name: "cur2/metadata/BILLING_PERIOD=2026-04/cur2-Manifest.json")
    #expect(manifest.shape == .dataExports)
    #expect(manifest.exportName == "cur2")
    #expect(manifest.billingPeriod == nil)
    #expect(manifest.columns == ["bill_bill_type"])
  }

  @Test func `what a manifest lacks is named`() throws {
    #expect(
      try fault(#"{"reportKeys": ["a"], "contentType": "application/parquet"}"#)
        == "the report's content type is application/parquet: choose text/csv with GZIP")
    #expect(
      try fault(#"{"reportKeys": ["a"]}"#) == "billingPeriod.start is missing or no timestamp")
    #expect(try fault(#"{"dataFiles": ["a"]}"#) == "executionId is missing")
    #expect(try fault(#"{"executionId": "e", "dataFiles": []}"#) == "dataFiles names no file")
    #expect(try fault(#"{"executionId": "e", "dataFiles": [1]}"#) == "dataFiles[0] is not a text")
  }
}

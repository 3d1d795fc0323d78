import BillingModel
import ByteStreaming
import Ingesting
import Testing

@Suite struct SummaryTests {
  private func summary(
    _ rows: [[String: String]], by columns: [Text]
  ) throws -> [SummaryRow] {
    let summary = ExportSummary(by: columns)
    var worker = summary.makeWorker()
    var source = try ByteSource(ExportSample.legacy(rows))
    try worker.read(&source, ExportFile(name: "a.csv", sha256: "a"))
    return try summary.merge([worker]).rows.list
  }

  @Test func `sums by names of the model, of the file, by day and month`() throws {
    let rows = try summary(
      [[:], ["lineItem/UsageStartDate": "2026-05-02T05:00:00Z", "lineItem/UnblendedCost": "-1"]],
      by: ["Month", "Day", "SubAccountId", "product/ProductName"])
    #expect(
      rows.map(\.keys) == [
        ["2026-05", "2026-05-01", "200000000001", "Amazon Elastic Compute Cloud"],
        ["2026-05", "2026-05-02", "200000000001", "Amazon Elastic Compute Cloud"],
      ])
    #expect(rows.map(\.billedCost) == [amount("2.4"), amount("-1")])
    #expect(rows.map(\.consumedQuantity) == [amount("24"), amount("24")])
  }

  @Test func `a day before 1970 is a day, and what is no date is none`() throws {
    let rows = try summary(
      ["1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z", "soon"].map {
        ["lineItem/UsageStartDate": $0]
      }, by: ["Day"])
    #expect(rows.map(\.keys) == [[""], ["1969-12-31"], ["1970-01-01"]])
  }

  @Test func `a quantity is empty where units differ, currencies are rows of their own`() throws {
    let rows = try summary(
      [[:], ["pricing/unit": "GB"], ["lineItem/CurrencyCode": "CNY"]], by: ["UsageType"])
    #expect(rows.map(\.currency) == ["CNY", "USD"])
    #expect(rows.map(\.consumedQuantity) == [amount("24"), nil])
    #expect(rows.map(\.lineItems) == [1, 2])
  }

  @Test func `BilledCost is decided for the invoice, not for the row of the summary`() throws {
    let rows = try summary(
      [
        ["lineItem/NetUnblendedCost": "2"], ["lineItem/NetUnblendedCost": "1"],
        ["bill/InvoiceId": "INV2", "lineItem/NetUnblendedCost": "1"], ["bill/InvoiceId": "INV2"],
        ["bill/InvoiceId": "INV3", "lineItem/NetUnblendedCost": "1"],
        ["bill/InvoiceId": "INV3", "lineItem/LineItemType": "EdpDiscount"],
      ], by: ["InvoiceId"])
    #expect(rows.map(\.billedCost) == [amount("3"), amount("3.4"), amount("4.8")])
  }

  @Test func `an unknown column is an error with the nearest name`() throws {
    let fault = #expect(throws: ExportFault.self) { try summary([[:]], by: ["UsageTipe"]) }
    #expect(fault?.message == "a.csv: there is no column UsageTipe; did you mean UsageType?")
  }

  @Test func `records come by number, with the header`() throws {
    let bytes = ExportSample.legacy((1...5).map { ["identity/LineItemId": "id\($0)"] })
    var source = try ByteSource(bytes)
    let found = try ExportRecords(
      &source, ExportFile(name: "a.csv", sha256: "a"), records: [2, 4, 99])
    #expect(found.header.first == "identity/LineItemId")
    #expect(found.records.mapValues { $0[0] } == [2: "id2", 4: "id4"])
  }
}

import BillingModel
import ByteStreaming
import Ingesting
import Testing

@Suite struct HeaderTests {
  private func format(_ header: String) -> ExportFormat? {
    ExportHeader.format(ofHead: Array(header.utf8))
  }

  private func fault(_ bytes: [UInt8], name: Text = "a.csv") throws -> ExportFault? {
    do {
      _ = try contents(of: [SampleFile(name, bytes)])
      return nil
    } catch let fault as ExportFault {
      return fault
    }
  }

  @Test func `a format is told by the header alone`() {
    #expect(
      format("identity/LineItemId,lineItem/UnblendedCost,lineItem/LineItemType,lineItem/X\n")
        == .legacy)
    #expect(
      format("line_item_unblended_cost,line_item_line_item_type,line_item_usage_type") == .cur2)
    #expect(format("\u{FEFF}\"BilledCost\",\"ChargeCategory\",\"BillingCurrency\"\r\n") == .focus10)
    #expect(format("BilledCost,ChargeCategory,BillingCurrency,InvoiceId\n1,2,3,4") == .focus12)
    #expect(format("a,b,c\n") == nil)
    #expect(format("") == nil)
  }

  @Test func `a header cut by the end of the head is enough`() {
    #expect(format("bill/InvoiceId,lineItem/A,lineItem/B,lineItem/C,line") == .legacy)
  }

  @Test func `UTF-16 is told as an export and refused by name`() throws {
    let text = String(decoding: ExportSample.legacy([[:]]), as: UTF8.self)
    let bytes: [UInt8] =
      [0xFF, 0xFE]
      + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] }
    #expect(ExportHeader.format(ofHead: bytes) == .legacy)
    #expect(try fault(bytes)?.code == "UTF16Text")
  }

  @Test func `a missing column is named, with the nearest name and what to do`() throws {
    let header = ExportSample.legacyHeader.map {
      $0 == "lineItem/UnblendedCost" ? "lineItem/UnblendedCosts" : $0
    }
    let found = try #require(try fault(ExportSample.csv(header, [ExportSample.row()])))
    #expect(found.code == "MissingColumn" && found.column == "lineItem/UnblendedCost")
    #expect(
      found.message == """
        a.csv: the column lineItem/UnblendedCost is missing (the nearest is lineItem/UnblendedCosts): \
        add it to the columns of the export and deliver it again
        """)
  }

  @Test func `a column that stands twice is an error`() throws {
    let header = ExportSample.legacyHeader + ["bill/InvoiceId"]
    let found = try fault(ExportSample.csv(header, [ExportSample.row() + ["x"]]))
    #expect(found?.code == "DuplicateColumn" && found?.column == "bill/InvoiceId")
  }

  @Test func `no CSV export at all is refused by its header`() throws {
    #expect(try fault(Array("a,b\n1,2\n".utf8))?.code == "UnknownHeader")
    #expect(try fault(Array("\n\n".utf8))?.code == "UnreadableHeader")
  }

  @Test func `columns bind by name: any order, further columns, other case`() throws {
    let order = ExportSample.legacyHeader.reversed().map { name in
      name == "bill/InvoiceId" ? "bill/invoiceId" : name
    }
    let bytes = ExportSample.csv(["new/Column"] + order, [["?"] + ExportSample.row().reversed()])
    let contents = try contents(of: [SampleFile("a.csv", bytes)])
    #expect(contents.charges == (try plain()).charges)
    #expect(contents.charges.first?.key.invoiceID == "INV1")
  }

  private func plain() throws -> ExportContents { try contents(of: [[:]]) }

  @Test func `a header without rows is a file of no rows`() throws {
    let contents = try contents(of: [SampleFile("a.csv", ExportSample.legacy([]))])
    #expect(contents.files.first?.read.rows == 0 && contents.charges.isEmpty)
  }

  @Test func `files of one pass may have different headers and formats`() throws {
    let focus = ExportSample.csv(
      [
        "BillingAccountId", "BillingPeriodStart", "ChargeCategory", "SubAccountId",
        "BillingCurrency", "BilledCost", "ServiceName", "InvoiceId",
      ],
      [["1", "2026-05-01 00:00:00", "Usage", "2", "USD", "1.5", "NULL", "NULL"]])
    let found = try contents(of: [
      SampleFile("a", ExportSample.legacy([[:]])), SampleFile("b", focus),
    ])
    #expect(found.files.map(\.format) == [.legacy, .focus12])
    #expect(found.charges.map(\.key.billingAccountID) == ["1", "100000000001"])
    #expect(found.charges[0].key.invoiceID == "" && found.charges[0].key.serviceName == "")
  }
}

import BillingModel
import Testing

@testable import PipelineRuntime

/// The table of a review, whatever a spreadsheet made of it.
@Suite struct ReviewSheetTests {
  private func rows(_ text: String) throws -> [ReviewSheet.Row] {
    try ReviewSheet(Array(text.utf8)).rows
  }

  @Test(arguments: [
    "FindingId,Status,Reviewer\nF-1,open,An\n", "FindingId;Status;Reviewer\r\nF-1;open;An\r\n",
    "FindingId\tStatus\tReviewer\nF-1\topen\tAn",
    "\"FindingId\",\"Status\",\"Reviewer\"\n\"F-1\",\"open\",\"An\"\n",
    "sep=;\r\nFindingId;Status;Reviewer\r\nF-1;open;An\r\n",
    "\"sep=;\"\r\nfindingid;status;reviewer\r\nF-1;open;An\r\n",
    "Reviewer, status ,Other,FINDINGID\nAn,open,\"a,b;c\",F-1\n\n,,,\n",
  ]) func `separators, quotes, empty rows and the order of columns do not matter`(_ text: String)
    throws
  {
    #expect(ReviewSheet.looksLike(Array(text.utf8)))
    #expect(ReviewSheet.looksLike([0xEF, 0xBB, 0xBF] + Array(text.utf8)))
    let rows = try rows(text)
    #expect(rows.count == 1)
    #expect(rows.first?.findingID == "F-1" && rows.first?.record == 1)
    #expect(rows.first?.cells == [.status: "open", .reviewer: "An"])
    #expect(rows.first?.line == (text.contains("sep=") ? 3 : 2))
  }

  @Test func `a row without a finding and without a word of a reviewer is no row`() throws {
    let text = "FindingId,Status,Reviewer,AmountAtStake\nF-1,open,An,1\nTotal,,,1\n,,,1\n,open,,\n"
    #expect(try rows(text).map(\.record) == [1, 4])
  }

  @Test(arguments: [
    ("FindingId,Status\n", "it lacks any of the columns Reviewer, ReviewUntil, ReviewNote"),
    ("FindingId,Reviewer\n", "it lacks the column Status"),
    ("status,reviewer\n", "it lacks the column FindingId"),
  ]) func `a table that is nearly a review says what it lacks`(_ header: String, _ lacking: String)
  {
    #expect(ReviewSheet.lacking(ofHead: Array(header.utf8)) == lacking)
    #expect(ReviewSheet.lacking(ofHead: Array("Status,Amount\n".utf8)) == nil)
  }

  @Test func `a short row says nothing of what it lacks, a long one is torn`() throws {
    let rows = try rows("FindingId,Status,ReviewNote\nF-1,open\nF-2,open,a,b\nF-3,open,,,\n")
    #expect(rows[0].cells == [.status: "open"] && !rows[0].isTorn)
    #expect(rows.map(\.isTorn) == [false, true, false])
  }

  @Test(arguments: [
    ("FindingId,Status,Status,Reviewer\n", "DoubleColumn"),
    ("FindingId,Status,Reviewer\n\"F-1,open\n", "NotATable"), ("Status,Reviewer\n", "NoFindingId"),
  ]) func `what is no table is refused by name`(_ text: String, _ code: String) {
    let fault = #expect(throws: ReviewSheet.Fault.self) { try rows(text) }
    #expect(fault?.code.string == code)
  }

  @Test func `bytes in no known encoding are refused with what to do`() {
    let bytes = Array("FindingId,Status,Reviewer\nF-1,open,".utf8) + [0xC0, 0xEE, 0x20, 0xFC]
    let fault = #expect(throws: ReviewSheet.Fault.self) { try ReviewSheet(bytes) }
    #expect(fault?.code == "UnknownEncoding" && fault?.message.contains("CSV UTF-8") == true)
  }

  @Test func `a review is told by its header, and disputes or exports are none`() {
    func looks(_ header: String) -> Bool { ReviewSheet.looksLike(Array(header.utf8)) }
    #expect(looks("FindingId,Status,Severity,Kind,ReviewNote\n"))
    #expect(looks("Status;ReviewUntil;FindingId"))
    #expect(!looks("FindingId,BillingPeriod,Rule,DisputeStatus,Claimed\n"))
    #expect(!looks("FindingId,Status\n"))
    #expect(!looks("BillingPeriod,SignedBy,Note\nFindingId,Status,Reviewer\n,,"))
    let wide = "FindingId\tStatus\tReviewer\r\n".utf16.flatMap { [UInt8($0 & 0xFF), 0] }
    #expect(ReviewSheet.looksLike([0xFF, 0xFE] + wide))
  }
}

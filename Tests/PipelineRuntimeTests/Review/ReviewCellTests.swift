import BillingModel
import Testing

@testable import PipelineRuntime

/// What a cell of a review says, beside what was shown there.
@Suite struct ReviewCellTests {
  private var shown: ReviewCells {
    var cells = ReviewCells(status: .open)
    cells.owner = "00123"
    cells.note = "=SUM(A1)\nok"
    cells.until = Day("2026-03-04")
    return cells
  }

  private func code(_ cell: ReviewCell) -> Text? {
    if case .refused(let code, _) = cell { code } else { nil }
  }

  @Test(arguments: [
    (ReviewColumn.status, " Open "), (.owner, "00123 "), (.owner, "'00123"),
    (.reviewNote, "=SUM(A1)\nok"), (.reviewNote, "'=SUM(A1)\r\nok"), (.reviewUntil, "2026/3/4"),
    (.reviewUntil, "04/03/2026"), (.reviewUntil, "4-Mar-26"), (.reviewer, "  "),
  ]) func `what a spreadsheet wrote its own way is the same`(_ column: ReviewColumn, _ raw: String)
  {
    let isQuoted = raw == "'00123"
    #expect(ReviewCell(column, raw, shown: shown).isSame != isQuoted)
  }

  @Test func `an edit is taken without the guard of formulas`() {
    #expect(ReviewCell(.status, "Disputed", shown: shown) == .status(.disputed))
    #expect(ReviewCell(.reviewNote, "'-5 %", shown: shown) == .text("-5 %"))
    #expect(ReviewCell(.reviewNote, "", shown: shown) == .text(""))
    #expect(ReviewCell(.reviewUntil, "31.12.2026", shown: shown) == .day(Day("2026-12-31")))
    #expect(ReviewCell(.reviewUntil, "", shown: shown) == .day(nil))
    #expect(ReviewCell(.owner, "team@corp.example", shown: shown) == .text("team@corp.example"))
  }

  @Test(arguments: [
    (ReviewColumn.status, "fixed", "UnknownStatus"), (.status, "", "UnknownStatus"),
    (.reviewUntil, "46387", "NotADay"), (.reviewUntil, "05/06/2026", "AmbiguousDay"),
    (.owner, "123", "DroppedZeros"), (.owner, "1.2E+05", "ShortenedNumber"),
    (.reviewer, "1,2E+05", "ShortenedNumber"), (.owner, "#NAME?", "SpreadsheetError"),
    (.reviewNote, "########", "SpreadsheetError"), (.reviewNote, "Err:508", "SpreadsheetError"),
    (.reviewer, "Li\u{FFFD}", "LostCharacters"), (.reviewer, "??", "LostCharacters"),
    (.reviewNote, "?? AWS ????, ???", "LostCharacters"), (.owner, "1-Mar", "MadeADay"),
    (.owner, "3月1日", "MadeADay"),
  ]) func `damage is refused by name`(_ column: ReviewColumn, _ raw: String, _ expected: Text) {
    #expect(code(ReviewCell(column, raw, shown: shown)) == expected)
  }

  @Test func `characters that an encoding lost are no edit`() {
    var chinese = shown
    chinese.owner = "王芳-cloud"
    #expect(code(ReviewCell(.owner, "??-cloud", shown: chinese)) == "LostCharacters")
    #expect(ReviewCell(.owner, "ok?-cloud", shown: chinese) == .text("ok?-cloud"))
  }

  @Test func `a wrong status names the right one`() {
    guard case .refused(_, let message) = ReviewCell(.status, "disputd", shown: shown) else {
      Issue.record("it was taken")
      return
    }
    #expect(message.contains("did you mean disputed?") && message.contains("dismissed"))
    // Only a run makes a finding resolved.
    #expect(!message.contains("resolved"))
  }

  /// 46387 is 2026-12-31 and 36526 is 2000-01-01 in LibreOffice and Excel; 120000 lies in no year at hand.
  @Test(arguments: [("46387", "2026-12-31"), ("36526", "2000-01-01"), ("120000", nil), ("12", nil)])
  func `a day that lost its format is refused with what it seems to be`(
    _ number: String, _ day: String?
  ) {
    guard case .refused(_, let message) = ReviewCell(.reviewUntil, number, shown: shown) else {
      Issue.record("it was taken")
      return
    }
    #expect(message.contains("\"\(number)\" is no day"))
    #expect(day.map { message.contains($0) } ?? !message.contains("count"))
  }
}

import BillingModel
import Foundation
import Testing

@Suite struct BillingPeriodTests {
  @Test(arguments: [
    ("2026-01", 31), ("2026-02", 28), ("2024-02", 29), ("2000-02", 29), ("1900-02", 28),
    ("2026-04", 30), ("2026-12", 31),
  ])
  func `a period has the days of its month`(text: String, days: Int) throws {
    let period = try #require(BillingPeriod(text))
    #expect(period.dayCount == days)
    #expect(period.hourCount == days * 24)
    #expect(period.firstDay.description == text + "-01")
    #expect(period.lastDay.description == "\(text)-\(days)")
    #expect(period.description == text)
  }

  @Test func `a period ends where the next begins, over the year's end too`() throws {
    let december = try #require(BillingPeriod("2026-12"))
    #expect(december.next.description == "2027-01")
    #expect(december.next.previous == december)
    #expect(december.end == Day("2027-01-01"))
    #expect(december < december.next)
    #expect(december.contains(try #require(Day("2026-12-31"))))
    #expect(!december.contains(december.end))
    #expect(!december.contains(december.firstDay.advanced(by: -1)))
  }

  /// A file may name any month; its neighbours must not end the program.
  @Test func `the months at the ends of the calendar have neighbours`() throws {
    let last = try #require(BillingPeriod("9999-12"))
    #expect(last.dayCount == 31)
    #expect(last.lastDay == Day("9999-12-31"))
    #expect(last.next.firstDay == last.lastDay.advanced(by: 1))
    let first = try #require(BillingPeriod("0001-01"))
    #expect(first.previous.dayCount == 31)
    #expect(first.previous.end == first.firstDay)
    #expect(first.firstDay.advanced(by: -1).period == first.previous)
    // Year 0 is a leap year of this calendar.
    let yearZero = sequence(first: first.previous) { $0.previous }.prefix(12)
    #expect(yearZero.map(\.dayCount) == [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 29, 31])
    #expect(yearZero.allSatisfy { $0.firstDay.period == $0 })
  }

  @Test(arguments: ["", "2026", "2026-00", "2026-13", "0000-01", "2026-1", "202601", "2026-01-01"])
  func `what is no period is not read`(text: String) { #expect(BillingPeriod(text) == nil) }

  @Test func `days, periods and texts travel through JSON as their text`() throws {
    let period = try #require(BillingPeriod("2026-05"))
    let data = try JSONEncoder().encode([period])
    #expect(String(decoding: data, as: UTF8.self) == #"["2026-05"]"#)
    #expect(try JSONDecoder().decode([BillingPeriod].self, from: data) == [period])
    for wrong in [#"["2026-13"]"#, "[5]"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode([BillingPeriod].self, from: Data(wrong.utf8))
      }
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Day].self, from: Data(#"["2026-02-30"]"#.utf8))
    }
  }
}

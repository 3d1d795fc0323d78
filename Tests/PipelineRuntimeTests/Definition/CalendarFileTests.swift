import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

@Suite struct CalendarFileTests {
  private func read(_ text: String) -> (calendar: EventCalendar, mistakes: [String]) {
    let mistakes = Mistakes()
    var calendar = EventCalendar()
    CalendarFile(file: "china.csv", mistakes: mistakes).read(Array(text.utf8), into: &calendar)
    return (calendar, mistakes.found.map(\.description))
  }

  @Test func `a run of days, a single day, and a day with two occasions`() {
    let (calendar, mistakes) = read(
      """
      \u{FEFF}From,To,Occasion,Name
      2026-02-27,2026-03-01,holiday,春节
      2026-02-28,,workday,调休
      """)
    #expect(mistakes == [])
    #expect(calendar.entries.count == 3)
    #expect(calendar[Day("2026-02-28")!] == [.holiday, .workday])
    #expect(calendar[Day("2026-03-01")!] == [.holiday])
    #expect(calendar[Day("2026-03-02")!] == [])
  }

  @Test func `mistakes are named by line and column, and the rest is read`() {
    let (calendar, mistakes) = read(
      """
      From,To,Occasion,Name
      2026-02-30,,holiday,x
      2026-02-02,2026-02-01,holiday,x
      2026-01-01,2027-01-02,holiday,x
      2026-02-03,,holliday,x
      2026-02-04,,holiday
      2026-02-05,,shopping,x
      """)
    #expect(
      mistakes == [
        "china.csv:2:1: expected a day as YYYY-MM-DD, not \"2026-02-30\"",
        "china.csv:3:12: a run of days from 2026-02-02 to 2026-02-01: expected 1 to 60 days",
        "china.csv:4:12: a run of days from 2026-01-01 to 2027-01-02: expected 1 to 60 days",
        "china.csv:5:13: unknown occasion \"holliday\" (did you mean \"holiday\"?)",
        "china.csv:6:13: 3 cells where the header has 4",
      ])
    #expect(calendar.entries.count == 1)
  }

  @Test func `another header is a mistake`() {
    #expect(
      read("Date,Name\n").mistakes == ["china.csv:1:1: the header must be From,To,Occasion,Name"])
  }

  @Test(arguments: ["china.csv", "global.csv"])
  func `the calendars that ship are read, and speak of three years`(_ name: String) throws {
    let file = repositoryRoot().appendingPathComponent("pipelines/calendars/\(name)")
    let (calendar, mistakes) = read(try String(contentsOf: file, encoding: .utf8))
    #expect(mistakes == [])
    #expect(Set(calendar.entries.keys.map(\.period.year)) == [2025, 2026, 2027])
    // Only weekend days make up for a holiday.
    for (day, entries) in calendar.entries
    where entries.contains(where: { $0.occasion == .workday }) {
      #expect(day.weekday > 5, "\(day)")
    }
  }
}

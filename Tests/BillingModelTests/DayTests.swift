import BillingModel
import Testing

@Suite struct DayTests {
  @Test func `every day from 1600 to 2400 is Python's day`() throws {
    let lines = try reference("days")
    #expect(lines.count == 292_560)
    let first = try #require(Day("1600-01-01"))
    var differences: [String] = []
    for (offset, line) in lines.enumerated() {
      let day = first.advanced(by: offset)
      let civil = day.civil
      let length = Day.length(ofMonth: civil.month, year: civil.year)
      let actual = "\(day.number) \(day) \(day.weekday) \(length)"
      if actual != line { differences.append("\(actual), not \(line)") }
    }
    #expect(differences.prefix(5).isEmpty)
  }

  @Test func `a day is found again from its year, month and day`() throws {
    let first = try #require(Day("1600-01-01"))
    for offset in stride(from: 0, to: 292_560, by: 13) {
      let day = first.advanced(by: offset)
      let civil = day.civil
      #expect(Day(year: civil.year, month: civil.month, day: civil.day) == day)
    }
  }

  @Test(arguments: ["1970-01-01", "0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29"])
  func `a day prints as it was read`(text: String) throws {
    #expect(try #require(Day(text)).description == text)
  }

  @Test(arguments: [
    "", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
    "0000-01-01", "2026-1-01", "2026/01/01", "20260101", "2026-01-01T", " 2026-01-01", "+026-01-01",
    "２026-01-01", "2026-01-0x",
  ])
  func `what is no day is not read`(text: String) { #expect(Day(text) == nil) }

  @Test func `days before 1970 belong to their month`() throws {
    let day = try #require(Day("1969-12-31"))
    #expect(day.number == -1)
    #expect(day.weekday == 3)
    #expect(day.period == BillingPeriod("1969-12"))
  }
}

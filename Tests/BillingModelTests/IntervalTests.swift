import BillingModel
import TestSupport
import Testing

@Suite struct IntervalTests {
  private func interval(_ text: String) -> Interval? { Interval(bytes: Array(text.utf8)) }

  @Test func `both ends are read, in any spelling of theirs`() {
    let found = interval("2026-05-01T00:00:00Z/2026-05-02 00:00:00.000Z")
    #expect(found?.start == Moment("2026-05-01") && found?.end == Moment("2026-05-02"))
  }

  @Test(arguments: [
    "", "2026-05-01T00:00:00Z", "/", "2026-05-01/", "2026-05-01/2026-05-02/2026-05-03",
  ])
  func `what is no interval has no ends`(_ text: String) { #expect(interval(text) == nil) }

  @Test(arguments: [
    ("2026-05-01T07:00:00Z/2026-05-01T08:00:00Z", true),
    ("2026-05-01T23:00:00Z/2026-05-02T00:00:00Z", true),
    ("2026-05-01T07:30:00Z/2026-05-01T08:30:00Z", false),
    ("2026-05-01T07:00:00Z/2026-05-01T07:30:00Z", false),
    ("2026-05-01T07:00:00Z/2026-05-01T09:00:00Z", false),
    ("2026-05-31T00:00:00Z/2026-06-01T00:00:00Z", true),
    ("2026-05-01T01:00:00Z/2026-05-02T01:00:00Z", false),
    ("2026-05-01T00:00:00Z/2026-05-03T00:00:00Z", false),
    ("2026-05-01T00:00:00Z/2026-05-01T12:00:00Z", false),
    ("2026-05-01T00:00:00Z/2026-05-01T00:00:00Z", false),
    ("2026-05-02T00:00:00Z/2026-05-01T00:00:00Z", false),
    ("2028-02-01T00:00:00Z/2028-03-01T00:00:00Z", true),
    ("2026-02-01T00:00:00Z/2026-03-02T00:00:00Z", false),
    ("2026-05-02T00:00:00Z/2026-06-02T00:00:00Z", false),
  ])
  func `a report goes by the hour, the day or the month`(_ text: String, _ isGrain: Bool) {
    #expect(interval(text)?.isGrain == isGrain)
  }

  @Test func `no more than an hour is an hour`() {
    #expect(interval("2026-05-01T07:00:00Z/2026-05-01T08:00:00Z")?.isHour == true)
    #expect(interval("2026-05-01T07:00:00Z/2026-05-01T08:00:01Z")?.isHour == false)
    #expect(interval("2026-05-01T07:00:00Z/2026-05-01T07:00:00Z")?.isHour == false)
    #expect(interval("2026-05-01T07:00:00Z/2026-05-01T06:00:00Z")?.isHour == false)
  }

  @Test func `more than a day is long`() {
    #expect(interval("2026-05-01T07:00:00Z/2026-05-02T07:00:00Z")?.isLong == false)
    #expect(interval("2026-05-01T07:00:00Z/2026-05-02T07:00:01Z")?.isLong == true)
  }
}

@Suite struct DaysOfMonthTests {
  @Test func `days are known by their first and last`() {
    var days = DaysOfMonth([9, 3])
    #expect(days.first == 3 && days.last == 9 && days.count == 2)
    days.formUnion(DaysOfMonth([31, 3]))
    #expect(days == DaysOfMonth([3, 9, 31]) && days.last == 31)
    #expect(DaysOfMonth().first == nil && DaysOfMonth().last == nil)
  }
}

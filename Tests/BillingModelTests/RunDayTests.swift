import BillingModel
import Testing

/// The day of the run says how long its answers hold.
@Suite struct RunDayTests {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// Every question, asked on each day of a year: the answer is the same on each day of the span, and
  /// another one on the days beside it.
  @Test func `an answer is the same on all days of its span, and no longer`() throws {
    let thresholds = ["2026-03-01", "2026-06-10", "2026-12-31"].compactMap { Day($0) }
    func answers(_ today: Day) -> ([Bool], BillingPeriod, DaySpan) {
      let run = RunDay(today)
      let reached = thresholds.map(run.isOnOrAfter)
      return (reached, run.previousPeriod, run.span)
    }
    for number in 0..<365 {
      let today = try day("2026-01-01").advanced(by: number)
      let (reached, month, span) = answers(today)
      #expect(span.contains(today))
      for later in 0..<365 {
        let other = try day("2026-01-01").advanced(by: later)
        let (theirs, theirMonth, _) = answers(other)
        #expect(span.contains(other) == (theirs == reached && theirMonth == month))
      }
    }
  }

  @Test func `before anything is asked every day is the same`() throws {
    let run = RunDay(try day("2026-05-01"))
    #expect(run.span == .always)
    #expect(run.isBefore(try day("2026-05-02")))
    #expect(run.isOnOrAfter(try day("2026-05-01")))
    #expect(run.span == DaySpan(first: try day("2026-05-01"), end: try day("2026-05-02")))
    #expect(run.anew.span == .always)
  }

  @Test func `the day itself holds for a day`() throws {
    let run = RunDay(try day("2026-02-28"))
    #expect(run.dayToRecord == (try day("2026-02-28")))
    #expect(run.span == .always)
    #expect(run.day == (try day("2026-02-28")))
    #expect(run.span == DaySpan(first: try day("2026-02-28"), end: try day("2026-03-01")))
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Each head by a series that only it can judge.
@Suite struct AnomalyHeadTests {
  private func figures(_ judgement: Judgement) -> [String] {
    judgement.findings.compactMap { finding in
      finding.anomaly.map { "\($0.shape) \($0.onset) raised \($0.raised)" }
    }
  }

  /// Weekdays cost 1000, weekends 600.
  private func series(_ change: (Day, Int) -> Int) throws -> DailySeries {
    try steadySeries { change($0, $1 * 10) }
  }

  @Test func `growth of three per cent a day is one slow leak`() throws {
    let onset = day("2026-04-06")
    let judgement = try anomalies([
      series { date, cost in
        let days = max(0, onset.distance(to: date) + 1)
        return (0..<days).reduce(cost) { cost, _ in cost * 103 / 100 }
      }
    ])
    #expect(judgement.findings.count == 1)
    let found = try #require(judgement.findings.first?.anomaly)
    #expect(found.shape == "slow leak")
    #expect(onset.distance(to: found.onset) <= 6)
    #expect(onset.distance(to: found.raised) <= 11)
    #expect(found.lastDay >= day("2026-04-28"))
  }

  @Test func `a decline of three per cent a day is said as such`() throws {
    let onset = day("2026-04-06")
    let judgement = try anomalies([
      series { date, cost in
        let days = max(0, onset.distance(to: date) + 1)
        return (0..<days).reduce(cost) { cost, _ in cost * 97 / 100 }
      }
    ])
    let words = try #require(judgement.findings.first).explanation
    #expect(words.english.string.contains(", a slow decline since 2026-04-"))
    #expect(words.chinese.string.contains(" 起逐日缓慢下降"))
  }

  @Test func `growth of a tenth of a per cent a day is none`() throws {
    let first = day("2026-01-01")
    let growing = try series { $1 * (1000 + first.distance(to: $0)) / 1000 }
    #expect(try anomalies([growing]).findings == [])
  }

  @Test func `a level that is a third lower is a level shift down with its days`() throws {
    let judgement = try anomalies([series { $0 >= day("2026-04-08") ? $1 * 2 / 3 : $1 }])
    #expect(figures(judgement) == ["level shift down 2026-04-08 raised 2026-04-08"])
    let found = try #require(judgement.findings.first?.anomaly)
    #expect(found.daysSinceStart == 7 && found.lastDay == day("2026-04-14"))
    // All days of the month are there: nothing is left to come.
    #expect(found.atRisk == "0.00")
  }

  @Test func `what goes on adds the days of the month that are still to come`() throws {
    var open = try series { $0 >= day("2026-04-08") ? $1 * 2 / 3 : $1 }
    open.days = open.days.filter { $0.key <= day("2026-04-14") }
    let finding = try #require(try anomalies([open]).findings.first)
    // A Tuesday by itself is 334 too cheap, for the 16 days that are left; the middle of the last three days.
    #expect(finding.anomaly?.atRisk == "-5344.00")
    #expect(finding.explanation.english.string.contains("the rest of the month adds USD -5344.00"))
  }

  @Test func `the peak is the day that differs most in money`() throws {
    // A Saturday at 600 triples; the Friday before moves by more money, though by less for its size.
    let judgement = try anomalies([
      series { date, cost in
        date == day("2026-04-17") ? cost + 1300 : date == day("2026-04-18") ? cost * 3 : cost
      }
    ])
    let found = try #require(judgement.findings.first?.anomaly)
    #expect(found.peakDay == day("2026-04-17"))
    #expect(found.actual == "2300.00" && found.expected == "1000.00")
  }

  @Test func `rows that end while others go on say that a series has stopped`() throws {
    var stopped = try series { $1 }
    stopped.days = stopped.days.filter { $0.key < day("2026-04-14") }
    var other = try series { $1 }
    other.key.serviceName = "Other"
    #expect(
      figures(try anomalies([stopped, other])) == ["stopped 2026-04-14 raised 2026-04-16"])
    // Where nothing has rows, the export ends, not the usage.
    other.days = other.days.filter { $0.key < day("2026-04-14") }
    #expect(figures(try anomalies([stopped, other])) == [])
  }

  @Test func `rows that end in the last days of an open month say nothing yet`() throws {
    var stopped = try series { $1 }
    stopped.days = stopped.days.filter { $0.key < day("2026-04-28") }
    var other = try series { $1 }
    other.key.serviceName = "Other"
    #expect(
      try anomalies([stopped, other]) { $0.openPayers = ["100000000001"] }.findings == [])
  }

  @Test func `a series that begins in a known payer is new, and is told once`() throws {
    var new = try series { $1 }
    new.key.serviceName = "New"
    new.days = new.days.filter { $0.key >= day("2026-04-08") }
    let judgement = try anomalies([series { $1 }, new])
    #expect(figures(judgement) == ["new 2026-04-08 raised 2026-04-08"])
    // Five weekdays and a weekend.
    #expect(judgement.findings.first?.impact == "6200.00")
    #expect(judgement.unjudged == [])
    // Where all of the payer begins on that day, nothing is known.
    #expect(try anomalies([new]).findings == [])
  }

  @Test func `holidays may look like days off, and make-up days like working days`() throws {
    let holiday = day("2026-04-15")
    let workday = day("2026-04-18")
    let moved = try series { date, cost in
      date == holiday ? 600 : date == workday ? 1000 : cost
    }
    #expect(details(try anomalies([moved])).count == 2)
    var calendar = EventCalendar()
    calendar.add(EventCalendar.Entry(.holiday, "Holiday"), on: holiday)
    calendar.add(EventCalendar.Entry(.workday, "Make-up"), on: workday)
    #expect(try anomalies([moved]) { $0.calendar = calendar }.findings == [])
    // A holiday explains no cost that is neither.
    let twice = try series { date, cost in date == holiday ? 3000 : cost }
    #expect(try anomalies([twice]) { $0.calendar = calendar }.findings.count == 1)
  }

  @Test func `on an uncommon day what most series do is expected`() throws {
    let date = day("2026-04-15")
    var calendar = EventCalendar()
    calendar.add(EventCalendar.Entry(.shopping, "Sale"), on: date)
    let all = try (0..<12).map { number in
      var one = try series { $0 == date ? $1 * 2 : $1 }
      one.key.serviceName = Text("Service \(number)")
      return one
    }
    #expect(try anomalies(all) { $0.calendar = calendar }.findings == [])
    #expect(!(try anomalies(all).findings.isEmpty))
    // Too few are no crowd.
    #expect(!(try anomalies(Array(all.prefix(11))) { $0.calendar = calendar }.findings.isEmpty))
  }

  @Test func `the comparison says the day before, the week, the weekdays and the month days`()
    throws
  {
    let judgement = try anomalies([series { $0 == day("2026-04-20") ? 5000 : $1 }])
    let found = try #require(judgement.findings.first?.anomaly)
    // A Monday: Sunday 600; five weekdays and a weekend are 6200 in 7 days; the 20th was a Friday twice, and
    // a Tuesday; December has no rows.
    #expect(found.yesterday == "600.00")
    #expect(found.meanOfSevenDays == "885.714285")
    #expect(found.meanOfSameWeekdays == "1000.00")
    #expect(found.meanOfSameMonthDays == "1000.00")
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

@Suite struct DailyCostAnomalyTests {
  // MARK: Exact, on a series without noise

  /// Weekdays cost 100, weekends 60; from the first of January.
  private func steady(_ change: (Day, Int) -> Int = { $1 }) throws -> DailySeries {
    try steadySeries(change)
  }

  @Test func `a day at three times its cost is a spike, with the amount above`() throws {
    // The 15th of April 2026 is a Wednesday: 300 instead of 100.
    let judgement = try anomalies([steady { $0 == day("2026-04-15") ? 300 : $1 }])
    let found = try #require(judgement.findings.first)
    #expect(judgement.findings.count == 1)
    #expect(found.key.detail == "spike 2026-04-15")
    #expect(found.impact == "200.00" && found.amountAtStake == "200.00")
    #expect(found.actual == "300.00" && found.expected == "100.00")
    // No noise at all: five times the least scale of 0.03, asinh(200) ± 0.15 in units of half a dollar.
    #expect(found.explanation.english.string.contains("between USD 86.07 and USD 116.18"))
    #expect(found.chargePeriodStart == day("2026-04-15"))
    #expect(found.chargePeriodEnd == day("2026-04-15"))
    #expect(found.kind == .anomaly)
    // (asinh(600) − asinh(200)) / 0.15 = 7.32404 times the line: 7.32404/8.32404.
    #expect(found.confidence == "0.879866")
  }

  @Test func `a weekend that costs as much as a weekday is a spike`() throws {
    let judgement = try anomalies([steady { $0 == day("2026-04-18") ? 100 : $1 }])
    #expect(details(judgement) == ["spike 2026-04-18"])
    #expect(judgement.findings.first?.impact == "40.00")
  }

  @Test func `a weekday that costs as little as a weekend is a drop`() throws {
    let found = try anomalies([steady { $0 == day("2026-04-15") ? 60 : $1 }]).findings
    #expect(found.map(\.key.detail) == ["drop 2026-04-15"])
    #expect(found[0].impact == "-40.00" && found[0].amountAtStake == "40.00")
  }

  @Test func `consecutive days are one finding that adds them up`() throws {
    let days = day("2026-04-14")...day("2026-04-16")
    let found = try anomalies([steady { days.contains($0) ? $1 * 2 : $1 }]).findings
    #expect(found.map(\.key.detail) == ["spike 2026-04-14"])
    #expect(found[0].impact == "300.00" && found[0].chargePeriodEnd == day("2026-04-16"))
  }

  @Test func `a spike does not become the baseline of the days after it`() throws {
    let days = day("2026-04-06")...day("2026-04-09")
    let found = try anomalies([steady { days.contains($0) ? $1 * 5 : $1 }]).findings
    #expect(found.map(\.key.detail) == ["spike 2026-04-06"])
    #expect(found[0].expected == "400.00")
  }

  @Test func `a new level is an anomaly for seven days and then normal`() throws {
    let found = try anomalies([steady { $0 >= day("2026-04-08") ? $1 * 2 : $1 }]).findings
    #expect(found.map(\.key.detail) == ["spike 2026-04-08"])
    // Five weekdays and a weekend: 5·100 + 2·60.
    #expect(found[0].impact == "620.00" && found[0].chargePeriodEnd == day("2026-04-14"))
    #expect(found[0].explanation.english.string.contains("taken for normal"))
  }

  @Test func `an extreme first day does not set the new level`() throws {
    let series = try steady {
      $0 == day("2026-04-08") ? $1 * 10 : $0 > day("2026-04-08") ? $1 * 2 : $1
    }
    #expect(details(try anomalies([series])) == ["spike 2026-04-08"])
  }

  @Test func `a level that falls to nothing is accepted too`() throws {
    let series = try steady { $0 >= day("2026-04-08") ? 0 * $1 : $1 }
    let found = try anomalies([series]).findings
    #expect(found.map(\.key.detail) == ["drop 2026-04-08"])
    #expect(found.first?.impact == "-620.00")
  }

  @Test func `a level that begins from nothing is accepted too`() throws {
    let series = try steady { $0 >= day("2026-04-08") ? 100 : 0 * $1 }
    #expect(details(try anomalies([series])) == ["spike 2026-04-08"])
  }

  @Test func `alarm days do not become the baseline, however many there are`() throws {
    // Twelve of fourteen days are doubled; what comes after them is normal, not a drop.
    let runs = [
      day("2026-04-01")...day("2026-04-06"), day("2026-04-09")...day("2026-04-14"),
    ]
    let series = try steady { date, cost in
      runs.contains { $0.contains(date) } ? cost * 2 : cost
    }
    #expect(details(try anomalies([series])) == ["spike 2026-04-01", "spike 2026-04-09"])
  }

  @Test func `a level that was accepted and goes back is a drop`() throws {
    let days = day("2026-04-02")...day("2026-04-14")
    let judgement = try anomalies([steady { days.contains($0) ? $1 * 2 : $1 }])
    #expect(details(judgement) == ["drop 2026-04-15", "spike 2026-04-02"])
  }

  @Test func `an event belongs to the month in which it began`() throws {
    let days = day("2026-03-30")...day("2026-04-02")
    #expect(try anomalies([steady { days.contains($0) ? $1 * 2 : $1 }]).findings == [])
  }

  @Test func `a small change and small money are no anomaly`() throws {
    #expect(try anomalies([steady { $0 == day("2026-04-15") ? 114 : $1 }]).findings == [])
    let tiny = try steady { $0 == day("2026-04-15") ? 6 : $1 / 50 }
    #expect(try anomalies([tiny]).findings == [])
  }

  @Test func `a change that stays under the line is a candidate`() throws {
    let judgement = try anomalies([steady { $0 == day("2026-04-15") ? 112 : $1 }])
    #expect(judgement.findings == [])
    #expect(judgement.candidates.map(\.key.detail) == ["spike 2026-04-15"])
    // (asinh(224) − asinh(200)) / 0.15 = 0.755516 of the line.
    #expect(judgement.candidates[0].confidence == "0.430366")
  }

  @Test func `days that are near the line are an alarm together from the second on`() throws {
    // 16 % is less than the band of 0.15 nepers, but more than 15 % for a mean over days.
    let days = day("2026-04-14")...day("2026-04-16")
    let judgement = try anomalies([steady { days.contains($0) ? 116 : $1 }])
    #expect(details(judgement) == ["spike 2026-04-14"])
    #expect(judgement.findings.first?.anomaly?.raised == day("2026-04-15"))
    let alone = try anomalies([steady { $0 == day("2026-04-14") ? 116 : $1 }])
    #expect(alone.findings == [])
  }

  @Test func `what the days cost is told to the last digit, what was expected in cents`() throws {
    var series = try steady()
    series.days[day("2026-04-15")] = "300.123456789012"
    series.days[day("2026-04-16")] = "300.000000000001"
    let found = try #require(try anomalies([series]).findings.first)
    #expect(found.actual == "600.123456789013" && found.expected == "200.00")
    #expect(found.impact == "400.123456789013")
  }

  @Test func `a day that a finding tells of is no candidate`() throws {
    // The middle day is under the line between two that are far over it.
    let series = try steady { date, cost in
      switch date {
      case day("2026-04-14"), day("2026-04-16"): cost * 3
      case day("2026-04-15"): 112
      default: cost
      }
    }
    let judgement = try anomalies([series])
    #expect(details(judgement) == ["spike 2026-04-14"])
    #expect(judgement.candidates == [])
  }

  @Test func `a missing day is not a day without cost`() throws {
    var series = try steady()
    for missing in ["2026-04-08", "2026-04-09", "2026-04-22"] { series.days[day(missing)] = nil }
    let judgement = try anomalies([series])
    #expect(judgement.findings == [] && judgement.unjudged == [])
  }

  @Test func `the last two days of an open month are not judged for drops`() throws {
    func judgement(_ date: String, _ factor: (Int) -> Int, open: Bool) throws -> [String] {
      var series = try steady { $0 == day(date) ? factor($1) : $1 }
      series.days = series.days.filter { $0.key <= day("2026-04-17") }
      return details(try anomalies([series]) { $0.openPayers = open ? ["100000000001"] : [] })
    }
    #expect(try judgement("2026-04-17", { $0 / 4 }, open: true) == [])
    #expect(try judgement("2026-04-16", { $0 / 4 }, open: true) == [])
    #expect(try judgement("2026-04-15", { $0 / 4 }, open: true) == ["drop 2026-04-15"])
    #expect(try judgement("2026-04-17", { $0 / 4 }, open: false) == ["drop 2026-04-17"])
    #expect(try judgement("2026-04-17", { $0 * 4 }, open: true) == ["spike 2026-04-17"])
  }

  @Test func `a drop that rejected rows may explain is a candidate`() throws {
    func judgement(_ cost: Amount?) throws -> Judgement {
      var booked = try booking([usage()])
      booked.contents.rejects = [
        Reject(
          file: "a", record: 1, column: "", code: "X", message: "", raw: "", cost: cost,
          currency: "USD")
      ]
      let series = try steady { $0 == day("2026-04-15") ? 60 : $1 }
      return try anomalies([series]) { $0.bookings = [booked] }
    }
    for cost in [nil, "40.00"] as [Amount?] {
      let explained = try judgement(cost)
      #expect(explained.findings == [] && explained.unchecked.count == 1)
      #expect(explained.candidates.map(\.key.detail) == ["drop 2026-04-15"])
    }
    #expect(details(try judgement("39.99")) == ["drop 2026-04-15"])
  }

  @Test func `a first day of the month that looks like the one before is expected`() throws {
    let monthly = try steady { $0 == $0.period.firstDay ? 400 : $1 }
    #expect(try anomalies([monthly]).findings == [])
    let once = try steady { $0 == day("2026-04-01") ? 400 : $1 }
    #expect(details(try anomalies([once])) == ["spike 2026-04-01"])
  }

  @Test func `a short series is not judged, and is named`() throws {
    var series = try steady { $0 == day("2026-04-15") ? 300 : $1 }
    series.days = series.days.filter { $0.key >= day("2026-04-20") }
    let judgement = try anomalies([series])
    #expect(judgement.findings == [])
    #expect(judgement.unjudged.map(\.reason) == ["fewer than 14 days of history"])
  }

  @Test func `a series is judged from its fifteenth day on`() throws {
    func detailsFrom(_ start: String, spike: String) throws -> [String] {
      var series = try steady { $0 == day(spike) ? 300 : $1 }
      series.days = series.days.filter { $0.key >= day(start) }
      return details(try anomalies([series]))
    }
    #expect(try detailsFrom("2026-04-01", spike: "2026-04-15") == ["spike 2026-04-15"])
    #expect(try detailsFrom("2026-04-02", spike: "2026-04-15") == [])
  }

  @Test func `a series that ended just before the month is named`() throws {
    var series = try steady()
    series.days = series.days.filter { $0.key < day("2026-03-25") }
    #expect(try anomalies([series]).unjudged.map(\.reason) == ["no rows in this month"])
    series.days = series.days.filter { $0.key < day("2026-02-01") }
    #expect(try anomalies([series]).unjudged == [])
  }

  @Test func `anomalies of months that are only history are candidates, and it is said`() throws {
    let spikes = [
      try steady { $0 == day("2026-04-15") || $0 == day("2026-04-22") ? 300 : $1 }
    ]
    let judgement = try anomalies(spikes) { $0.reportsAnomalies = false }
    #expect(judgement.findings == [] && Set(judgement.unchecked).count == 1)
    #expect(judgement.candidates == (try anomalies(spikes)).findings)
  }

  @Test func `a month without anomalies reads the same once it is history`() throws {
    // 112 is three quarters of the way to the line: a candidate. The second series is too short to judge.
    let near = try steady { $0 == day("2026-04-15") ? 112 : $1 }
    var short = try steady()
    short.key.serviceName = "Short"
    // Too cheap to be told of as new.
    short.days = short.days.filter { $0.key >= day("2026-04-20") }.mapValues { _ in "2" }
    let newest = try anomalies([near, short])
    #expect(newest.findings == [])
    #expect(newest.candidates.count == 1 && newest.unjudged.count == 1)
    #expect(try anomalies([near, short]) { $0.reportsAnomalies = false } == newest)
  }

  @Test func `a day beyond any cost leaves its series unjudged`() throws {
    var series = try steady()
    series.days[day("2026-03-01")] = "10000000000000"
    #expect(try anomalies([series]).unjudged.map(\.reason) == ["a day costs more than 10¹² units"])
  }

  @Test func `a series of zeros and credits is judged by money alone`() throws {
    let zeros = try steady { $0 == day("2026-04-15") ? 50 : 0 * $1 }
    #expect(details(try anomalies([zeros])) == ["spike 2026-04-15"])
    let credits = try steady { $0 == day("2026-04-15") ? 0 : -$1 }
    #expect(details(try anomalies([credits])) == ["spike 2026-04-15"])
  }

  @Test func `the lines of the event's days are counted`() throws {
    let rows = [usage(), usage([.chargePeriodStart: "2026-04-15T00:00:00Z"])]
    let series = try steady { $0 == day("2026-04-15") ? 300 : $1 }
    let booked = try booking(rows)
    #expect(try anomalies([series]) { $0.bookings = [booked] }.findings.map(\.lineCount) == [1])
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Series with noise, a weekly pattern and a trend; the seed stands in the failure message.
@Suite struct SeededAnomalyTests {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `a noisy series with a pattern and a trend has no anomaly`(_ seed: UInt64) throws {
    let series = try SyntheticSeries(seed: seed).make()
    #expect(details(try anomalies([series])) == [], "seed \(seed)")
  }

  @Test func `noise of a tenth raises an alarm on one day of a hundred at most`() throws {
    let series = try (1...40 as ClosedRange<UInt64>).map {
      try SyntheticSeries(seed: $0, noise: 100).make(account: Text("account \($0)"))
    }
    let days = try anomalies(series).findings.compactMap { finding in
      finding.chargePeriodEnd.map { finding.chargePeriodStart?.distance(to: $0) ?? 0 }
    }
    #expect(days.reduce(0) { $0 + $1 + 1 } <= 40 * 30 / 100)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a planted spike is found on its day`(_ seed: UInt64) throws {
    let date = period.firstDay.advanced(by: Int(seed) + 2)
    let series = try SyntheticSeries(seed: seed, change: { $0 == date ? $1 * 16 / 10 : $1 }).make()
    #expect(details(try anomalies([series])) == ["spike \(date)"], "seed \(seed)")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a planted drop is found on its day`(_ seed: UInt64) throws {
    let date = period.firstDay.advanced(by: Int(seed) + 2)
    let series = try SyntheticSeries(seed: seed, change: { $0 == date ? $1 / 2 : $1 }).make()
    #expect(details(try anomalies([series])) == ["drop \(date)"], "seed \(seed)")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a planted new level is found by its second day and once`(_ seed: UInt64) throws {
    let onset = period.firstDay.advanced(by: Int(seed) + 2)
    let series = try SyntheticSeries(seed: seed, change: { $0 >= onset ? $1 * 15 / 10 : $1 }).make()
    let found = details(try anomalies([series]))
    #expect(
      found == ["spike \(onset)"] || found == ["spike \(onset.advanced(by: 1))"], "seed \(seed)")
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `later days never change what was said of earlier ones`(_ seed: UInt64) throws {
    let days = day("2026-04-07")...day("2026-04-09")
    let whole = try SyntheticSeries(
      seed: seed, noise: 120, change: { days.contains($0) ? $1 * 2 : $1 }
    )
    .make()
    let cut = period.firstDay.advanced(by: 10 + Int(seed))
    var other = whole
    for (date, cost) in whole.days where date > cut {
      other.days[date] = try cost.multiplied(by: "3.5")
    }
    var short = whole
    short.days = whole.days.filter { $0.key <= cut }

    let expected = try verdicts(short, through: cut)
    #expect(!expected.isEmpty)
    #expect(try verdicts(whole, through: cut) == expected, "seed \(seed)")
    #expect(try verdicts(other, through: cut) == expected, "seed \(seed)")
  }

  /// What was said by the cut, of the days up to it.
  private func verdicts(_ series: DailySeries, through cut: Day) throws -> [String] {
    let micros = try #require(MicroSeries(series.days.map { ($0.key, $0.value) }))
    let replay = SeriesReplay(
      [micros], SeriesReplay.Frame(period: period, calendar: EventCalendar()),
      leastMoney: 5_000_000, settings: AnomalySettings())
    let alarms = replay.tracks[0].events.filter { $0.raised <= cut }.flatMap(\.days)
    return (alarms + replay.tracks[0].candidates).filter { $0.day <= cut }
      .map { "\($0.day) \($0.direction) \($0.actual) \($0.expected) \($0.low)" }.sorted()
  }
}

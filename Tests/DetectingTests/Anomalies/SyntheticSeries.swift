import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Detecting

/// A daily series with a weekly pattern, a trend and noise, made from a seed.
struct SyntheticSeries {
  var seed: UInt64
  /// Cost of an ordinary weekday, in cents.
  var level = 100_000
  /// Saturday and Sunday, in per cent of a weekday.
  var weekend = 60
  /// Growth a day, in parts per million.
  var growth = 1_000
  /// Standard deviation of the noise, in per mille.
  var noise = 30
  var first = day("2026-01-01")
  var last = period.lastDay
  /// Changes the cents of a day.
  var change: (Day, Int) -> Int = { $1 }

  func make(account: Text = "200000000001") throws -> DailySeries {
    var generator = SeededGenerator(seed: seed)
    var days: [Day: Amount] = [:]
    for offset in 0...first.distance(to: last) {
      let date = first.advanced(by: offset)
      // The sum of twelve uniforms has variance 1 (in thousandths: 1000), near enough to normal.
      let deviate = (0..<12).reduce(0) { sum, _ in
        sum + Int.random(in: -500...500, using: &generator)
      }
      let steady = level + level * growth * offset / 1_000_000
      let weekly = date.weekday > 5 ? steady * weekend / 100 : steady
      let cents = change(date, weekly + weekly * noise / 1000 * deviate / 1000)
      days[date] = try Amount(cents).divided(by: Amount(100))
    }
    return DailySeries(
      key: DailySeries.Key(
        billingAccountID: "100000000001", subAccountID: account,
        serviceName: "Amazon Elastic Compute Cloud", currency: "USD"),
      days: days)
  }
}

/// The detector's judgement of series alone, sorted.
func anomalies(
  _ series: [DailySeries], _ change: (inout PeriodFacts) -> Void = { _ in }
) throws -> Judgement {
  var facts = facts(booked: [])
  facts.history = series
  change(&facts)
  return try DailyCostAnomaly().judged(facts).sorted()
}

/// Kind and onset of each finding.
func details(_ judgement: Judgement) -> [String] {
  judgement.findings.map(\.key.detail.string)
}

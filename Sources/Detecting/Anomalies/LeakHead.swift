import BillingModel

/// A rise or fall that goes on day by day: each day looks like the one before, but not like the weeks before.
///
/// *Formula.* The median of the last week lies further from that of days 35 to 15 before, moved on by the growth
/// that the series had until then, than k·σ·√(1/7 + v) and than ``AnomalySettings/leakRise``; the last four days lie
/// half of the way out at least; and the Theil–Sen slope of the last two weeks is at least
/// ``AnomalySettings/leakSlope`` a day, half more for a decline.
struct LeakHead {
  private let track: SeriesTrack
  private let natures: DayNatures
  private let settings: AnomalySettings
  private let multiple: Int

  init(
    _ track: SeriesTrack, _ natures: DayNatures, _ settings: AnomalySettings, multiple: Int
  ) {
    self.track = track
    self.natures = natures
    self.settings = settings
    self.multiple = multiple
  }

  /// The days since its onset, with what was expected of them, or nil.
  func alarm(_ day: Int, _ outlook: SeriesTrack.Outlook) -> (days: [AnomalyDay], ratio: Int)? {
    let weekdays = outlook.baseline.weekdays
    func values(_ days: ClosedRange<Int>) -> [(day: Int, value: Int)] {
      days.compactMap { day in
        guard track.hasRows(day), natures[day].isOrdinary, !track.isMasked(day) else { return nil }
        return (day, track.seen[day - track.first] - weekdays[Day(number: day).weekday])
      }
    }
    let recent = values(day - 6...day)
    let far = values(day - 35...day - 15)
    guard recent.count >= 4, far.count >= 8 else { return nil }
    let level = RobustStatistics.median(far.map(\.value))
    let move = RobustStatistics.median(recent.map(\.value)) - level
    // Growth makes a rise smaller, and never a fall larger: it is an estimate from noise itself.
    let growth = drift(level, values(day - 56...day - 36))
    let drift = (growth > 0) == (move > 0) ? growth : 0
    let rise = move - drift * 22
    let slope = RobustStatistics.slope(values(day - 13...day))
    let isUp = rise > 0
    // Much falls slowly for good reasons: a decline must be steeper.
    let least = isUp ? settings.leakSlope : settings.leakSlope * 3 / 2
    guard (slope > 0) == isUp, Swift.abs(slope) >= least,
      recent.suffix(4).allSatisfy({
        (isUp ? $0.value - level : level - $0.value) * 2 > Swift.abs(rise)
      })
    else { return nil }
    let noise = RobustStatistics.part(
      RobustStatistics.part(outlook.baseline.deviation, settings.levelMultiple), multiple)
    let line = max(RobustStatistics.part(noise, 493_000), settings.leakRise)
    let distance = Int(Int128(Swift.abs(rise)) * 1_000_000 / Int128(line))
    guard distance >= RobustStatistics.million else { return nil }
    let days = days(through: day, level, drift, weekdays, rise: rise, distance)
    guard days.count >= 3, let last = days.last,
      last.difference.magnitudeValue >= track.leastMoney
    else { return nil }
    return (days, distance)
  }

  /// Growth a day before the weeks that the leak is measured from.
  private func drift(_ level: Int, _ farther: [(day: Int, value: Int)]) -> Int {
    guard farther.count >= 8 else { return 0 }
    let slope = (level - RobustStatistics.median(farther.map(\.value))) / 21
    return min(max(slope, -settings.largestDrift), settings.largestDrift)
  }

  /// From the day after the last one that was still near the old level.
  private func days(
    through day: Int, _ level: Int, _ drift: Int, _ weekdays: WeekdayEffects, rise: Int,
    _ distance: Int
  ) -> [AnomalyDay] {
    var days: [AnomalyDay] = []
    // What an earlier event told of is no part of this one.
    let start = max(day - 20, track.events.last.map { $0.last.number + 1 } ?? day - 20)
    guard start <= day else { return [] }
    for earlier in (start...day).reversed() {
      guard track.hasRows(earlier), !track.isMasked(earlier) else { continue }
      let expected = level + drift * (earlier - day + 25) + weekdays[Day(number: earlier).weekday]
      let deviation = track.seen[earlier - track.first] - expected
      let isNear =
        (deviation > 0) != (rise > 0) || Swift.abs(deviation) < Swift.abs(rise) / 8
      if natures[earlier].isOrdinary, isNear { break }
      let cost = track.scale.cost(at: expected)
      days.append(
        AnomalyDay(
          day: Day(number: earlier), actual: track.cost(earlier), expected: cost,
          low: track.scale.cost(at: expected - settings.leakRise),
          high: track.scale.cost(at: expected + settings.leakRise), deviation: deviation,
          // They tell of it together: the last day carries how sure they are.
          ratio: earlier == day ? distance : 0))
    }
    return days.reversed()
  }
}

import BillingModel

/// What a day should cost by the days before it.
///
/// The value of a day is its level times the factor of its weekday. Factors are the medians of each
/// weekday over the whole window; the level is the median of the last two weeks without their weekday
/// factors, moved on by half of its drift against the two weeks before.
struct Baseline {
  /// A day of the window that no alarm masks.
  struct Point {
    let day: Int
    let value: Int128
  }

  let expected: Int128
  /// How far a day may lie from ``expected`` without an alarm.
  let band: Int128

  /// Nil where too few days are left to say anything.
  init?(day: Int, points: [Point], settings: AnomalySettings, leastMoney: Int128) {
    guard points.count >= settings.leastHistory * 2 / 3 else { return nil }
    let factors = WeekdayFactors(points)
    let cut = day - settings.levelDays
    let recent = points.filter { $0.day >= cut }.map(factors.level)
    let older = points.filter { $0.day < cut && $0.day >= cut - settings.levelDays }
      .map(factors.level)
    let halves = Halves(recent: recent, older: older)
    let scale = max(
      halves.scale, RobustStatistics.part(halves.level.magnitudeValue, settings.leastScale))
    let factor = factors[Day(number: day).weekday]
    expected = RobustStatistics.part(halves.level, factor)
    // A quiet weekday may be noisier, for its size, than the busy ones that the scale comes from.
    let deviation = max(RobustStatistics.part(scale, factor), scale / 4)
    band = max(
      deviation * settings.multiple,
      RobustStatistics.part(expected.magnitudeValue, settings.leastShare), leastMoney, 1)
  }

  /// The last two weeks against the two before.
  private struct Halves {
    let level: Int128
    let scale: Int128

    init(recent: [Int128], older: [Int128]) {
      // After a long mask the last two weeks may be empty: the weeks before must do.
      let last = recent.count >= 5 ? recent : older + recent
      let middle = RobustStatistics.median(last)
      var residuals = last.map { ($0 - middle).magnitudeValue }
      var drift: Int128 = 0
      if recent.count >= 5, older.count >= 5 {
        let before = RobustStatistics.median(older)
        residuals += older.map { ($0 - before).magnitudeValue }
        let limit = middle.magnitudeValue / 10
        drift = min(max((middle - before) / 2, -limit), limit)
      }
      level = middle + drift
      scale = RobustStatistics.part(
        RobustStatistics.median(residuals), RobustStatistics.deviationScale)
    }
  }
}

/// How the weekdays differ from each other, in parts per million of the median day.
private struct WeekdayFactors {
  private var factors: [Int128]
  private static let limits: ClosedRange<Int128> = 10_000...100_000_000

  init(_ points: [Baseline.Point]) {
    factors = Array(repeating: RobustStatistics.million, count: 8)
    let typical = RobustStatistics.median(points.map(\.value))
    guard typical > 0 else { return }
    for weekday in 1...7 {
      let values = points.filter { Day(number: $0.day).weekday == weekday }.map(\.value)
      guard values.count >= 2 else { continue }
      let factor = RobustStatistics.median(values) * RobustStatistics.million / typical
      factors[weekday] = min(max(factor, Self.limits.lowerBound), Self.limits.upperBound)
    }
  }

  subscript(weekday: Int) -> Int128 { factors[weekday] }

  /// The value without its weekday.
  func level(_ point: Baseline.Point) -> Int128 {
    point.value * RobustStatistics.million / self[Day(number: point.day).weekday]
  }
}

extension Int128 {
  /// The magnitude as a signed number.
  var magnitudeValue: Int128 { self < 0 ? -self : self }
}

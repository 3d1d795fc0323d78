import BillingModel

/// What a day should cost by the days before it.
///
/// The value of a day is its level times the factor of its weekday. Factors are the medians of
/// weekdays over the whole window; the level is the median of the last two weeks without their weekday
/// factors, moved on by half of its drift against the two weeks before where that stands out of the
/// noise.
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
    // Blocks of two weeks, the last one first.
    var blocks = Array(repeating: [Int128](), count: settings.window / settings.levelDays + 1)
    for point in points {
      blocks[(day - 1 - point.day) / settings.levelDays].append(factors.level(point))
    }
    let trend = Trend(blocks: blocks, leastScale: settings.leastScale)
    let factor = factors[Day(number: day).weekday]
    expected = RobustStatistics.part(trend.level, factor)
    // A quiet weekday may be noisier, for its size, than the busy ones that the scale comes from.
    let deviation = max(RobustStatistics.part(trend.scale, factor), trend.scale / 4)
    band = max(
      RobustStatistics.part(deviation, settings.multiple(days: points.count)),
      RobustStatistics.part(expected.magnitudeValue, settings.leastShare), leastMoney, 1)
  }
}

/// Level and noise of a series without its weekdays.
private struct Trend {
  let level: Int128
  /// A robust standard deviation of the days around the level of their two weeks.
  let scale: Int128
  /// With fewer days a median says little.
  private static let leastDays = 5

  /// - Parameter blocks: days of two weeks each, the last ones first.
  init(blocks: [[Int128]], leastScale: Int128) {
    let full = blocks.filter { $0.count >= Self.leastDays }
    let medians = full.map(RobustStatistics.median)
    // Where days are so sparse that no two weeks hold five, all of them are one block.
    let middle = medians.first ?? RobustStatistics.median(blocks.flatMap(\.self))
    let residuals = zip(full, medians).flatMap { block, median in
      block.map { ($0 - median).magnitudeValue }
    }
    let noise = RobustStatistics.part(
      RobustStatistics.median(residuals), RobustStatistics.deviationScale)
    var drift: Int128 = 0
    if blocks[0].count >= Self.leastDays, blocks[1].count >= Self.leastDays {
      let change = middle - medians[1]
      let limit = middle.magnitudeValue / 10
      if change.magnitudeValue > noise { drift = min(max(change / 2, -limit), limit) }
    }
    level = middle + drift
    scale = max(noise, RobustStatistics.part(level.magnitudeValue, leastScale))
  }
}

/// How the weekdays differ from each other, in parts per million of the median day.
///
/// Working days share one factor, and so do the days of the weekend: a factor of few days would carry
/// their noise. A weekday has one of its own where three days or more say that it differs clearly.
private struct WeekdayFactors {
  private var factors: [Int128]
  private static let limits: ClosedRange<Int128> = 10_000...100_000_000
  private static let leastDays = 3
  /// What differs clearly, as a share of the common factor.
  private static let clearly: Int128 = 100_000

  init(_ points: [Baseline.Point]) {
    factors = Array(repeating: RobustStatistics.million, count: 8)
    let typical = RobustStatistics.median(points.map(\.value))
    guard typical != 0 else { return }
    let byWeekday = Dictionary(grouping: points) { Day(number: $0.day).weekday }
      .mapValues { $0.map(\.value) }
    for weekdays in [1...5, 6...7] {
      let together = weekdays.flatMap { byWeekday[$0] ?? [] }
      guard together.count >= 2 else { continue }
      let common = Self.factor(together, typical)
      for weekday in weekdays {
        factors[weekday] = Self.own(byWeekday[weekday] ?? [], typical, common: common)
      }
    }
  }

  private static func own(_ values: [Int128], _ typical: Int128, common: Int128) -> Int128 {
    guard values.count >= leastDays else { return common }
    let own = factor(values, typical)
    let differs = (own - common).magnitudeValue > RobustStatistics.part(common, clearly)
    return differs ? own : common
  }

  private static func factor(_ values: [Int128], _ typical: Int128) -> Int128 {
    let factor = RobustStatistics.median(values) * RobustStatistics.million / typical
    return min(max(factor, limits.lowerBound), limits.upperBound)
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

import BillingModel

/// What a day should cost by the days before it, on the scale of ``CostScale``.
///
/// The position of a day is a level plus the effect of its weekday. Effects are medians of weekdays over
/// the whole window; the level is the median of the last two weeks without their weekdays, moved on by the
/// drift of the weeks before where that stands out of the noise.
struct Baseline {
  /// A day of the window that no alarm masks and no calendar names.
  struct Point {
    let day: Int
    let value: Int
  }

  let weekdays: WeekdayEffects
  /// Without its weekday, on the day that is judged.
  let level: Int
  /// A robust standard deviation of single days.
  let deviation: Int
  let days: Int

  func expected(_ weekday: Int) -> Int { level + weekdays[weekday] }

  /// Nil where too few days are left to say anything.
  init?(day: Int, points: [Point], settings: AnomalySettings) {
    guard points.count >= settings.leastHistory * 2 / 3 else { return nil }
    let blocks = Blocks(day: day, points: points, settings: settings)
    let weekdays = WeekdayEffects(blocks.detrended)
    let levels = blocks.levels(without: weekdays)
    deviation = max(levels.deviation, settings.leastScale)
    level = levels.current + levels.drift(noise: deviation, settings)
    self.weekdays = weekdays
    days = points.count
  }
}

/// The window cut into blocks of two weeks, the last one first.
private struct Blocks {
  private var blocks: [[Baseline.Point]]
  private let day: Int
  private let length: Int
  /// With fewer days a median says little.
  private static let leastDays = 5

  init(day: Int, points: [Baseline.Point], settings: AnomalySettings) {
    self.day = day
    length = settings.levelDays
    blocks = Array(repeating: [], count: settings.window / settings.levelDays + 1)
    for point in points { blocks[(day - 1 - point.day) / length].append(point) }
    // Where days are so sparse that no two weeks hold five, all of them are one block.
    if !blocks.contains(where: { $0.count >= Self.leastDays }) { blocks = [points] }
  }

  /// Days without the level of their two weeks.
  var detrended: [Baseline.Point] {
    blocks.flatMap { block -> [Baseline.Point] in
      let middle = RobustStatistics.median(block.map(\.value))
      return block.map { Baseline.Point(day: $0.day, value: $0.value - middle) }
    }
  }

  func levels(without weekdays: WeekdayEffects) -> Levels {
    var levels = Levels()
    var residuals: [Int] = []
    for (index, block) in blocks.enumerated()
    where block.count >= Self.leastDays || blocks.count == 1 {
      let values = block.map { $0.value - weekdays[Day(number: $0.day).weekday] }
      let middle = RobustStatistics.median(values)
      let age = block.reduce(0) { $0 + day - $1.day } / block.count
      levels.blocks.append((index, age, middle))
      residuals += values.map { $0 - middle }
    }
    levels.deviation = RobustStatistics.deviation(residuals)
    return levels
  }
}

/// The levels of blocks of two weeks, the last one first.
private struct Levels {
  var blocks: [(number: Int, age: Int, level: Int)] = []
  var deviation = 0

  var current: Int { blocks.first?.level ?? 0 }

  /// How far the level has moved since the middle of the last block, by its growth since the oldest of
  /// the three before: one that stands out of the noise, and never more than ``AnomalySettings/largestDrift``
  /// a day, so that a leak does not become what is expected.
  func drift(noise: Int, _ settings: AnomalySettings) -> Int {
    guard let last = blocks.first, last.number == 0,
      let first = blocks.dropFirst().last(where: { $0.number <= 3 }), first.age > last.age
    else { return 0 }
    let change = last.level - first.level
    guard Swift.abs(change) > noise / 2 else { return 0 }
    let slope = change / (first.age - last.age)
    return min(max(slope, -settings.largestDrift), settings.largestDrift) * last.age
  }
}

/// How the weekdays differ from each other.
///
/// Working days share one effect, and so do the days of the weekend: an effect of few days would carry
/// their noise. A weekday has one of its own where three days or more say that it differs clearly.
struct WeekdayEffects {
  private var effects: [Int]
  private static let leastDays = 3
  /// What differs clearly.
  private static let clearly = 80_000_000

  /// - Parameter points: days without the level of their weeks.
  init(_ points: [Baseline.Point]) {
    effects = Array(repeating: 0, count: 8)
    var byWeekday = Array(repeating: [Int](), count: 8)
    for point in points { byWeekday[Day(number: point.day).weekday].append(point.value) }
    for weekdays in [1...5, 6...7] {
      let together = weekdays.flatMap { byWeekday[$0] }
      guard together.count >= 2 else { continue }
      let common = RobustStatistics.median(together)
      for weekday in weekdays {
        effects[weekday] = common
        guard byWeekday[weekday].count >= Self.leastDays else { continue }
        let own = RobustStatistics.median(byWeekday[weekday])
        if Swift.abs(own - common) > Self.clearly { effects[weekday] = own }
      }
    }
  }

  subscript(weekday: Int) -> Int { effects[weekday] }

  /// Of a day on which nobody works, and of one on which all do.
  var dayOff: Int { min(effects[6], effects[7]) }
  var workday: Int { RobustStatistics.median(Array(effects[1...5])) }
}

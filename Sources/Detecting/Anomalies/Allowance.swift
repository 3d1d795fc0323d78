import BillingModel

/// How far a day may lie from its weekday and level because of what day it is: anything between is
/// expected. `0...0` for an ordinary day.
struct Allowance {
  private(set) var range = 0...0

  init(
    _ day: Int, _ track: SeriesTrack, _ outlook: SeriesTrack.Outlook, crowd: ClosedRange<Int>?,
    _ natures: DayNatures, _ settings: AnomalySettings
  ) {
    let nature = natures[day]
    guard !nature.isOrdinary else { return }
    let effects = outlook.baseline.weekdays
    let own = effects[outlook.weekday]
    if nature.isHoliday { widen(effects.dayOff - own) }
    if nature.isWorkday { widen(effects.workday - own) }
    if let crowd {
      widen(crowd.lowerBound)
      widen(crowd.upperBound)
    }
    if nature.edge != 0 {
      for effect in Self.edgeEffects(day, nature.edge, track, outlook, natures, settings) {
        widen(effect)
      }
    }
    if nature.hasOccasion {
      for effect in Self.occasionEffects(day, nature, track, outlook, natures) { widen(effect) }
    }
  }

  private mutating func widen(_ effect: Int) {
    range = min(range.lowerBound, effect)...max(range.upperBound, effect)
  }

  /// What of a residual no allowance covers.
  func excess(_ residual: Int) -> Int {
    residual - min(max(residual, range.lowerBound), range.upperBound)
  }

  /// How the same places of the months before differed from the days around them.
  private static func edgeEffects(
    _ day: Int, _ edge: Int, _ track: SeriesTrack, _ outlook: SeriesTrack.Outlook,
    _ natures: DayNatures, _ settings: AnomalySettings
  ) -> [Int] {
    (1...settings.edgeMonths).compactMap { months in
      let other = DayNature.counterpart(of: Day(number: day), edge: edge, months: months).number
      return effect(of: other, track, outlook, natures, before: day)
    }
  }

  /// How earlier days of the same occasions differed: yesterday's, and those of the weeks before.
  private static func occasionEffects(
    _ day: Int, _ nature: DayNature, _ track: SeriesTrack, _ outlook: SeriesTrack.Outlook,
    _ natures: DayNatures
  ) -> [Int] {
    let days = max(track.first, day - 60)..<max(track.first, day)
    return days.filter { natures[$0].sharesOccasion(with: nature) && !track.isMasked($0) }
      .compactMap { effect(of: $0, track, outlook, natures, before: day) }
  }

  /// How a day differed from the level of the ordinary days within ten of it.
  private static func effect(
    of other: Int, _ track: SeriesTrack, _ outlook: SeriesTrack.Outlook, _ natures: DayNatures,
    before day: Int
  ) -> Int? {
    guard other < day, track.hasRows(other) else { return nil }
    let weekdays = outlook.baseline.weekdays
    var around: [Int] = []
    for near in max(track.first, other - 10)...min(day - 1, other + 10)
    where natures[near].isOrdinary && track.hasRows(near) && !track.isMasked(near) {
      around.append(track.position(near) - weekdays[Day(number: near).weekday])
    }
    guard around.count >= 4 else { return nil }
    return track.position(other) - weekdays[Day(number: other).weekday]
      - RobustStatistics.median(around)
  }
}

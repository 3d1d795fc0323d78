import BillingModel

/// The line for a single day, and what is said of it.
struct DayHead {
  private let track: SeriesTrack
  private let settings: AnomalySettings
  private let multiple: Int

  /// - Parameter isPart: a usage type, of which there are many: its lines are higher.
  init(_ track: SeriesTrack, _ settings: AnomalySettings, isPart: Bool) {
    self.track = track
    self.settings = settings
    multiple = isPart ? settings.partMultiple : RobustStatistics.million
  }

  /// A day against what it should have cost.
  func verdict(
    _ day: Int, _ outlook: SeriesTrack.Outlook, _ allowance: Allowance, isOrdinary: Bool
  ) -> AnomalyDay {
    let middle = outlook.baseline.expected(outlook.weekday)
    let noise =
      isOrdinary
      ? outlook.baseline.deviation
      : RobustStatistics.part(outlook.baseline.deviation, settings.occasionScale)
    let band = max(
      RobustStatistics.part(
        RobustStatistics.part(noise, settings.multiple(days: outlook.baseline.days)), multiple),
      Nepers.growth(settings.leastShare))
    let excess = allowance.excess(outlook.residual)
    // What the day should have cost: of all that is allowed, what lies nearest.
    let nearest = middle + outlook.residual - excess
    return made(day, nearest: nearest, excess, band: band)
  }

  private func made(_ day: Int, nearest: Int, _ deviation: Int, band: Int) -> AnomalyDay {
    let actual = track.cost(day)
    let expected = track.scale.cost(at: nearest)
    let floor = track.leastMoney
    let money = Int((actual - expected).magnitudeValue * 1_000_000 / floor)
    let distance = Int(Int128(Swift.abs(deviation)) * 1_000_000 / Int128(band))
    let low = min(track.scale.cost(at: nearest - band), expected - floor)
    return AnomalyDay(
      day: Day(number: day), actual: actual, expected: expected,
      // Usage does not cost less than nothing, whatever the floor in money.
      low: expected < 0 ? low : max(low, 0),
      high: max(track.scale.cost(at: nearest + band), expected + floor), deviation: deviation,
      ratio: min(distance, money))
  }
}

import BillingModel

/// Several days in a row on one side, none of which is far enough out by itself.
///
/// *Formula.* For the last n of 2 to 7 ordinary days, all on one side: |mean| > k·σ·√(1/n + v), where v is
/// the variance of the baseline itself, and > 10 %; the mean difference exceeds the floor in money.
enum LevelHead {
  private static let days = 2...7

  /// - Parameter quiet: The last ordinary days that raised no alarm, the judged one included.
  static func alarm(
    _ quiet: [AnomalyDay], deviation: Int, _ track: SeriesTrack, _ settings: AnomalySettings,
    multiple: Int
  ) -> (days: [AnomalyDay], ratio: Int)? {
    guard let last = quiet.last else { return nil }
    let run = Array(quiet.reversed().prefix { $0.direction == last.direction && $0.deviation != 0 })
    var best: (count: Int, ratio: Int)?
    for count in days where count <= run.count {
      let mean = run.prefix(count).reduce(0) { $0 + $1.deviation } / count
      let money = run.prefix(count).reduce(Int128(0)) { $0 + $1.difference } / Int128(count)
      let noise = RobustStatistics.part(
        RobustStatistics.part(deviation, settings.levelMultiple), multiple)
      let line = max(
        RobustStatistics.part(noise, factor(count, settings)),
        Nepers.growth(settings.leastLevelShare))
      let ratio = min(
        Int(Int128(Swift.abs(mean)) * 1_000_000 / Int128(line)),
        Int(money.magnitudeValue * 1_000_000 / track.leastMoney))
      if ratio > best?.ratio ?? 0 { best = (count, ratio) }
    }
    guard let best else { return nil }
    return (run.prefix(best.count).reversed(), best.ratio)
  }

  /// √(1/n + v), in parts per million.
  private static func factor(_ count: Int, _ settings: AnomalySettings) -> Int {
    let variance = 1_000_000 / count + settings.baselineVariance
    return Int(CostScale.squareRoot(Int128(variance) * 1_000_000))
  }
}

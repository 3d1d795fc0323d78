/// How the days of an event differ from what was expected of them, as one change of level.
enum LevelChange {
  /// By a factor, in parts per million: the shape of the week grows or shrinks with the level.
  case factor(Int128)
  /// By a difference, where days were expected to cost nothing or less and no factor leads away.
  case shift(Int128)

  /// A millionfold; what grows more is no change of level.
  private static let largestFactor: Int128 = 1_000_000_000_000

  init(_ event: AnomalyEvent) {
    if event.days.allSatisfy({ $0.expected > 0 && $0.actual >= 0 }) {
      let factors = event.days.map { $0.actual * RobustStatistics.million / $0.expected }
      self = .factor(min(RobustStatistics.median(factors), Self.largestFactor))
    } else {
      self = .shift(RobustStatistics.median(event.days.map(\.deviation)))
    }
  }

  func applied(to value: Int128) -> Int128 {
    let moved =
      switch self {
      case .factor(let factor): RobustStatistics.part(value, factor)
      case .shift(let difference): value + difference
      }
    return min(max(moved, -MicroSeries.largest), MicroSeries.largest)
  }
}

import BillingModel

/// One series on its way through the days: what it looks like to the baseline, what is masked, and what
/// was said of its days.
///
/// Alarm days are masked, so that an anomaly does not become the baseline that hides it. A level that
/// persists is accepted: the days before it are moved to the new level, which keeps the shape of the week,
/// and the mask is lifted.
struct SeriesTrack {
  /// Where a series stands before a day of it is judged.
  struct Outlook {
    let baseline: Baseline
    let weekday: Int
    /// From what its weekday and level make likely, on the scale.
    let residual: Int
  }

  let scale: CostScale
  let leastMoney: Int128
  let first: Int
  let micros: [Int128?]
  let raw: [Int]
  /// As the baseline sees them, moved where a new level was accepted.
  var seen: [Int]
  var masked: [Bool]
  /// Days with rows before the next one.
  var known = 0
  var events: [AnomalyEvent] = []
  /// Days that were scored and left under the line.
  var candidates: [AnomalyDay] = []
  var lastJudged: Int?
  /// Ordinary days that were judged and raised no alarm, the last ones.
  var quiet: [AnomalyDay] = []

  /// No row on that day.
  static let none = Int.min

  init(_ series: MicroSeries, before end: Int, leastMoney: Int128) {
    self.leastMoney = leastMoney
    scale = CostScale(unit: leastMoney / 10)
    let days = series.values.keys.filter { $0 < end }
    let first = days.min() ?? end
    self.first = first
    var micros: [Int128?] = Array(repeating: nil, count: max(0, (days.max() ?? end) + 1 - first))
    for day in days { micros[day - first] = series.values[day] }
    let scale = scale
    raw = micros.map { $0.map { scale.position(of: $0) } ?? Self.none }
    self.micros = micros
    seen = raw
    masked = Array(repeating: false, count: micros.count)
  }

  func position(_ day: Int) -> Int {
    day >= first && day - first < raw.count ? raw[day - first] : Self.none
  }

  func hasRows(_ day: Int) -> Bool { position(day) != Self.none }

  func isMasked(_ day: Int) -> Bool { hasRows(day) && masked[day - first] }

  func cost(_ day: Int) -> Int128 { hasRows(day) ? micros[day - first] ?? 0 : 0 }

  /// The days before one that the baseline may learn from.
  func points(
    before day: Int, _ natures: DayNatures, _ settings: AnomalySettings
  ) -> [Baseline.Point] {
    var points: [Baseline.Point] = []
    var uncommon: [Baseline.Point] = []
    for earlier in max(first, day - settings.window)..<max(first, min(day, first + seen.count))
    where seen[earlier - first] != Self.none && !masked[earlier - first] {
      let point = Baseline.Point(day: earlier, value: seen[earlier - first])
      if natures[earlier].isOrdinary { points.append(point) } else { uncommon.append(point) }
    }
    // In a short history uncommon days are better than none.
    return points.count < settings.leastHistory
      ? (points + uncommon).sorted { $0.day < $1.day } : points
  }

  func outlook(
    _ day: Int, _ natures: DayNatures, _ settings: AnomalySettings
  ) -> Outlook? {
    guard known >= settings.leastHistory,
      let baseline = Baseline(
        day: day, points: points(before: day, natures, settings), settings: settings)
    else { return nil }
    let weekday = Day(number: day).weekday
    let position = hasRows(day) ? position(day) : 0
    return Outlook(
      baseline: baseline, weekday: weekday, residual: position - baseline.expected(weekday))
  }

  var openEvent: AnomalyEvent? { events.last.flatMap { $0.isOpen ? $0 : nil } }

  mutating func mask(_ days: [AnomalyDay]) {
    for day in days where hasRows(day.day.number) { masked[day.day.number - first] = true }
  }

  /// Moves the days before the last event to its level, by the median of what its last days changed by,
  /// so that one extreme day does not set the level.
  mutating func acceptLevel() {
    let event = events[events.count - 1]
    let move = RobustStatistics.median(event.days.suffix(5).map(\.deviation))
    let onset = min(event.onset.number - first, seen.count)
    if onset > 0 {
      for index in 0..<onset where seen[index] != Self.none { seen[index] += move }
    }
    acceptEvent()
  }

  /// Takes the last event for normal as it is.
  mutating func acceptEvent() {
    for day in events[events.count - 1].days where hasRows(day.day.number) {
      masked[day.day.number - first] = false
    }
    events[events.count - 1].isAccepted = true
    events[events.count - 1].isOpen = false
    quiet = []
  }
}

/// The nature of every day of a replay, asked for once.
struct DayNatures {
  private let first: Int
  private let natures: [DayNature]

  init(_ days: Range<Int>, _ calendar: EventCalendar, _ settings: AnomalySettings) {
    first = days.lowerBound
    natures = days.map { DayNature(Day(number: $0), calendar, settings) }
  }

  subscript(day: Int) -> DayNature { natures[day - first] }

  /// The days of an event that tell how its parts moved: ordinary ones, if there are any.
  func telling(_ event: AnomalyEvent) -> [AnomalyDay] {
    let ordinary = event.days.filter { self[$0.day.number].isOrdinary }
    return ordinary.isEmpty ? event.days : ordinary
  }
}

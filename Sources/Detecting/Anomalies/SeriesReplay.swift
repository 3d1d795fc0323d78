import BillingModel

/// Walks through a series day by day and judges each by the days before it, never by later ones.
///
/// Alarm days are masked, so that an anomaly does not become the baseline that hides it. A level that
/// persists is accepted: the days before it are scaled to the new level, which keeps the shape of the
/// week, and the mask is lifted.
struct SeriesReplay {
  private let settings: AnomalySettings
  private let raw: [Int: Int128]
  private let leastMoney: Int128
  /// Values as the baseline sees them, scaled where a new level was accepted.
  private var values: [Int: Int128]
  private var masked: Set<Int> = []
  private var isOpen = false
  /// Days with rows before the next one.
  private var known = 0
  /// The side on which the last days were half over the line, and for how many.
  private var leaning: (kind: AnomalyKind, since: Int, last: Int)?

  private(set) var events: [AnomalyEvent] = []
  /// Days that were scored and left under the line.
  private(set) var candidates: [AnomalyDay] = []
  private(set) var judgedDays: Set<Int> = []

  /// - Parameter incompleteFrom: from this day on drops are not judged.
  init(
    _ series: MicroSeries, through period: BillingPeriod, incompleteFrom: Day?, leastMoney: Int128,
    settings: AnomalySettings
  ) {
    self.settings = settings
    self.leastMoney = leastMoney
    raw = series.values
    values = series.values
    // A month before the period is judged too, to know what was masked when the period begins.
    let start = period.previous.firstDay.number
    known = raw.keys.count { $0 < start }
    for day in raw.keys.sorted() where day >= start && day < period.end.number {
      judge(day, ignoringDrops: incompleteFrom.map { day >= $0.number } ?? false)
      known += 1
    }
  }

  private mutating func judge(_ day: Int, ignoringDrops: Bool) {
    guard known >= settings.leastHistory, let actual = raw[day],
      let baseline = Baseline(
        day: day, points: points(before: day), settings: settings, leastMoney: leastMoney)
    else { return }
    judgedDays.insert(day)
    let deviation = (actual - baseline.expected).magnitudeValue
    let verdict = AnomalyDay(
      day: Day(number: day), actual: actual, expected: baseline.expected, band: baseline.band,
      ratio: deviation * RobustStatistics.million / baseline.band)
    if ignoringDrops, verdict.kind == .drop { return }
    lean(verdict)
    if isAlarm(verdict) {
      masked.insert(day)
      // A day that begins or ends each month like this is expected, yet no day to learn from.
      if isOpen || !resemblesMonthEdge(verdict) { alarm(verdict) }
    } else {
      isOpen = false
      if isHalfOver(verdict) { candidates.append(verdict) }
    }
  }

  private func points(before day: Int) -> [Baseline.Point] {
    (day - settings.window..<day).compactMap { earlier in
      guard !masked.contains(earlier), let value = values[earlier] else { return nil }
      return Baseline.Point(day: earlier, value: value)
    }
  }

  private func isHalfOver(_ day: AnomalyDay) -> Bool { day.ratio >= RobustStatistics.million / 2 }

  private mutating func lean(_ day: AnomalyDay) {
    guard isHalfOver(day) else {
      leaning = nil
      return
    }
    let number = day.day.number
    if let known = leaning, known.kind == day.kind, known.last == number - 1 {
      leaning = (day.kind, known.since, number)
    } else {
      leaning = (day.kind, number, number)
    }
  }

  /// Over the line; or half over it, while an event of its kind goes on or for the third day.
  private func isAlarm(_ day: AnomalyDay) -> Bool {
    if day.ratio >= RobustStatistics.million { return true }
    guard isHalfOver(day), let leaning else { return false }
    if isOpen, let event = events.last, event.kind == day.kind { return true }
    return leaning.last - leaning.since + 1 >= settings.sustainedDays
  }

  private mutating func alarm(_ day: AnomalyDay) {
    if let event = events.last, event.kind == day.kind, continues(event, day) {
      events[events.count - 1].append(day)
    } else {
      events.append(AnomalyEvent(day))
    }
    isOpen = true
    if events[events.count - 1].days.count >= settings.acceptAfter { acceptLevel() }
  }

  private func continues(_ event: AnomalyEvent, _ day: AnomalyDay) -> Bool {
    guard !event.isAccepted else { return false }
    return isOpen || event.onset.distance(to: day.day) <= settings.mergeDays
  }

  /// Moves the days before the event to its level, by the median of what its days changed by, so that
  /// one extreme day of it does not set the level.
  private mutating func acceptLevel() {
    let event = events[events.count - 1]
    let move = LevelChange(event)
    for (day, value) in values where day < event.onset.number {
      values[day] = move.applied(to: value)
    }
    for day in event.days { masked.remove(day.day.number) }
    events[events.count - 1].isAccepted = true
    isOpen = false
    leaning = nil
  }

  /// The first and last days of a month carry their own costs: such a day is expected if the same
  /// day of the month before went as far.
  private func resemblesMonthEdge(_ day: AnomalyDay) -> Bool {
    let period = day.day.period
    let counterpart: Day
    switch day.day {
    case period.firstDay: counterpart = period.previous.firstDay
    case period.lastDay: counterpart = period.previous.lastDay
    default: return false
    }
    guard let earlier = raw[counterpart.number] else { return false }
    switch day.kind {
    case .spike: return earlier >= day.actual - day.band
    case .drop: return earlier <= day.actual + day.band
    }
  }
}

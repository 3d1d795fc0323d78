import BillingModel

/// Judges one day of one series by every head, and moves its events on.
struct DayJudging {
  let day: Int
  let settings: AnomalySettings
  let natures: DayNatures
  let crowd: ClosedRange<Int>?
  /// The day is one of the last of an open period: nothing is said of what it lacks.
  let isIncomplete: Bool
  /// Other series of the payer have rows on that day.
  let isCovered: Bool
  /// The first day of the payer's history.
  let origin: Int
  let isPart: Bool

  private var multiple: Int { isPart ? settings.partMultiple : RobustStatistics.million }

  mutating func judge(_ track: inout SeriesTrack, _ outlook: SeriesTrack.Outlook?) {
    guard track.hasRows(day) else { return judgeAbsence(&track) }
    guard let outlook else { return judgeArrival(&track) }
    track.lastJudged = day
    let isOrdinary = natures[day].isOrdinary
    let allowance = Allowance(
      day, track, outlook, crowd: crowd, natures, settings)
    let verdict = DayHead(track, settings, isPart: isPart)
      .verdict(day, outlook, allowance, isOrdinary: isOrdinary)
    if isIncomplete, verdict.deviation < 0 { return }
    if carryOn(&track, verdict, outlook) { return }
    track.close()
    if verdict.ratio >= RobustStatistics.million {
      return open(&track, [verdict], .day, ratio: verdict.ratio)
    }
    if isOrdinary {
      track.quiet = track.quiet.suffix(6) + [verdict]
      let noise = outlook.baseline.deviation
      if let found = LevelHead.alarm(
        track.quiet, deviation: noise, track, settings, multiple: multiple)
      {
        if found.ratio >= RobustStatistics.million {
          return open(&track, raised(found.days, found.ratio), .level, ratio: found.ratio)
        }
        if found.ratio >= verdict.ratio, found.ratio >= RobustStatistics.million / 2 {
          track.candidates.append(verdict.with(ratio: found.ratio))
          return leak(&track, outlook)
        }
      }
    }
    if verdict.ratio >= RobustStatistics.million / 2 { track.candidates.append(verdict) }
    if isOrdinary { leak(&track, outlook) }
  }

  private func leak(_ track: inout SeriesTrack, _ outlook: SeriesTrack.Outlook) {
    let head = LeakHead(track, natures, settings, multiple: multiple)
    guard let found = head.alarm(day, outlook) else { return }
    open(&track, found.days, .leak, ratio: found.ratio)
  }

  /// The last day carries how sure the days are together.
  private func raised(_ days: [AnomalyDay], _ ratio: Int) -> [AnomalyDay] {
    days.dropLast() + [days[days.count - 1].with(ratio: max(ratio, days[days.count - 1].ratio))]
  }

  // MARK: Events

  /// Whether the day belongs to the event that is open.
  private func carryOn(
    _ track: inout SeriesTrack, _ verdict: AnomalyDay, _ outlook: SeriesTrack.Outlook
  ) -> Bool {
    guard let event = track.openEvent, event.head != .new, event.head != .stopped else {
      return false
    }
    let deviation = natures[day].isOrdinary ? verdict.deviation : outlook.residual
    guard AnomalyDirection(deviation) == event.direction, Swift.abs(deviation) >= event.keep
    else { return false }
    append(&track, verdict)
    return true
  }

  private func append(_ track: inout SeriesTrack, _ verdict: AnomalyDay) {
    track.events[track.events.count - 1].append(verdict)
    track.mask([verdict])
    settle(&track)
  }

  /// Takes a level for normal that has lasted.
  private func settle(_ track: inout SeriesTrack) {
    guard let event = track.openEvent, event.days.count >= settings.acceptAfter else { return }
    // What has stopped or begun has no level of its own before.
    if event.head == .stopped || event.head == .new { return track.acceptEvent() }
    let isRising =
      event.head == .leak && isLeaking(event)
      || event.isGrowing(last: settings.acceptAfter, settings)
    if !isRising || event.days.count >= settings.acceptLeakAfter { track.acceptLevel() }
  }

  private func isLeaking(_ event: AnomalyEvent) -> Bool {
    RobustStatistics.slope(
      event.days.suffix(settings.acceptAfter).map { ($0.day.number, $0.deviation) })
      * event.direction.sign >= settings.leakSlope / 2
  }

  private func open(
    _ track: inout SeriesTrack, _ days: [AnomalyDay], _ head: AnomalyHead, ratio: Int
  ) {
    let direction = days[days.count - 1].direction
    if let event = track.events.last, event.direction == direction,
      continues(event, days[0].day)
    {
      for day in days where day.day > event.last {
        track.events[track.events.count - 1].append(day)
      }
      track.events[track.events.count - 1].isAccepted = false
    } else {
      let mean = days.reduce(0) { $0 + Swift.abs($1.deviation) } / days.count
      track.events.append(AnomalyEvent(days, head, keep: keep(mean, head, ratio: ratio)))
    }
    track.mask(days)
    track.quiet = []
    settle(&track)
  }

  /// Half of what was over the line, and half of the line where a day was far over it.
  private func keep(_ mean: Int, _ head: AnomalyHead, ratio: Int) -> Int {
    let line = Int(Int128(mean) * 1_000_000 / Int128(max(ratio, RobustStatistics.million)))
    return max(line / 2, head == .leak ? settings.leakRise / 3 : 1)
  }

  private func continues(_ event: AnomalyEvent, _ onset: Day) -> Bool {
    if event.isAccepted { return event.last.distance(to: onset) <= settings.resumeDays }
    return event.onset.distance(to: onset) <= settings.mergeDays
  }

  // MARK: Stopped and new

  /// A missing day is no day without cost. Several, where a series had rows on nearly every day and
  /// others of the payer have theirs, say that it has stopped.
  private func judgeAbsence(_ track: inout SeriesTrack) {
    guard isCovered, !isIncomplete, track.first < day else { return }
    if let event = track.openEvent, event.head == .stopped {
      return append(&track, absent(day, expected: event.days[0].expected, track))
    }
    let gap = day - settings.stoppedDays + 1
    guard !track.hasRows(gap), track.hasRows(gap - 1),
      (gap...day).allSatisfy({ !track.hasRows($0) }),
      (gap - settings.settledDays..<gap).count(where: { track.hasRows($0) })
        >= settings.settledDays * 9 / 10,
      let outlook = track.outlook(gap, natures, settings)
    else { return }
    let days = (gap...day).map { day in
      let position = outlook.baseline.expected(Day(number: day).weekday)
      return absent(day, expected: track.scale.cost(at: position), track)
    }
    let mean = days.reduce(Int128(0)) { $0 + $1.expected } / Int128(days.count)
    guard mean >= track.leastMoney else { return }
    track.close()
    track.events.append(AnomalyEvent(days, .stopped, keep: 0))
  }

  private func absent(_ day: Int, expected: Int128, _ track: SeriesTrack) -> AnomalyDay {
    AnomalyDay(
      day: Day(number: day), actual: 0, expected: expected, low: 0, high: expected,
      deviation: -track.scale.position(of: expected),
      ratio: Int(min(20, expected / track.leastMoney)) * RobustStatistics.million)
  }

  /// Rows where the payer had none for weeks.
  private func judgeArrival(_ track: inout SeriesTrack) {
    let cost = track.cost(day)
    let ratio = Int(
      min(20_000_000, cost * 1_000_000 / (track.leastMoney * settings.newMoney)))
    let verdict = AnomalyDay(
      day: Day(number: day), actual: cost, expected: 0, low: 0,
      high: track.leastMoney * settings.newMoney, deviation: track.position(day), ratio: ratio)
    if let event = track.openEvent, event.head == .new {
      if cost > 0 { append(&track, verdict) }
      return
    }
    guard track.first - origin >= settings.newAfter, track.events.isEmpty,
      ratio >= RobustStatistics.million
    else { return }
    track.events.append(AnomalyEvent([verdict], .new, keep: 0))
  }
}

extension AnomalyDay {
  func with(ratio: Int) -> AnomalyDay {
    AnomalyDay(
      day: day, actual: actual, expected: expected, low: low, high: high, deviation: deviation,
      ratio: ratio)
  }
}

extension SeriesTrack {
  mutating func close() {
    if !events.isEmpty { events[events.count - 1].isOpen = false }
  }
}

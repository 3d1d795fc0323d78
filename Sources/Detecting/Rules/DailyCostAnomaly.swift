import BillingModel
import ExactNumbers

/// The daily cost of an account and service left what its own history makes likely, up or down.
///
/// *Formula.* |actual − expected| > band, where expected is a robust level times the weekday's factor
/// over the last 56 days, and the band is the largest of 4½ robust standard deviations, 15 % of what
/// was expected, and a floor in money (see ``Baseline``). Consecutive alarm days are one event, which
/// is listed in the month of its onset; its impact is Σ (actual − expected).
/// *Source.* Seasonal medians with a median absolute deviation: Hampel, *The influence curve and its
/// role in robust estimation* (1974).
/// *False positives.* A first or last day of a month that looks like the one before is expected. A day
/// without rows is not a day without cost. The last two days of an open month are incomplete and are
/// not judged for drops, and a drop that rejected rows may explain is a candidate only, as is
/// everything in a month that came when it was history already. Fees, tax and support are month-long
/// rows and are no daily series.
struct DailyCostAnomaly: Detector {
  static let id: RuleID = "DailyCostAnomaly"
  var settings: AnomalySettings

  init(settings: AnomalySettings = AnomalySettings()) { self.settings = settings }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    let lastDays = Self.lastDays(facts)
    let lines = LinesByDay(facts.bookings)
    for series in facts.history {
      guard let micros = MicroSeries(series) else {
        judgement.unjudged.append(UnjudgedSeries(series.key, "a day costs more than 10¹² units"))
        continue
      }
      let replay = SeriesReplay(
        micros, through: facts.billingPeriod,
        incompleteFrom: lastDays[series.key.billingAccountID].map {
          $0.advanced(by: 1 - settings.incompleteDays)
        },
        leastMoney: settings.leastMoney(series.key.currency), settings: settings)
      if let reason = unjudged(micros, replay, facts.billingPeriod) {
        judgement.unjudged.append(UnjudgedSeries(series.key, reason))
      }
      try report(replay, series.key, facts, lines, into: &judgement)
    }
    return judgement
  }

  /// The last day of data of each payer whose period is open.
  private static func lastDays(_ facts: PeriodFacts) -> [Text: Day] {
    var days: [Text: Day] = [:]
    for series in facts.history where facts.openPayers.contains(series.key.billingAccountID) {
      guard let last = series.days.keys.filter({ $0 < facts.billingPeriod.end }).max() else {
        continue
      }
      days[series.key.billingAccountID] = max(days[series.key.billingAccountID] ?? last, last)
    }
    return days
  }

  /// Why no day of the month was judged, if so. A series that ended more than two weeks before the
  /// month has nothing to judge.
  private func unjudged(
    _ series: MicroSeries, _ replay: SeriesReplay, _ period: BillingPeriod
  ) -> String? {
    let first = period.firstDay.number
    if replay.judgedDays.contains(where: { $0 >= first }) { return nil }
    let days = series.values.keys.filter { $0 < period.end.number }
    if days.contains(where: { $0 >= first }) {
      return days.count <= settings.leastHistory
        ? "fewer than \(settings.leastHistory) days of history" : "too few days in the last weeks"
    }
    return days.contains { $0 >= first - settings.leastHistory } ? "no rows in this month" : nil
  }

  private func report(
    _ replay: SeriesReplay, _ series: DailySeries.Key, _ facts: PeriodFacts, _ lines: LinesByDay,
    into judgement: inout Judgement
  ) throws(AmountOverflow) {
    let rejected = RejectedCost(facts, series)
    for event in replay.events where facts.billingPeriod.contains(event.onset) {
      let finding = try finding(event, series, facts, lines)
      if let reason = reasonToWithhold(event, finding, facts, rejected) {
        judgement.candidates.append(finding)
        judgement.unchecked.append(Self.unchecked(reason))
      } else {
        judgement.findings.append(finding)
      }
    }
    for day in replay.candidates where facts.billingPeriod.contains(day.day) {
      judgement.candidates.append(try finding(AnomalyEvent(day), series, facts, lines))
    }
  }

  /// Why an event is a candidate only. A month without events says nothing here, so that its summary
  /// stays the same when it is no longer one of the newest two.
  private func reasonToWithhold(
    _ event: AnomalyEvent, _ finding: Finding, _ facts: PeriodFacts, _ rejected: RejectedCost
  ) -> String? {
    if !facts.reportsAnomalies {
      return "older than the newest two months when it was booked; its anomalies are listed as "
        + "candidates"
    }
    guard event.kind == .drop, rejected.mayExplain(finding.amountAtStake) else { return nil }
    return
      "payer \(finding.key.billingAccountID): rows were rejected, which may explain drops; those "
      + "are listed as candidates"
  }

  private func finding(
    _ event: AnomalyEvent, _ series: DailySeries.Key, _ facts: PeriodFacts, _ lines: LinesByDay
  ) throws(AmountOverflow) -> Finding {
    var key = Self.key(series.billingAccountID, facts.billingPeriod, series.currency)
    key.subAccountID = series.subAccountID
    key.serviceName = series.serviceName
    key.detail = Text("\(event.kind.rawValue) \(event.onset)")
    let count = lines.count(of: series, event.onset...event.last)
    var finding = try AnomalyClaim(event, series, settings).claim().finding(key, lines: count)
    finding.chargePeriodStart = event.onset
    finding.chargePeriodEnd = event.last
    return finding
  }
}

/// The line items of each series of a month by day: counted once, not once a finding.
private struct LinesByDay {
  private var counts: [DailySeries.Key: [Day: Int]] = [:]

  init(_ bookings: [Booking]) {
    for charge in bookings.lazy.flatMap(\.charges) {
      guard charge.key.chargeType.chargeClass == .usage, let day = charge.key.day else { continue }
      let series = DailySeries.Key(
        billingAccountID: charge.key.billingAccountID, subAccountID: charge.key.subAccountID,
        serviceName: charge.key.serviceName, currency: charge.key.currency)
      counts[series, default: [:]][day, default: 0] += charge.sums.lineItems
    }
  }

  func count(of series: DailySeries.Key, _ days: ClosedRange<Day>) -> Int {
    counts[series]?.filter { days.contains($0.key) }.values.reduce(0, +) ?? 0
  }
}

extension UnjudgedSeries {
  fileprivate init(_ key: DailySeries.Key, _ reason: String) {
    self.init(
      billingAccountID: key.billingAccountID, subAccountID: key.subAccountID,
      serviceName: key.serviceName, currency: key.currency, reason: Text(reason))
  }
}

package import BillingModel
package import ExactNumbers

/// The daily cost of an account's service, or of a part of it, left what its own history makes likely, up or
/// down.
///
/// *Formula.* Costs are compared as asinh(cost / unit). Expected is a robust level plus the effect of the
/// weekday over the last 56 days (see ``Baseline``), with an allowance for the edges of months and for days
/// that a calendar names (``Allowance``). Five heads raise an alarm: a single day (``DayHead``), several days
/// on one side (``LevelHead``), a rise that goes on (``LeakHead``), no rows any more, and rows where there were
/// none (``DayJudging``). Consecutive alarm days are one event, which is listed in the month of its onset and
/// put down to the smallest parts of the costs that explain it (``RootCause``, ``SharedCause``); its impact is
/// Σ (actual − expected).
/// *Source.* Seasonal medians with a median absolute deviation: Hampel, *The influence curve and its
/// role in robust estimation* (1974); slopes: Sen, *Estimates of the regression coefficient based on Kendall's
/// tau* (1968); root causes: Li et al., *Generic and robust localization of multi-dimensional root causes*
/// (2019).
/// *False positives.* First and last days of a month that look like those before are expected, and so is what
/// most series do on such a day. A day without rows is not a day without cost. The last two days of an open
/// month are incomplete and are not judged for drops, and a drop that rejected rows may explain is a candidate
/// only, as is everything in a month that came when it was history already. Fees, tax and support are
/// month-long rows and are no daily series.
package struct DailyCostAnomaly: Detector {
  package static let id: RuleID = "DailyCostAnomaly"
  package var settings: AnomalySettings

  package init(settings: AnomalySettings = AnomalySettings()) { self.settings = settings }

  private struct Book: Hashable, Comparable {
    let payer: Text
    let currency: CurrencyCode

    static func < (a: Book, b: Book) -> Bool { (a.payer, a.currency) < (b.payer, b.currency) }
  }

  package func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    let lastDays = Self.lastDays(facts)
    let lines = LinesByDay(facts.bookings)
    let books = Dictionary(grouping: facts.history) {
      Book(payer: $0.key.billingAccountID, currency: $0.key.currency)
    }
    for (book, history) in books.sorted(by: { $0.key < $1.key }) {
      let search = AnomalySearch(
        history, facts,
        incompleteFrom: lastDays[book.payer].map { $0.advanced(by: 1 - settings.incompleteDays) },
        settings)
      judgement.unjudged += search.unjudged.map { UnjudgedSeries($0.key, $0.reason) }
      let report = AnomalyReport(
        search, facts, payer: book.payer, currency: book.currency, lines, settings)
      try report.write(into: &judgement)
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
}

/// The line items of each series of a month by day: counted once, not once a finding.
struct LinesByDay {
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

import BillingModel
import ExactNumbers

/// Works out the figures of an incident.
struct AnomalyMeasures {
  private let incident: AnomalyIncident
  private let search: AnomalySearch
  private let period: BillingPeriod
  private let settings: AnomalySettings

  init(
    _ incident: AnomalyIncident, _ search: AnomalySearch, _ period: BillingPeriod,
    _ settings: AnomalySettings
  ) {
    self.incident = incident
    self.search = search
    self.period = period
    self.settings = settings
  }

  func figures() throws(AmountOverflow) -> AnomalyFigures {
    let event = incident.event
    let peak = peak()
    var figures = AnomalyFigures(
      shape: Text(AnomalyShape(event, settings).rawValue), onset: event.onset,
      raised: event.raised, lastDay: event.last,
      daysSinceStart: event.onset.distance(to: event.last) + 1,
      peakDay: peak.day, actual: try MicroSeries.amount(peak.actual),
      expected: try MicroSeries.amount(peak.expected), low: try MicroSeries.amount(peak.low),
      high: try MicroSeries.amount(peak.high),
      score: .ppm(Int128(incident.score)), atRisk: try MicroSeries.amount(atRisk()))
    figures.yesterday = try mean([peak.day.number - 1])
    figures.meanOfSevenDays = try mean((1...7).map { peak.day.number - $0 })
    figures.meanOfSameWeekdays = try mean((1...4).map { peak.day.number - 7 * $0 })
    figures.meanOfSameMonthDays = try mean(sameMonthDays(peak.day))
    if let effects = PriceAndQuantity(incident.changes), !isUncut {
      figures.priceEffect = try MicroSeries.amount(effects.price)
      figures.quantityEffect = try MicroSeries.amount(effects.quantity)
    }
    figures.causeSubAccountID = incident.scope[.subAccount]
    figures.causeServiceName = incident.scope[.service]
    figures.causeRegionID = incident.scope[.region]
    figures.causeUsageType = incident.scope[.usageType]
    figures.causeOwner = incident.scope[.owner]
    if let offset = incident.offset { figures.offsetBy = offset.phrase.english }
    return figures
  }

  private var isUncut: Bool {
    incident.changes.allSatisfy { search.leaves[$0.leaf].quantities.isEmpty }
  }

  /// The peak of the event; where the cause is a part of what was judged, what the part cost on that day.
  private func peak() -> AnomalyDay {
    let peak = incident.event.peak
    guard !incident.isExact else { return peak }
    let changes = incident.changes.map {
      LeafChange(
        $0.leaf, of: search.leaves, days: [peak.day], onset: incident.event.onset,
        search.natures)
    }
    let expected = changes.reduce(Int128(0)) { $0 + $1.expected }
    return AnomalyDay(
      day: peak.day, actual: changes.reduce(0) { $0 + $1.actual }, expected: expected,
      low: Self.scaled(expected, peak.low, of: peak.expected),
      high: Self.scaled(expected, peak.high, of: peak.expected), deviation: peak.deviation,
      ratio: peak.ratio)
  }

  /// The edge of a band that is as wide, for its size, as that of the series it was seen in.
  private static func scaled(_ expected: Int128, _ edge: Int128, of middle: Int128) -> Int128 {
    guard middle > 0 else { return edge }
    return expected * (edge * 1_000_000 / middle) / 1_000_000
  }

  /// What a day of it moves by now, for each day of the month that is left; nothing once it has ended.
  private func atRisk() -> Int128 {
    guard incident.event.isOpen || incident.event.isAccepted else { return 0 }
    let event = incident.event
    let left = Int128(max(0, event.last.distance(to: period.lastDay)))
    let own = event.actual - event.expected
    let daily =
      incident.isExact || own == 0 ? event.daily : incident.difference / Int128(event.days.count)
    return daily * left
  }

  /// The mean of the days that have rows.
  private func mean(_ days: [Int]) throws(AmountOverflow) -> Amount? {
    var sum: Int128 = 0
    var count: Int128 = 0
    for day in days {
      let costs = incident.changes.compactMap { search.leaves[$0.leaf].costs.values[day] }
      if costs.isEmpty { continue }
      sum += costs.reduce(0, +)
      count += 1
    }
    return count == 0 ? nil : try MicroSeries.amount(sum / count)
  }

  private func sameMonthDays(_ day: Day) -> [Int] {
    var period = day.period
    let offset = period.firstDay.distance(to: day)
    return (0..<4).compactMap { _ in
      period = period.previous
      return offset < period.dayCount ? period.firstDay.advanced(by: offset).number : nil
    }
  }
}

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

  /// What the days of the event cost, to the last digit.
  func actual() throws(AmountOverflow) -> Amount {
    let cut = incident.changes.reduce(Int128(0)) { $0 + $1.remainder }
    let actual = incident.changes.reduce(Int128(0)) { $0 + $1.actual }
    guard incident.isExact else { return try MicroSeries.amount(actual, remainder: cut) }
    return isMadeOfParts
      ? try MicroSeries.amount(actual, remainder: cut)
      : try MicroSeries.amount(incident.event.actual)
  }

  /// Whether what is known of the usage types comes to what was judged.
  private var isMadeOfParts: Bool {
    guard incident.isExact else { return true }
    let actual = incident.changes.reduce(Int128(0)) { $0 + $1.actual }
    // Each day of the series and of its parts was cut by itself: they may differ by a millionth for each.
    let margin = Int128((incident.changes.count + 1) * incident.event.days.count)
    return (actual - incident.event.actual).magnitudeValue <= margin
  }

  /// What they should have cost: an estimate, in cents.
  func expected() throws(AmountOverflow) -> Amount {
    let actual = incident.changes.reduce(Int128(0)) { $0 + $1.actual }
    let expected = incident.isExact ? incident.event.expected : actual - incident.difference
    return try MicroSeries.amount(expected).rounded(toFractionDigits: 2, .halfAwayFromZero)
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
    if let effects = PriceAndQuantity(incident.changes), !isUncut, isMadeOfParts {
      // The whole may expect more or less than its parts: that is more or less quantity at their prices.
      let price = try MicroSeries.amount(effects.price)
      figures.priceEffect = price
      figures.quantityEffect = try actual() - expected() - price
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

  /// The day that differs most; where the cause is a part of what was judged, by what the part cost.
  private func peak() -> AnomalyDay {
    let days = incident.event.days.map(own)
    let isUp = incident.direction == .up
    return days.dropFirst().reduce(days[0]) { largest, day in
      let isLarger =
        isUp ? day.difference >= largest.difference : day.difference <= largest.difference
      return isLarger ? day : largest
    }
  }

  /// A day of the event as the part shows it.
  private func own(_ peak: AnomalyDay) -> AnomalyDay {
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

  /// What a day of it moves by now, for each day of the month that is still to come; nothing once it has ended.
  private func atRisk() -> Int128 {
    guard incident.event.isOpen || incident.event.isAccepted else { return 0 }
    let event = incident.event
    let known = max(event.last, search.lastDay)
    let left = Int128(max(0, known.distance(to: period.lastDay)))
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

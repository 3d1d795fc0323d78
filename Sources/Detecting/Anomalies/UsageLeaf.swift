import BillingModel
import ExactNumbers

/// One usage type of one account, service and region, with its owner: the smallest thing that an anomaly
/// can be put down to.
struct UsageLeaf {
  let key: UsageSeries.Key
  let owner: Text
  let costs: MicroSeries
  /// In millionths of its unit, by day number.
  let quantities: [Int: Int128]
  let lines: [Int: Int]
  /// The first day on which anything is known of the usage types of its service.
  private(set) var since = Int.min

  /// Nil if a day holds more than can be a day's cost.
  init?(_ series: UsageSeries, owner: Text) {
    guard let costs = MicroSeries(series.days.map { ($0.day, $0.billedCost) }) else { return nil }
    self.costs = costs
    self.owner = owner
    key = series.key
    let unitsPerMicro: Int128 = 1_000_000_000_000
    quantities = Dictionary(
      series.days.compactMap { day in
        day.quantity.map { (day.day.number, $0.units / unitsPerMicro) }
      }, uniquingKeysWith: +)
    lines = Dictionary(series.days.map { ($0.day.number, $0.lineItems) }, uniquingKeysWith: +)
  }

  /// Of a series whose parts are not known.
  init(whole key: DailySeries.Key, _ costs: MicroSeries, owner: Text) {
    self.key = UsageSeries.Key(
      billingAccountID: key.billingAccountID, currency: key.currency,
      subAccountID: key.subAccountID, serviceName: key.serviceName, regionID: "", usageType: "",
      unit: "")
    self.costs = costs
    self.owner = owner
    quantities = [:]
    lines = [:]
  }

  /// A day before anything is known of a service says nothing of its parts.
  static func withFirstDays(_ leaves: [UsageLeaf]) -> [UsageLeaf] {
    var first: [DailySeries.Key: Int] = [:]
    for leaf in leaves {
      guard let day = leaf.costs.values.keys.min() else { continue }
      first[leaf.key.service] = min(first[leaf.key.service] ?? day, day)
    }
    return leaves.map { leaf in
      var leaf = leaf
      leaf.since = first[leaf.key.service] ?? .min
      return leaf
    }
  }
}

/// What the days of an event cost in one leaf, and what they should have cost.
struct LeafChange {
  /// Its place among the leaves of the search.
  let leaf: Int
  private(set) var actual: Int128 = 0
  /// What was cut off of it.
  private(set) var remainder: Int128 = 0
  private(set) var expected: Int128 = 0
  /// Σ quantity of days that state one, and what it should have been.
  private(set) var quantity: Int128 = 0
  private(set) var expectedQuantity: Int128 = 0

  var difference: Int128 { actual - expected }

  /// Expected is the median of the last four ordinary same weekdays before the onset; a day without rows counts
  /// as nothing here, since it is a part of a sum, but none before the service's first day counts.
  init(_ leaf: Int, of leaves: [UsageLeaf], days: [Day], onset: Day, _ natures: DayNatures) {
    self.leaf = leaf
    let series = leaves[leaf]
    for day in days {
      actual += series.costs.values[day.number] ?? 0
      remainder += series.costs.remainders[day.number] ?? 0
      quantity += series.quantities[day.number] ?? 0
      let past = Self.sameWeekdays(day, before: onset, since: series.since, natures)
      expected += Self.median(past.map { series.costs.values[$0] ?? 0 })
      expectedQuantity += Self.median(past.map { series.quantities[$0] ?? 0 })
    }
  }

  /// Where the last two months hold no four ordinary ones, any.
  private static func sameWeekdays(
    _ day: Day, before onset: Day, since first: Int, _ natures: DayNatures
  ) -> [Int] {
    var last = day.number - 7
    while last >= onset.number { last -= 7 }
    let weeks = (0..<8).map { last - 7 * $0 }.filter { $0 >= first }
    let ordinary = weeks.filter { natures[$0].isOrdinary }
    let enough = min(4, weeks.count)
    return Array((ordinary.count >= enough ? ordinary : weeks).prefix(4))
  }

  private static func median(_ values: [Int128]) -> Int128 {
    if values.isEmpty { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

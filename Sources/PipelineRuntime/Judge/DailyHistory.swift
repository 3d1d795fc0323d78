import BillingLedger
import BillingModel
import ExactNumbers

/// The daily usage cost of every account and service over all booked periods, and of the last months that
/// of every region and usage type.
struct DailyHistory {
  private var days: [DailySeries.Key: [Day: Amount]] = [:]
  private var usage: [UsageSeries.Key: [UsageSeries.DayUsage]] = [:]
  /// Usage types are kept from this day on.
  private let usageFrom: Day

  /// How far back of a judged month usage types are looked at.
  private static let usageDays = 200

  /// - Parameter period: The first one that is judged.
  init(judging period: BillingPeriod? = nil) {
    usageFrom = period?.firstDay.advanced(by: -Self.usageDays) ?? Day(number: 0)
  }

  /// Of versions whose usage types are not known. Fees, tax, support and credits are rows of a whole month
  /// dated on one day: no daily series.
  mutating func add(_ charges: [ChargeSummary]) throws(AmountOverflow) {
    for charge in charges where charge.key.chargeType.chargeClass == .usage {
      guard let day = charge.key.day else { continue }
      let key = DailySeries.Key(
        billingAccountID: charge.key.billingAccountID, subAccountID: charge.key.subAccountID,
        serviceName: charge.key.serviceName, currency: charge.key.currency)
      try days[key, default: [:]][day, default: .zero] += charge.billedCost
    }
  }

  mutating func add(_ usage: [UsageCost]) throws(AmountOverflow) {
    for cost in usage {
      try days[cost.series, default: [:]][cost.day, default: .zero] += cost.billedCost
    }
  }

  mutating func add(_ summaries: [UsageSummary]) throws(AmountOverflow) {
    for summary in summaries {
      let series = summary.series
      for day in series.days {
        try days[series.key.service, default: [:]][day.day, default: .zero] += day.billedCost
      }
      let recent = series.days.filter { $0.day >= usageFrom }
      if !recent.isEmpty { usage[series.key, default: []] += recent }
    }
  }

  /// Every series up to the end of a period, in the order of its key.
  func series(through period: BillingPeriod) -> [DailySeries] {
    days.map { key, amounts in
      DailySeries(key: key, days: amounts.filter { $0.key < period.end })
    }
    .filter { !$0.days.isEmpty }
    .sorted { $0.key < $1.key }
  }

  /// Every usage type up to the end of a period, in the order of its key. A day that two months hold, as
  /// usage that is billed late, is one.
  func usage(through period: BillingPeriod) throws(AmountOverflow) -> [UsageSeries] {
    var result: [UsageSeries] = []
    for (key, all) in usage {
      var days: [Day: UsageSeries.DayUsage] = [:]
      for day in all where day.day < period.end {
        guard var known = days[day.day] else {
          days[day.day] = day
          continue
        }
        try known.billedCost += day.billedCost
        if let quantity = day.quantity { known.quantity = try (known.quantity ?? .zero) + quantity }
        known.lineItems += day.lineItems
        days[day.day] = known
      }
      if days.isEmpty { continue }
      result.append(UsageSeries(key: key, days: days.values.sorted { $0.day < $1.day }))
    }
    return result.sorted { $0.key < $1.key }
  }
}

import BillingLedger
import BillingModel
import ExactNumbers

/// The daily usage cost of every account and service over all booked periods.
struct DailyHistory {
  private var days: [DailySeries.Key: [Day: Amount]] = [:]

  /// Fees, tax, support and credits are rows of a whole month dated on one day: no daily series.
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

  /// Every series up to the end of a period, in the order of its key.
  func series(through period: BillingPeriod) -> [DailySeries] {
    days.map { key, amounts in
      DailySeries(key: key, days: amounts.filter { $0.key < period.end })
    }
    .filter { !$0.days.isEmpty }
    .sorted { $0.key < $1.key }
  }
}

import BillingModel
import ExactNumbers
import Tabulating

/// Makes daily series out of the groups of ``ExportQuery/usageKey``.
struct UsageReading {
  private let groups: MergedGroups
  private let book: ChargeBook

  init(_ groups: MergedGroups, _ book: ChargeBook) {
    self.groups = groups
    self.book = book
  }

  private struct Month: Hashable {
    var period: BillingPeriod
    var key: UsageSeries.Key
  }

  private struct Sums {
    var cost = Amount.zero
    var quantity: Amount?
    var rows = 0
  }

  /// Sorted by period and key. Fees, tax, support and credits are rows of a whole month dated on one day:
  /// no daily series.
  func summaries(_ texts: inout TableTexts) throws(AmountOverflow) -> [UsageSummary] {
    var days: [Month: [Day: Sums]] = [:]
    var classes: [Int: ChargeClass] = [:]
    for index in 0..<groups.count {
      groups.prefetch(index + 8)
      let group = groups[index]
      let type = group.text(7)
      let charge = classes[type] ?? ChargeType(texts[type]).chargeClass
      classes[type] = charge
      guard charge == .usage, let day = group.number(14) else { continue }
      let month = Month(period: group.period(1), key: key(group, &texts))
      try add(
        group, month.period, &days[month, default: [:]][Day(number: day), default: Sums()], &texts)
    }
    return days.map { month, days in
      UsageSummary(
        billingPeriod: month.period,
        series: UsageSeries(
          key: month.key,
          days: days.sorted { $0.key < $1.key }.map { day, sums in
            UsageSeries.DayUsage(
              day: day, billedCost: sums.cost, quantity: sums.quantity, lineItems: sums.rows)
          }))
    }
    .sorted { ($0.billingPeriod, $0.series.key) < ($1.billingPeriod, $1.series.key) }
  }

  private func key(_ group: GroupRow, _ texts: inout TableTexts) -> UsageSeries.Key {
    UsageSeries.Key(
      billingAccountID: texts[group.text(0)], currency: CurrencyCode(texts[group.text(8)]),
      subAccountID: texts[group.text(9)], serviceName: texts[group.text(11)],
      regionID: texts[group.text(15)], usageType: texts[group.text(16)],
      unit: texts[group.text(17)])
  }

  private func add(
    _ group: GroupRow, _ period: BillingPeriod, _ sums: inout Sums, _ texts: inout TableTexts
  ) throws(AmountOverflow) {
    let invoice = ChargeBook.Group(
      billingAccountID: texts[group.text(0)], billingPeriod: period,
      invoiceID: texts[group.text(2)], currency: CurrencyCode(texts[group.text(8)]))
    try sums.cost += book.billedCost(group.costs, in: invoice)
    if group.stated(2) > 0 { sums.quantity = try (sums.quantity ?? .zero) + group.sum(2) }
    sums.rows += group.rows
  }
}

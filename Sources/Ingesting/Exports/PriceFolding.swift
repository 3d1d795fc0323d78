import BillingModel
import ExactNumbers
import Tabulating

/// Table groups of ``ExportQuery/priceKey`` as price summaries.
enum PriceFolding {
  /// Usage of which the price moves by the hour: its rates would be as many as its rows.
  private static let spot = "SpotUsage"

  /// Each price once, in the order of the groups: rates that are spelled differently are one, and where
  /// a rate says nothing its groups fold into one without a rate.
  static func prices(
    _ groups: MergedGroups, _ texts: inout TableTexts
  ) throws(AmountOverflow) -> [PriceSummary] {
    var result: [PriceSummary] = []
    var indices: [[Text]: Int] = [:]
    for index in 0..<groups.count {
      let price = PriceSummary(groups[index], &texts)
      if let known = indices[price.parts] {
        try result[known].sums.add(price.sums)
      } else {
        indices[price.parts] = result.count
        result.append(price)
      }
    }
    return result
  }

  /// What a row's rate says of its price.
  fileprivate static func rate(
    _ spelling: Text, _ type: ChargeType, _ usageType: Text
  ) -> Amount? {
    guard type == "Usage", !usageType.string.contains(spot) else { return nil }
    return try? Amount(parsing: spelling.string)
  }
}

extension PriceSummary {
  fileprivate init(_ group: GroupRow, _ texts: inout TableTexts) {
    let type = ChargeType(texts[group.text(3)])
    let usageType = texts[group.text(7)]
    self.init(
      billingAccountID: texts[group.text(0)], billingPeriod: group.period(1),
      currency: CurrencyCode(texts[group.text(2)]), chargeType: type,
      subAccountID: texts[group.text(4)], serviceName: texts[group.text(5)],
      productCode: texts[group.text(6)], usageType: usageType, regionID: texts[group.text(8)],
      pricingUnit: texts[group.text(9)], skuID: texts[group.text(10)],
      rate: PriceFolding.rate(texts[group.text(11)], type, usageType), sums: group.costs)
  }
}

extension CostSums {
  fileprivate mutating func add(_ other: CostSums) throws(AmountOverflow) {
    try unblended += other.unblended
    try netUnblended += other.netUnblended
    netRows += other.netRows
    lineItems += other.lineItems
  }
}

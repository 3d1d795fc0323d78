import BillingModel
import ExactNumbers

/// The region in the name of a usage type is not the region that the row states.
///
/// *Formula.* Usage whose type begins with the code of one region (`USW2-`) and whose region is another, by
/// account and usage type; at stake is its cost, for a region has prices of its own.
/// *Source.* AWS CUR user guide, `lineItem/UsageType`; the codes are those of AWS's price list.
/// *False positives.* Transfer between two regions names both and is left out, as are prefixes without a
/// table entry: edge locations (`US-`, `EU-`), zones (`USW2-LAX1-`) and global services.
struct RegionMismatch: Detector {
  static let id: RuleID = "RegionMismatch"

  private struct Place: Hashable {
    var currency: CurrencyCode
    var account: Text
    var service: Text
    var usageType: Text
    var stated: Text
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try Self.judgePrices(of: facts.bookings, needing: .regionID) {
      (booking) throws(AmountOverflow) in
      var groups: [Place: ChargeGroup] = [:]
      for price in booking.prices where Self.named(price) != nil {
        let place = Place(
          currency: price.currency, account: price.subAccountID, service: price.serviceName,
          usageType: price.usageType, stated: price.regionID)
        try groups[place, default: ChargeGroup()].add(price)
      }
      var judgement = Judgement()
      for (place, group) in groups where !group.gross.isZero {
        var key = Self.key(booking.billingAccountID, booking.billingPeriod, place.currency)
        key.subAccountID = place.account
        key.serviceName = place.service
        key.usageType = place.usageType
        key.detail = place.stated
        var finding = Self.claim(group, place).finding(
          key, lines: group.lines, selection: Self.selection(place))
        finding.regionID = place.stated
        judgement.findings.append(finding)
      }
      return judgement
    }
  }

  /// The region that a usage type names, where the row states another.
  private static func named(_ price: PriceSummary) -> Text? {
    guard price.chargeType.chargeClass == .usage, price.regionID.string.contains("-"),
      let named = RegionCode.region(of: price.usageType), named != price.regionID
    else { return nil }
    return named
  }

  private static func selection(_ place: Place) -> Selection {
    Selection(alternatives: [
      [
        .lineItemType: ChargeType.known(as: [.usage]), .subAccountID: [place.account],
        .serviceName: [place.service], .usageType: [place.usageType], .regionID: [place.stated],
      ]
    ])
  }

  private static func claim(_ group: ChargeGroup, _ place: Place) -> Claim {
    let money = Phrase.money(group.cost, place.currency)
    let named = RegionCode.region(of: place.usageType) ?? ""
    return Claim(
      impact: .zero, atStake: group.gross, actual: place.stated.string, expected: named.string,
      explanation: Words(
        "Account \(place.account) is charged \(money) of \(place.usageType), a usage type of \(named), in "
          + "region \(place.stated).",
        zh:
          "账号 \(place.account) 的 \(place.usageType) 属于区域 \(named)，却在区域 \(place.stated) 计费 \(money)。"
      ),
      recommendation: Words(
        "Ask AWS in which region it ran, and compare the rate with that region's price.",
        zh: "请向 AWS 确认实际运行的区域，并与该区域的价格核对单价。"),
      confidence: .likely, leastSeverity: .low)
  }
}

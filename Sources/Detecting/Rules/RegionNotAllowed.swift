import BillingModel
import ExactNumbers

/// Something runs in a region where nothing may run.
///
/// *Formula.* Usage and fees whose region is not among the contract's `regions`, by account and region; at
/// stake is their cost.
/// *Source.* The contract (the company's policy).
/// *False positives.* Global services state no region, `global` or `Any`, and are left out.
struct RegionNotAllowed: Detector {
  static let id: RuleID = "RegionNotAllowed"
  private static let global: Set<Text> = ["", "global", "Any", "any"]

  private struct Place: Hashable {
    var currency: CurrencyCode
    var account: Text
    var region: Text
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let allowed = facts.contract.terms.regions else {
      return .unchecked(Self.unchecked("the contract names no regions (regions)"))
    }
    return try Self.judgePrices(of: facts.bookings, needing: .regionID) {
      (booking) throws(AmountOverflow) in
      var groups: [Place: ChargeGroup] = [:]
      for price in booking.prices where Self.isElsewhere(price, allowed) {
        let place = Place(
          currency: price.currency, account: price.subAccountID, region: price.regionID)
        try groups[place, default: ChargeGroup()].add(price)
      }
      var judgement = Judgement()
      for (place, group) in groups where !group.gross.isZero {
        var key = Self.key(booking.billingAccountID, booking.billingPeriod, place.currency)
        key.subAccountID = place.account
        key.detail = place.region
        var finding = Self.claim(group, place).finding(
          key, lines: group.lines,
          selection: Selection(alternatives: [
            [
              .lineItemType: ChargeType.known(as: [.usage, .purchase]),
              .subAccountID: [place.account], .regionID: [place.region],
            ]
          ]))
        finding.regionID = place.region
        judgement.findings.append(finding)
      }
      return judgement
    }
  }

  private static func isElsewhere(_ price: PriceSummary, _ allowed: Set<Text>) -> Bool {
    let type = price.chargeType.chargeClass
    return (type == .usage || type == .purchase) && !global.contains(price.regionID)
      && !allowed.contains(price.regionID)
  }

  private static func claim(_ group: ChargeGroup, _ place: Place) -> Claim {
    let money = Phrase.money(group.cost, place.currency)
    return Claim(
      impact: group.cost, atStake: group.gross, actual: place.region.string,
      expected: "one of the contract's regions",
      explanation: Words(
        "Account \(place.account) is charged \(money) in region \(place.region), where nothing may run.",
        zh: "账号 \(place.account) 在不允许使用的区域 \(place.region) 产生费用 \(money)。"),
      recommendation: Words(
        "Ask the account's owner what runs there and stop it, or add \(place.region) to the contract's "
          + "regions.",
        zh: "请向账号负责人核实并停用，或将 \(place.region) 加入合同的 regions。"),
      confidence: .likely, leastSeverity: .low)
  }
}

extension ChargeGroup {
  mutating func add(_ price: PriceSummary) throws(AmountOverflow) {
    try cost += price.sums.unblended
    try gross += price.sums.unblended.magnitude
    lines += price.sums.lineItems
  }
}

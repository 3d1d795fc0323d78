import BillingModel
import ExactNumbers

/// A unit costs something else than in the month before.
///
/// *Formula.* `Usage` of one SKU and usage type that has one rate in each of the two months, above zero and
/// not the same: what the difference of the rates makes of this month's usage.
/// *Source.* The AWS price list: a rate moves when a new list is published.
/// *False positives.* Announced changes of price, hence an anomaly and a hint. Tiers give several rates and are
/// left out. Without the month before the rule is not checked.
struct RateChanged: Detector {
  static let id: RuleID = "RateChanged"

  private struct Charged {
    var rates: Set<Amount> = []
    var cost = Amount.zero
    var lines = 0

    var rate: Amount? { rates.count == 1 ? rates.first : nil }
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try Self.judgePrices(of: facts.bookings, needing: .skuID) { (booking) throws(AmountOverflow) in
      var judgement = Judgement()
      guard let before = facts.previous(of: booking), !before.lacksPrices else {
        judgement.unchecked = [
          Self.unchecked(booking, "the prices of the month before are not known")
        ]
        return judgement
      }
      let old = try Self.charged(before)
      for (thing, new) in try Self.charged(booking).sorted(by: { $0.key < $1.key }) {
        guard let rate = new.rate, let past = old[thing]?.rate, rate != past else { continue }
        let step = try new.cost.part((rate - past).magnitude, of: rate)
        let claim = Self.claim(
          thing, from: past, to: rate, impact: rate < past ? -step : step, booking)
        judgement.findings.append(
          claim.finding(
            Self.key(thing, booking), lines: new.lines,
            selection: thing.selection([[.unblendedRate: Text(rate.description)]])))
      }
      return judgement
    }.asAnomalies(facts)
  }

  private static func charged(
    _ booking: Booking
  ) throws(AmountOverflow) -> [PricedThing: Charged] {
    var result: [PricedThing: Charged] = [:]
    for price in booking.prices {
      guard let rate = price.rate, rate.isPositive, let thing = PricedThing(price) else {
        continue
      }
      var charged = result[thing] ?? Charged()
      charged.rates.insert(rate)
      try charged.cost += price.sums.unblended
      charged.lines += price.sums.lineItems
      result[thing] = charged
    }
    return result
  }

  private static func claim(
    _ thing: PricedThing, from past: Amount, to rate: Amount, impact: Amount, _ booking: Booking
  ) -> Claim {
    let money = Phrase.money(impact.magnitude, thing.currency)
    let isLess = impact.isNegative
    let month = booking.billingPeriod.previous
    return Claim(
      kind: .anomaly, impact: impact, actual: "\(rate)", expected: "\(past)",
      explanation: Words(
        "A unit of \(thing.usageType) costs \(rate) where it cost \(past) in \(month): \(money) "
          + "\(isLess ? "less" : "more") for this month's usage.",
        zh:
          "\(thing.usageType) 的单价为 \(rate)，\(month) 为 \(past)，本月用量因此\(isLess ? "少" : "多")付 \(money)。"
      ),
      recommendation: Words(
        "Look for a price announcement of AWS, and ask for one if there is none.",
        zh: "请查找 AWS 的调价公告；如果没有，请向其询问。"),
      confidence: .hint)
  }
}

import BillingModel
import ExactNumbers

/// A rate is above the public on-demand rate.
///
/// *Formula.* `Usage` lines: rate > public rate + 10⁻⁶; at stake is Σ (rate − public rate)·usage.
/// *Source.* AWS CUR user guide, `pricing/publicOnDemandRate`: discounts only lower it.
/// *False positives.* The price in the export may be stale, hence a lower confidence. A public rate
/// of zero means that the price list has no price, and is left out.
struct RateAbovePublic: Detector {
  static let id: RuleID = "RateAbovePublic"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Usage"]), .isPositive(.publicOnDemandRate),
          .isPositive(.consumedQuantity),
          .exceeds(.unblendedRate, .publicOnDemandRate, by: .ppm(1)),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType],
        measures: [
          .excess(rate: .unblendedRate, limit: .publicOnDemandRate, quantity: .consumedQuantity),
          .sum(.unblendedCost),
        ],
        captures: Field.evidence + [.unblendedRate, .publicOnDemandRate, .consumedQuantity])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { (suspect) throws(AmountOverflow) in
      let excess = suspect.measures[0]
      let charged = suspect.measures[1]
      let atPublicRate = try charged - excess
      let currency = suspect.currency
      return Claim(
        impact: excess, actual: "\(charged)", expected: "at most \(atPublicRate)",
        explanation: "\(suspect.lines) of \(suspect.subject) "
          + "\(Phrase.verb(suspect.rows, "cost")) \(Phrase.money(charged, currency)); at the public on-demand rate it would be "
          + "\(Phrase.money(atPublicRate, currency)), \(Phrase.money(excess, currency)) less.",
        recommendation: "Compare the rate with the price list of the day, and claim "
          + "\(Phrase.money(excess, currency)) if the list confirms it.",
        confidence: .likely)
    }
  }
}

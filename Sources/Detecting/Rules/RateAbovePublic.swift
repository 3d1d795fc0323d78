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
      let lines = suspect.linesOfSubject
      let cost = Phrase.money(charged, suspect.currency)
      let right = Phrase.money(atPublicRate, suspect.currency)
      let money = Phrase.money(excess, suspect.currency)
      return Claim(
        impact: excess, actual: "\(charged)", expected: "at most \(atPublicRate)",
        explanation: Words(
          "\(lines.english) \(Phrase.verb(suspect.rows, "cost")) \(cost); at the public on-demand rate it would "
            + "be \(right), \(money) less.",
          zh: "\(lines.chinese)收费 \(cost)；按公开按需价应为 \(right)，少 \(money)。"),
        recommendation: Words(
          "Compare the rate with the price list of the day, and claim \(money) if the list confirms it.",
          zh: "请将单价与当日价目表核对；如果价目表证实，请追索 \(money)。"
        ).lessDiscount,
        confidence: .likely)
    }
  }
}

import BillingModel
import ExactNumbers

/// Usage that has a price is charged at a rate of zero.
///
/// *Formula.* `Usage` rows: rate = 0, public rate > 0, quantity > 0; at stake is Σ public rate · quantity.
/// *Source.* AWS CUR user guide, `UnblendedRate` and `publicOnDemandRate`: free tiers are free in the price
/// list as well.
/// *False positives.* Promotions, hence a hint; what is not charged now may be charged later.
struct ChargeableAtZeroRate: Detector {
  static let id: RuleID = "ChargeableAtZeroRate"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Usage"]), .isZero(.unblendedRate),
          .isPositive(.publicOnDemandRate), .isPositive(.consumedQuantity),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType],
        measures: [
          .excess(rate: .unblendedRate, limit: .publicOnDemandRate, quantity: .consumedQuantity)
        ],
        captures: Field.evidence + [.unblendedRate, .publicOnDemandRate, .consumedQuantity])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let missing = suspect.measures[0]
      let money = Phrase.money(missing.magnitude, suspect.currency)
      let lines = suspect.linesOfSubject
      return Claim(
        impact: missing, actual: "0.00", expected: "\(missing.magnitude)",
        explanation: Words(
          "\(lines.english) \(Phrase.verb(suspect.rows, "cost")) nothing, though the "
            + "price list makes it \(money).",
          zh: "\(lines.chinese)未收费，而按公开价应为 \(money)。"),
        recommendation: Words(
          "Find out whether a promotion covers it, and set \(money) aside until then.",
          zh: "请确认是否属于促销；在此之前请预留 \(money)。"),
        confidence: .hint)
    }
  }
}

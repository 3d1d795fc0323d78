import BillingModel
import ExactNumbers

/// Usage that stands under a free tier costs money.
///
/// *Formula.* `Usage` rows with a cost above zero whose usage type holds `FreeTier`, or whose description says
/// that it is under a monthly free tier.
/// *Source.* The AWS price list: the free tier's own rate is zero.
/// *False positives.* What lies beyond a free tier says so in other words, and is left out.
struct FreeTierCharged: Detector {
  static let id: RuleID = "FreeTierCharged"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Usage"]), .isPositive(.unblendedCost),
          .anyOf([
            .containsOneOf(.usageType, ["FreeTier"]),
            .containsOneOf(
              .chargeDescription,
              [
                "under monthly free tier", "under the monthly free tier",
                "under monthly global free tier", "under the monthly global free tier",
              ]),
          ]),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.unblendedCost, .unblendedRate, .chargeDescription])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let cost = suspect.measures[0]
      let money = Phrase.money(cost, suspect.currency)
      let lines = suspect.linesOfSubject
      return Claim(
        impact: cost, actual: "\(cost)", expected: "0.00",
        explanation: Words(
          "\(lines.english) under a free tier \(Phrase.verb(suspect.rows, "cost")) "
            + "\(money).",
          zh: "\(lines.chinese)属于免费套餐，却收费 \(money)。"),
        recommendation: Words(
          "Claim \(money) if the free tier was not used up.", zh: "如果免费额度尚未用完，请追索 \(money)。"
        ).lessDiscount,
        confidence: .strong)
    }
  }
}

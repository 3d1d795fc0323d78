import BillingModel
import ExactNumbers

/// Usage that has a price is charged at a rate of zero.
///
/// *Formula.* `Usage` rows: rate = 0, public rate > 0, quantity > 0, and a description that names no free
/// tier or trial; at stake is Σ public rate · quantity, by account and service. Less than can be paid, half a
/// minor unit of the currency, is passed over.
/// *Source.* AWS CUR user guide, `UnblendedRate` and `publicOnDemandRate`. A free tier has a public rate above
/// zero too, that of the next tier, but AWS's price list says so in the words of the line: `under the monthly
/// free tier`, `First 1,000,000 Amazon SQS Requests per month are free`.
/// *False positives.* Promotions, among them free tiers that the line does not name (`first 1,000,000
/// requests`), hence a hint; what is not charged now may be charged later.
struct ChargeableAtZeroRate: Detector {
  static let id: RuleID = "ChargeableAtZeroRate"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Usage"]), .isZero(.unblendedRate),
          .isPositive(.publicOnDemandRate), .isPositive(.consumedQuantity),
          .anyOf([
            .isAbsent(.chargeDescription),
            .containsNoWordsOf(.chargeDescription, Self.promotions),
          ]),
        ],
        keyedBy: [.subAccountID, .serviceName],
        measures: [
          .excess(rate: .unblendedRate, limit: .publicOnDemandRate, quantity: .consumedQuantity)
        ],
        captures: Field.evidence + [
          .usageType, .unblendedRate, .publicOnDemandRate, .consumedQuantity, .chargeDescription,
        ])
    ]
  }

  /// As AWS has them in descriptions, in one case or another.
  private static let promotions: [Text] = ["free tier", "free trial", "is free", "are free"]

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let missing = suspect.measures[0]
      guard !suspect.currency.payable(missing).isZero else { return nil }
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

import BillingModel
import ExactNumbers

/// The public cost of a row is not its public rate times its usage.
///
/// *Formula.* `Usage` rows: |public cost − public rate · usage| > max(10⁻⁶, 10⁻⁹ · |public cost|).
/// *Source.* AWS CUR user guide, `pricing/publicOnDemandCost`.
/// *False positives.* Rows that are free in part, which state no public rate of their own: a public rate or
/// cost of zero is left out.
struct PublicCostMismatch: Detector {
  static let id: RuleID = "PublicCostMismatch"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Usage"]),
          .differsFromProduct(
            cost: .publicOnDemandCost, rate: .publicOnDemandRate, quantity: .consumedQuantity,
            absolute: .ppm(1), relative: .billionth),
          .isNonZero(.publicOnDemandRate), .isNonZero(.publicOnDemandCost),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType],
        measures: [
          .residual(
            cost: .publicOnDemandCost, rate: .publicOnDemandRate, quantity: .consumedQuantity),
          .sum(.publicOnDemandCost),
        ],
        captures: Field.evidence + [.publicOnDemandCost, .publicOnDemandRate, .consumedQuantity])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { (suspect) throws(AmountOverflow) in
      let residual = suspect.measures[0]
      let stated = suspect.measures[1]
      let product = try stated - residual
      let public_ = Phrase.money(stated, suspect.currency)
      let right = Phrase.money(product, suspect.currency)
      let lines = suspect.linesOfSubject
      return Claim(
        kind: .dataQuality, impact: .zero, atStake: residual, actual: "\(stated)",
        expected: "\(product)",
        explanation: Words(
          "\(lines.english) \(Phrase.verb(suspect.rows, "state")) a public cost of "
            + "\(public_), but public rate times usage gives \(right).",
          zh: "\(lines.chinese)公开价费用为 \(public_)，而公开单价乘以用量为 \(right)。"),
        recommendation: Words(
          "Do not use the column for savings until AWS has explained it.",
          zh: "在 AWS 说明之前，请勿用该列计算节省额。"),
        confidence: .strong)
    }
  }
}

import BillingModel
import ExactNumbers

/// A line's cost is not its rate times its usage.
///
/// *Formula.* `Usage` lines that state a rate: |cost − rate·usage| > max(10⁻⁶, 10⁻⁹·|cost|).
/// *Source.* AWS CUR user guide: `UnblendedCost` is `UnblendedRate` times `UsageAmount`.
/// *False positives.* Taxes and fees have no rate and are left out; the margin covers costs that are
/// printed with ten digits.
struct CostNotRateTimesUsage: Detector {
  static let id: RuleID = "CostNotRateTimesUsage"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Usage"]),
          .differsFromProduct(
            cost: .unblendedCost, rate: .unblendedRate, quantity: .consumedQuantity,
            absolute: .ppm(1), relative: .billionth),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType],
        measures: [
          .residual(cost: .unblendedCost, rate: .unblendedRate, quantity: .consumedQuantity),
          .sum(.unblendedCost),
        ],
        captures: Field.evidence + [.unblendedCost, .unblendedRate, .consumedQuantity])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { (suspect) throws(AmountOverflow) in
      let residual = suspect.measures[0]
      let charged = suspect.measures[1]
      let product = try charged - residual
      let lines = suspect.linesOfSubject
      let cost = Phrase.money(charged, suspect.currency)
      let right = Phrase.money(product, suspect.currency)
      let off = Phrase.money(residual.magnitude, suspect.currency)
      return Claim(
        impact: residual, actual: "\(charged)", expected: "\(product)",
        explanation: Words(
          "\(lines.english) \(Phrase.verb(suspect.rows, "cost")) \(cost), but rate times usage gives "
            + "\(right): \(off) too \(residual.isNegative ? "little" : "much").",
          zh:
            "\(lines.chinese)收费 \(cost)，而单价乘以用量为 \(right)，\(residual.isNegative ? "少收" : "多收") \(off)。"
        ),
        recommendation: Words(
          "Send the lines to AWS Support and ask for the calculation of each.",
          zh: "请将这些明细发给 AWS Support，要求说明每条的计算过程。"),
        confidence: .strong, leastSeverity: .low)
    }
  }
}

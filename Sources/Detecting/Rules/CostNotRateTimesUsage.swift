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
      let currency = suspect.currency
      return Claim(
        impact: residual, actual: "\(charged)", expected: "\(product)",
        explanation: "\(suspect.lines) of \(suspect.subject) "
          + "\(Phrase.verb(suspect.rows, "cost")) \(Phrase.money(charged, currency)), but rate times usage gives "
          + "\(Phrase.money(product, currency)): \(Phrase.money(residual.magnitude, currency)) "
          + "too \(residual.isNegative ? "little" : "much").",
        recommendation: "Send the lines to AWS Support and ask for the calculation of each.",
        confidence: .strong, leastSeverity: .low)
    }
  }
}

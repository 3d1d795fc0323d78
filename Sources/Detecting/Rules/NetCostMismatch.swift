import BillingModel
import ExactNumbers

/// The net cost of a row is not its cost less its discounts.
///
/// *Formula.* | |net cost − cost| − |total discount| | > 10⁻⁶: exports write the discount with either sign.
/// *Source.* AWS CUR user guide, `NetUnblendedCost` and `discount/TotalDiscount`.
/// *False positives.* A row that lacks one of the three says nothing.
struct NetCostMismatch: Detector {
  static let id: RuleID = "NetCostMismatch"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.metered),
          .isOtherStep(.unblendedCost, .netUnblendedCost, than: .totalDiscount, by: .ppm(1)),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType],
        measures: [.sum(.unblendedCost), .sum(.netUnblendedCost), .sum(.totalDiscount)],
        captures: Field.evidence + [.unblendedCost, .netUnblendedCost, .totalDiscount])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { (suspect) throws(AmountOverflow) in
      let step = try suspect.measures[0] - suspect.measures[1]
      let discount = suspect.measures[2].magnitude
      let off = try step.magnitude - discount
      let currency = suspect.currency
      let taken = Phrase.money(step, currency)
      let stated = Phrase.money(discount, currency)
      let lines = suspect.linesOfSubject
      return Claim(
        kind: .dataQuality, impact: .zero, atStake: off, actual: "\(step)",
        expected: "\(discount)",
        explanation: Words(
          "In \(lines.english) \(taken) lies between cost and net cost, but the "
            + "discounts of the \(suspect.rows == 1 ? "line" : "lines") come to \(stated).",
          zh: "\(lines.chinese)中，费用与净费用相差 \(taken)，而折扣合计 \(stated)。"),
        recommendation: Words(
          "Ask AWS which of the columns is right before net costs are used.",
          zh: "使用净费用之前，请向 AWS 确认哪一列正确。"),
        confidence: .strong, leastSeverity: .low)
    }
  }
}

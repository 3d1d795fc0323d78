import BillingModel
import ExactNumbers

/// A credit or refund that charges money.
///
/// *Formula.* `Credit` and `Refund` lines with a cost above zero. The impact is that cost, which is proved to
/// be charged; had the credit been given instead, the bill were lower by as much again.
/// *Source.* AWS CUR user guide, `LineItemType`: both lower the bill.
/// *False positives.* A credit that is taken back looks the same, hence a lower confidence; FOCUS says so
/// by the class `Correction`, and such rows are left out.
struct PositiveCredit: Detector {
  static let id: RuleID = "PositiveCredit"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Credit", "Refund"]), .isPositive(.unblendedCost),
          .isNoCorrection,
        ],
        keyedBy: [.subAccountID, .serviceName, .lineItemType], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.chargeDescription, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let charged = suspect.measures[0]
      let cost = Phrase.money(charged, suspect.currency)
      return Claim(
        impact: charged, actual: "\(charged)", expected: "at most 0.00",
        explanation: Words(
          "The bill is \(cost) higher, not lower, by \(suspect.lines) of type credit or refund.",
          zh: "\(suspect.rows) 条抵扣或退款明细使账单增加 \(cost)，而不是减少。"),
        recommendation: Words(
          "Look for the credit that this takes back; if there is none, claim \(cost), and ask for the "
            + "credit that it should have been.",
          zh: "请查找它所冲回的抵扣；如果没有，请追索 \(cost)，并要求给予其本应给予的抵扣。"),
        confidence: .likely, leastSeverity: .low)
    }
  }
}

import BillingModel
import ExactNumbers

/// A row of split cost allocation carries a cost of its own, which its parent carries already.
///
/// *Formula.* Rows of the operations `EKSPod-EC2` and `ECSTask-EC2`, or with a parent resource, whose cost is
/// not zero.
/// *Source.* AWS CUR user guide, *Split line item columns*: such rows repeat the money of their parent in
/// columns of their own.
/// *False positives.* None: no sum here counts such rows, but whoever adds up the column does.
struct SplitCostCounted: Detector {
  static let id: RuleID = "SplitCostCounted"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .anyOf([
            .isOneOf(.operation, ["EKSPod-EC2", "ECSTask-EC2"]),
            .isPresent(.splitParentResourceID),
          ]), .isNonZero(.unblendedCost),
        ],
        keyedBy: [.subAccountID, .serviceName], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.operation, .splitParentResourceID, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let cost = suspect.measures[0]
      let money = Phrase.money(cost, suspect.currency)
      return Claim(
        kind: .dataQuality, impact: .zero, atStake: cost, actual: "\(cost)", expected: "0.00",
        explanation: Words(
          "\(suspect.lines) of split cost in account \(suspect.key.subAccountID) "
            + "\(suspect.rows == 1 ? "carries" : "carry") \(money) of the parent's; it is not counted here.",
          zh: "账号 \(suspect.key.subAccountID) 有 \(suspect.rows) 条拆分成本明细带有属于父资源的 \(money)，此处未计入。"),
        recommendation: Words(
          "Leave these rows out wherever the column is added up, and tell AWS that they cost \(money).",
          zh: "汇总该列时请排除这些明细，并告知 AWS 它们带有 \(money) 的费用。"),
        confidence: .strong, leastSeverity: .low)
    }
  }
}

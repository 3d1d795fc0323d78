import BillingModel
import ExactNumbers

/// More of a savings plan is said to be used than was committed.
///
/// *Formula.* `SavingsPlanRecurringFee` rows: used commitment > total commitment + 10⁻⁴; at stake is the
/// difference.
/// *Source.* AWS CUR user guide: `savingsPlan/UsedCommitment`, `savingsPlan/TotalCommitmentToDate`.
/// *False positives.* Rounding, which the margin covers.
struct SavingsPlanOverused: Detector {
  static let id: RuleID = "SavingsPlanOverused"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["SavingsPlanRecurringFee"]),
          .exceeds(.savingsPlanUsed, .savingsPlanCommitment, by: .ppm(100)),
        ],
        keyedBy: [.subAccountID, .savingsPlanARN],
        measures: [.sum(.savingsPlanUsed), .sum(.savingsPlanCommitment)],
        captures: Field.evidence + [.savingsPlanUsed, .savingsPlanCommitment])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts, needing: "SavingsPlanRecurringFee") {
      (suspect) throws(AmountOverflow) in
      let used = suspect.measures[0]
      let committed = suspect.measures[1]
      let excess = try used - committed
      let money = Phrase.money(excess, suspect.currency)
      let all = Phrase.money(used, suspect.currency)
      let most = Phrase.money(committed, suspect.currency)
      let name = suspect.commitmentName
      return Claim(
        impact: .zero, atStake: excess, actual: "\(used)", expected: "at most \(committed)",
        explanation: Words(
          "Savings plan \(name.english) covers \(all) in \(suspect.lines) whose commitment is \(most): \(money) "
            + "too much.",
          zh:
            "Savings Plan \(name.chinese) 在 \(suspect.rows) 条明细中使用 \(all)，而承诺额为 \(most)，超出 \(money)。"
        ),
        recommendation: Words(
          "Ask AWS which usage of \(money) the plan covers beyond its commitment.",
          zh: "请向 AWS 询问超出承诺额的 \(money) 覆盖了哪些用量。"),
        confidence: .strong, leastSeverity: .low)
    }
  }
}

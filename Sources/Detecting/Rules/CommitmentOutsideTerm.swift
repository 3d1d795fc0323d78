import BillingModel
import ExactNumbers

/// A reservation or a savings plan is charged for days on which it did not run.
///
/// *Formula.* `RIFee` and `SavingsPlanRecurringFee` rows that cost something and whose charge period ends
/// before the commitment starts, or starts after it ends.
/// *Source.* AWS CUR user guide: `reservation/StartTime`, `EndTime`, `savingsPlan/StartTime`, `EndTime`.
/// *False positives.* The hour in which a commitment is renewed: a charge that only touches the term is
/// within it.
struct CommitmentOutsideTerm: Detector {
  static let id: RuleID = "CommitmentOutsideTerm"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.commitmentFees), .isNonZero(.unblendedCost),
          .anyOf([
            .isBefore(.chargePeriodEnd, .commitmentStart),
            .isBefore(.commitmentEnd, .chargePeriodStart),
          ]),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType, .reservationARN, .savingsPlanARN],
        measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.commitmentStart, .commitmentEnd, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts, needing: "RIFee") { suspect in
      let cost = suspect.measures[0]
      let money = Phrase.money(cost, suspect.currency)
      let start = suspect.days(.commitmentStart).min()?.description ?? "?"
      let end = suspect.days(.commitmentEnd).max()?.description ?? "?"
      let name = suspect.commitmentName
      return Claim(
        impact: cost, actual: "\(suspect.key.billingPeriod)", expected: "\(start) – \(end)",
        explanation: Words(
          "Commitment \(name.english) is charged \(money) in \(suspect.lines) outside its term from \(start) to "
            + "\(end).",
          zh: "承诺\(name.chinese)的期限为 \(start) 至 \(end)，期限之外却有 \(suspect.rows) 条明细收费 \(money)。"),
        recommendation: Words(
          "Claim \(money), and check that the commitment was not renewed by itself.",
          zh: "请追索 \(money)，并确认该承诺没有自动续订。"),
        confidence: .strong)
    }
  }
}

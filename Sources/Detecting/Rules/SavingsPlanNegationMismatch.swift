import BillingModel
import ExactNumbers

/// Usage under a savings plan is not cancelled by its negation.
///
/// *Formula.* Per interval, plan, operation, usage type and availability zone:
/// |Σ cost of `SavingsPlanCoveredUsage` and `SavingsPlanNegation`| > 10⁻⁶ a row.
/// *Source.* AWS CUR user guide, *Understanding savings plans*: covered usage stands at the
/// on-demand price and one negation cancels it.
/// *False positives.* Rounding, which the margin a row covers. The comparison is by the interval of
/// the rows, so daily and hourly exports are both right.
struct SavingsPlanNegationMismatch: Detector {
  static let id: RuleID = "SavingsPlanNegationMismatch"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["SavingsPlanCoveredUsage", "SavingsPlanNegation"]),
          .isPresent(.savingsPlanARN),
        ],
        groupedBy: [.timeInterval, .savingsPlanARN, .operation, .usageType, .availabilityZone],
        trip: .sumIsNotZero(.unblendedCost, perRow: .ppm(1)),
        keyedBy: [.usageType, .operation, .savingsPlanARN], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.lineItemType, .timeInterval, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts, needing: "SavingsPlanNegation") { suspect in
      let left = suspect.measures[0]
      let cost = Phrase.money(left.magnitude, suspect.currency)
      let subject = suspect.subject
      return Claim(
        impact: left, actual: "\(left)", expected: "0.00",
        explanation: Words(
          "Covered usage and negation of \(subject.english) do not cancel in "
            + "\(Phrase.count(suspect.groups, "interval")): \(cost) is left that the customer "
            + "\(left.isNegative ? "did not pay" : "paid").",
          zh: "\(subject.chinese)的覆盖用量与其冲销行在 \(suspect.groups) 个时段内未能抵消，剩余 \(cost)，客户"
            + "\(left.isNegative ? "未付" : "已付")。"),
        recommendation: Words(
          "Ask AWS to correct the savings plan's negation by \(cost).",
          zh: "请要求 AWS 将 Savings Plan 的冲销更正 \(cost)。"),
        confidence: .strong, leastSeverity: .low)
    }
  }
}

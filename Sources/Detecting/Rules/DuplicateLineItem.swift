import BillingModel
import ExactNumbers

/// The same line item stands in the bill more than once.
///
/// *Formula.* More than one row with the same (`LineItemId`, `TimeInterval`); at stake is the cost of
/// all rows but the first of each pair.
/// *Source.* AWS CUR user guide, `identity/LineItemId`: unique within its time interval.
/// *False positives.* The id alone recurs in every interval, so the interval is part of the
/// comparison. Exports without line item ids (FOCUS) are not checked.
struct DuplicateLineItem: Detector {
  static let id: RuleID = "DuplicateLineItem"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id, rows: [.isPresent(.lineItemID), .isPresent(.timeInterval)],
        groupedBy: [.lineItemID, .timeInterval], trip: .repeats,
        keyedBy: [.subAccountID, .serviceName, .usageType],
        measures: [.sumOfRepeats(.unblendedCost)],
        captures: Field.evidence + [.timeInterval, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let repeated = suspect.measures[0]
      let cost = Phrase.money(repeated, suspect.currency)
      let subject = suspect.subject
      let twice = Phrase.count(suspect.groups, "line item")
      return Claim(
        impact: repeated, actual: Phrase.count(suspect.rows, "row"),
        expected: Phrase.count(suspect.groups, "row"),
        explanation: Words(
          "\(twice) of \(subject.english) \(Phrase.verb(suspect.groups, "fill")) \(suspect.rows) rows with the "
            + "same id and interval, which adds \(cost) a second time.",
          zh:
            "\(subject.chinese)的 \(suspect.groups) 条明细以相同的行项目 ID 和时段占了 \(suspect.rows) 行，重复计入 \(cost)。"
        ),
        recommendation: Words(
          "Ask AWS to deliver the month again, and claim \(cost) if the invoice holds it too.",
          zh: "请要求 AWS 重新投递该月；如果发票也含这笔费用，请追索 \(cost)。"),
        confidence: .proof, leastSeverity: .low)
    }
  }
}

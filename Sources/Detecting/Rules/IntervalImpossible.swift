import BillingModel
import ExactNumbers

/// Usage ends before it starts, or takes no time.
///
/// *Formula.* Metered rows whose charge period ends at or before its start.
/// *Source.* AWS CUR user guide: the end of a usage period is exclusive.
/// *False positives.* Tax, fees and credits are left out.
struct IntervalImpossible: Detector {
  static let id: RuleID = "IntervalImpossible"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.metered),
          .isNotBefore(.chargePeriodStart, .chargePeriodEnd),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let cost = suspect.measures[0]
      let money = Phrase.money(cost, suspect.currency)
      let lines = suspect.linesOfSubject
      return Claim(
        kind: .dataQuality, impact: .zero, atStake: cost, actual: "no time",
        expected: "an end after the start",
        explanation: Words(
          "\(lines.english), \(money), \(Phrase.verb(suspect.rows, "end")) no later than "
            + "\(suspect.rows == 1 ? "it starts" : "they start").",
          zh: "\(lines.chinese)（\(money)）的结束时间不晚于开始时间。"),
        recommendation: Words(
          "Ask AWS when the usage took place, and leave it out of daily figures until then.",
          zh: "请向 AWS 询问实际使用时间；在此之前请勿计入每日数据。"),
        confidence: .strong, leastSeverity: .low)
    }
  }
}

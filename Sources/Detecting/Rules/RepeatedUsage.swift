import BillingModel
import ExactNumbers

/// The same use of the same resource is charged under different line item ids.
///
/// *Formula.* Rows that agree in account, resource, type, usage type, operation, interval, rate,
/// description and quantity, with more than one `LineItemId`; at stake is the cost of all rows but
/// the first of each set.
/// *Source.* The unique index under which OptScale keeps line items, and our own addition of the
/// quantity.
/// *False positives.* Tier steps have another description. A tag that changes within an interval
/// splits one use into two rows, which then differ in quantity. Rows without a resource are left out.
struct RepeatedUsage: Detector {
  static let id: RuleID = "RepeatedUsage"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.metered), .isPresent(.resourceID),
          .isPresent(.lineItemID), .isNonZero(.unblendedCost), .isNonZero(.consumedQuantity),
        ],
        groupedBy: [
          .subAccountID, .resourceID, .lineItemType, .usageType, .operation, .timeInterval,
          .unblendedRate, .chargeDescription, .consumedQuantity,
        ],
        trip: .repeatsWithOther(.lineItemID),
        keyedBy: [.subAccountID, .serviceName, .usageType, .operation, .resourceID],
        measures: [.sumOfRepeats(.unblendedCost)],
        captures: Field.evidence + [.timeInterval, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let repeated = suspect.measures[0]
      let cost = Phrase.money(repeated, suspect.currency)
      let (resource, subject) = (suspect.key.resourceID, suspect.subject)
      return Claim(
        impact: repeated, actual: Phrase.count(suspect.rows, "row"),
        expected: Phrase.count(suspect.groups, "row"),
        explanation: Words(
          "\(subject.english) of \(resource) is charged \(suspect.rows) times for "
            + "\(Phrase.count(suspect.groups, "interval")), at the same rate and quantity, which adds \(cost).",
          zh:
            "资源 \(resource) 的\(subject.chinese)在 \(suspect.groups) 个时段内以相同的单价和数量收费 \(suspect.rows) 次，多计 \(cost)。"
        ),
        recommendation: Words(
          "Ask AWS what the further lines stand for, and claim \(cost) if they are the same use.",
          zh: "请向 AWS 询问多出的明细代表什么；如果是同一用量，请追索 \(cost)。"),
        confidence: .likely)
    }
  }
}

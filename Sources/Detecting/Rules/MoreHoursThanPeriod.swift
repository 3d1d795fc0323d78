import BillingModel
import ExactNumbers

/// One instance ran for more hours than the month has.
///
/// *Formula.* Instance-hour usage types of EC2 and RDS, by resource and usage type: Σ hours > hours
/// of the period. At stake are the hours too many at the average rate of all of them.
/// *Source.* A month has 24 hours a day; one resource id is one instance.
/// *False positives.* Resources that stand for many machines (clusters, capacity reservations, EMR)
/// are other services or usage types; RDS Multi-AZ, which counts two instances, is exempt.
struct MoreHoursThanPeriod: Detector {
  static let id: RuleID = "MoreHoursThanPeriod"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.metered),
          .isOneOf(.productCode, ["AmazonEC2", "AmazonRDS"]),
          .containsOneOf(
            .usageType, ["BoxUsage", "DedicatedUsage", "SpotUsage", "InstanceUsage"]),
          .isPresent(.resourceID),
        ],
        groupedBy: [.resourceID, .usageType],
        trip: .sumExceedsHours(.consumedQuantity),
        keyedBy: [.subAccountID, .serviceName, .usageType, .resourceID],
        measures: [.sum(.consumedQuantity), .sum(.unblendedCost)],
        captures: Field.evidence + [.consumedQuantity, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { (suspect) throws(AmountOverflow) in
      let hours = suspect.measures[0]
      let limit = try Amount(suspect.key.billingPeriod.hourCount)
      guard hours > limit, !suspect.key.usageType.string.contains("Multi-AZ") else { return nil }
      let excess = try hours - limit
      let cost = try suspect.measures[1].part(excess, of: hours)
      let (resource, subject) = (suspect.key.resourceID, suspect.subject)
      let money = Phrase.money(cost, suspect.currency)
      return Claim(
        impact: cost, actual: "\(hours) hours", expected: "at most \(limit) hours",
        explanation: Words(
          "Resource \(resource) is charged for \(hours) hours of \(subject.english), but the month has "
            + "\(limit): \(excess) hours, about \(money), too many.",
          zh:
            "资源 \(resource) 的\(subject.chinese)收费 \(hours) 小时，而当月只有 \(limit) 小时，多出 \(excess) 小时，约 \(money)。"
        ),
        recommendation: Words(
          "Compare with the instance's start and stop times, and claim the hours beyond them.",
          zh: "请核对该实例的启动和停止时间，并追索超出的小时数。"),
        confidence: .strong, leastSeverity: .low)
    }
  }
}

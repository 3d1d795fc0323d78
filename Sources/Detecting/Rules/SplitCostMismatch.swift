import BillingModel
import ExactNumbers

/// The shares of a split cost do not come to the cost of their parent.
///
/// *Formula.* By account, instance and interval: Σ (`SplitCost` + `UnusedCost`) of the rows whose parent it is,
/// less the amortized cost of its own hours (`UnblendedCost`, under a reservation or a savings plan their
/// effective cost), > 10⁻⁶ a row; in hourly reports less than that below zero as well.
/// *Source.* AWS CUR user guide, *Split line item columns*: both costs are amortized, and what no pod or task
/// used is spread over them, evenly or not. AWS rounds each to ten fraction digits, hence the margin a row.
/// *False positives.* An instance without pods or tasks for some hours has no rows for them: over a day shares
/// may fall short. A parent or a share that is not in the report is not compared, nor are Dedicated Hosts.
struct SplitCostMismatch: Detector {
  static let id: RuleID = "SplitCostMismatch"

  /// Hours of an instance.
  private static let instanceHours: Condition = .containsOneOf(
    .usageType, ["BoxUsage", "DedicatedUsage", "SpotUsage"])

  private static func whole(_ type: Text, _ cost: Field) -> Balance.Term {
    Balance.Term(
      cost, where: [.isAbsent(.splitParentResourceID), .isOneOf(.lineItemType, [type])])
  }

  private static let balance = Balance(
    parts: [.splitCost, .splitUnusedCost].map {
      Balance.Term($0, where: [.isPresent(.splitParentResourceID)])
    },
    wholes: [
      whole("Usage", .unblendedCost), whole("DiscountedUsage", .reservationEffectiveCost),
      whole("SavingsPlanCoveredUsage", .savingsPlanEffectiveCost),
    ],
    isClosed: .isHour(.timeInterval))

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.metered), .isPresent(.splitResourceID),
          .anyOf([.isPresent(.splitParentResourceID), Self.instanceHours]),
          .anyOf([.isAbsent(.usageType), .containsNoneOf(.usageType, ["HostBoxUsage"])]),
        ],
        groupedBy: [.subAccountID, .splitResourceID, .timeInterval],
        trip: .isUnbalanced(Self.balance, perRow: .ppm(1)), keyedBy: [.subAccountID],
        measures: [.sum(.splitCost), .sum(.splitUnusedCost), .balance],
        captures: Field.evidence + [
          .timeInterval, .usageType, .unblendedCost, .splitResourceID, .splitCost,
          .splitUnusedCost,
        ])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { (suspect) throws(AmountOverflow) in
      let shares = try suspect.measures[0] + suspect.measures[1]
      let off = suspect.measures[2]
      return Self.claim(suspect, shares, whole: try shares - off, off)
    }
  }

  private static func claim(
    _ suspect: Suspect, _ shares: Amount, whole: Amount, _ off: Amount
  ) -> Claim {
    let account = suspect.key.subAccountID
    let (given, had) = (
      Phrase.money(shares, suspect.currency), Phrase.money(whole, suspect.currency)
    )
    let money = Phrase.money(off.magnitude, suspect.currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: off, actual: "\(shares)", expected: "\(whole)",
      explanation: Words(
        "Split cost in account \(account) gives pods and tasks \(given) in "
          + "\(Phrase.count(suspect.groups, "interval")) of instances that cost \(had): \(money) too "
          + "\(off.isNegative ? "little" : "much").",
        zh: "账号 \(account) 的拆分成本在 \(suspect.groups) 个实例时段内分给容器的费用为 \(given)，而实例费用为 \(had)，"
          + "\(off.isNegative ? "少" : "多")分 \(money)。"),
      recommendation: Words(
        "Charge back the instances and not their shares until AWS has put the \(money) right.",
        zh: "在 AWS 更正这 \(money) 之前，请按实例而不是按份额分摊费用。"),
      confidence: .strong, leastSeverity: .low)
  }
}

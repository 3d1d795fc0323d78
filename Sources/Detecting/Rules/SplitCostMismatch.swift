import BillingModel
import ExactNumbers

/// The shares of a split cost do not come to the cost of their parent.
///
/// *Formula.* By account, instance and interval: Σ (`SplitCost` + `UnusedCost`) of the rows whose parent it is,
/// less the amortized cost of its own hours (`UnblendedCost`, under a reservation or a savings plan their
/// effective cost), > 10⁻⁶ a row; in hourly reports less than that below zero as well. At stake is Σ of the
/// magnitudes: what one instance gives away too much makes up for no other.
/// *Source.* AWS CUR user guide, *Split line item columns*: both costs are amortized, and what no pod or task
/// used is spread over them, evenly or not. AWS rounds each to ten fraction digits, hence the margin a row.
/// *False positives.* An instance without pods or tasks for some hours has no rows for them: over a day shares
/// may fall short. A parent or a share that is not in the report, or whose cost is no number, is not compared, nor are
/// Dedicated Hosts.
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
    parts: [
      Balance.Term(.splitCost, where: [.isPresent(.splitParentResourceID)]),
      Balance.Term(
        .splitUnusedCost, where: [.isPresent(.splitParentResourceID)], mayBeAbsent: true),
    ],
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
        measures: [.sum(.splitCost), .sum(.splitUnusedCost), .surplus, .shortfall],
        captures: Field.evidence + [
          .timeInterval, .usageType, .unblendedCost, .splitResourceID, .splitCost,
          .splitUnusedCost,
        ])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { (suspect) throws(AmountOverflow) in
      let shares = try suspect.measures[0] + suspect.measures[1]
      return try Self.claim(
        suspect, shares, Off(tooMuch: suspect.measures[2], tooLittle: suspect.measures[3].magnitude)
      )
    }
  }

  /// What the shares of some intervals are above their parents, and of others below.
  private struct Off {
    var tooMuch: Amount
    var tooLittle: Amount

    func phrase(_ currency: CurrencyCode) -> Words {
      let much = Phrase.money(tooMuch, currency)
      let little = Phrase.money(tooLittle, currency)
      if tooLittle.isZero { return Words("\(much) too much", zh: "多分 \(much)") }
      if tooMuch.isZero { return Words("\(little) too little", zh: "少分 \(little)") }
      return Words(
        "\(much) too much and \(little) too little", zh: "多分 \(much)，少分 \(little)")
    }
  }

  private static func claim(
    _ suspect: Suspect, _ shares: Amount, _ off: Off
  ) throws(AmountOverflow) -> Claim {
    let account = suspect.key.subAccountID
    let whole = try shares - off.tooMuch + off.tooLittle
    let atStake = try off.tooMuch + off.tooLittle
    let (given, had) = (
      Phrase.money(shares, suspect.currency), Phrase.money(whole, suspect.currency)
    )
    let money = Phrase.money(atStake, suspect.currency)
    let phrase = off.phrase(suspect.currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: atStake, actual: "\(shares)",
      expected: "\(whole)",
      explanation: Words(
        "Split cost in account \(account) gives pods and tasks \(given) in "
          + "\(Phrase.count(suspect.groups, "interval")) of instances that cost \(had): \(phrase.english).",
        zh: "账号 \(account) 的拆分成本在 \(suspect.groups) 个实例时段内拆分给容器的费用为 \(given)，而实例费用为 \(had)，"
          + "\(phrase.chinese)。"),
      recommendation: Words(
        "Charge back the instances and not their shares until AWS has put the \(money) right.",
        zh: "在 AWS 更正这 \(money) 之前，请按实例费用而不是拆分成本进行分摊。"),
      confidence: .strong, leastSeverity: .low)
  }
}

import BillingModel
import ExactNumbers

/// Usage whose interval is no whole hour, day or month, or that lies outside of it.
///
/// *Formula.* Metered rows whose `TimeInterval` is no whole hour, day or month of UTC, or whose charge period
/// starts before that interval or ends after it.
/// *Source.* AWS CUR user guide, `identity/TimeInterval`: an hour or a day, by the granularity of the report. No
/// manifest states the granularity, and start and end of usage do not show it: in real daily reports they are
/// the first and the last hour of use, of any width inside the day. Hence a row that is narrower than others
/// is right, as are a day's rows in an hourly report.
/// *False positives.* Domain names, capacity blocks and passes, whose time lies ahead, are left out, as are
/// tax, fees and credits, AWS Marketplace, what starts outside the month, which is `ChargedOutsidePeriod` where
/// it is before, terms (more than a day, all of it charged), and what takes no time (`IntervalImpossible`).
/// FOCUS states no interval.
struct IntervalOffGrain: Detector {
  static let id: RuleID = "IntervalOffGrain"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.metered),
          .anyOf([
            .isOddInterval(.timeInterval),
            .leavesInterval(from: .chargePeriodStart, to: .chargePeriodEnd, of: .timeInterval),
          ]),
          .anyOf([
            .isNotLong(.timeInterval),
            .isOtherTime(from: .chargePeriodStart, to: .chargePeriodEnd, than: .timeInterval),
          ]),
          .isInMonth(.chargePeriodStart, of: .billingPeriodStart),
          .isBefore(.chargePeriodStart, .chargePeriodEnd),
          .anyOf([.isAbsent(.billingEntity), .isNoneOf(.billingEntity, ["AWS Marketplace"])]),
          .anyOf([.isAbsent(.productCode), .isNoneOf(.productCode, ["AmazonRegistrar"])]),
          .anyOf([.isAbsent(.usageType), .containsNoneOf(.usageType, ["CapacityBlock"])]),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.timeInterval, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let cost = suspect.measures[0]
      let money = Phrase.money(cost, suspect.currency)
      let lines = suspect.linesOfSubject
      return Claim(
        kind: .dataQuality, impact: .zero, atStake: cost, actual: Self.times(suspect),
        expected: "one hour, day or month",
        explanation: Words(
          "\(lines.english), \(money), \(Phrase.verb(suspect.rows, "state")) an interval that is no whole hour, "
            + "day or month, or \(Phrase.verb(suspect.rows, "lie")) outside of it.",
          zh: "\(lines.chinese)（\(money)）所列时段不是整小时、整天或整月，或用量超出其时段。"),
        recommendation: Words(
          "Ask AWS when the usage took place, and leave it out of daily figures until then.",
          zh: "请向 AWS 询问实际使用时间；在此之前请勿计入每日数据。"),
        confidence: .strong, leastSeverity: .low)
    }
  }

  /// The times of the first row.
  private static func times(_ suspect: Suspect) -> String {
    let fields = suspect.first.first?.fields ?? [:]
    let start = fields[.chargePeriodStart] ?? "?"
    let end = fields[.chargePeriodEnd] ?? "?"
    return "\(start) to \(end) in \(fields[.timeInterval] ?? "?")"
  }
}

import BillingModel
import ExactNumbers

/// Usage that was metered before the billing period it is charged in.
///
/// *Formula.* A usage line whose charge period starts before its billing period.
/// *Source.* FOCUS 1.0, `ChargePeriodStart` and `BillingPeriodStart`; AWS bills usage of the month.
/// *False positives.* Tax, fees, credits, refunds and adjustments legitimately name earlier days and
/// are left out, as is usage dated in the future (domain names, capacity blocks).
struct ChargedOutsidePeriod: Detector {
  static let id: RuleID = "ChargedOutsidePeriod"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, LineItemTypes.metered + ["SavingsPlanNegation"]),
          .isBefore(.chargePeriodStart, .billingPeriodStart),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.billingPeriodStart, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      let cost = suspect.measures[0]
      let period = suspect.key.billingPeriod
      let days = suspect.values(.chargePeriodStart).compactMap { Moment($0.string)?.day }
      let earliest = Phrase.name(
        days.min().map { Text($0.description) }, or: Words("an earlier day", zh: "更早的日期"))
      let money = Phrase.money(cost, suspect.currency)
      return Claim(
        kind: .dataQuality, impact: .zero, atStake: cost, actual: earliest.english.string,
        expected: "\(period.firstDay) or later",
        explanation: Words(
          "Usage of \(suspect.key.serviceName) from \(earliest.english) is charged in \(period): "
            + "\(suspect.lines), \(money).",
          zh:
            "\(period) 账期收取了\(suspect.key.serviceName)在\(earliest.chinese)的用量：\(suspect.rows) 条明细，共 \(money)。"
        ),
        recommendation: Words(
          "Check that the bill of \(period.previous) does not hold the same usage.",
          zh: "请核对 \(period.previous) 的账单是否已含同一用量。"),
        confidence: .likely, leastSeverity: .low)
    }
  }
}

import BillingModel
import ExactNumbers

/// Usage that a reservation covers is charged all the same.
///
/// *Formula.* `DiscountedUsage` lines with a cost that is not zero.
/// *Source.* AWS CUR user guide, `DiscountedUsage`: its rate and cost are zero, the price is in the
/// reservation's fee.
/// *False positives.* None by definition. FOCUS has no such type, so its exports are not checked.
struct ReservedUsageCharged: Detector {
  static let id: RuleID = "ReservedUsageCharged"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [.isOneOf(.lineItemType, ["DiscountedUsage"]), .isNonZero(.unblendedCost)],
        keyedBy: [.subAccountID, .serviceName, .usageType], measures: [.sum(.unblendedCost)],
        captures: Field.evidence + [.reservationARN, .unblendedCost])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts, needing: "DiscountedUsage") { suspect in
      let charged = suspect.measures[0]
      let cost = Phrase.money(charged, suspect.currency)
      let lines = suspect.linesOfSubject
      return Claim(
        impact: charged, actual: "\(charged)", expected: "0.00",
        explanation: Words(
          "A reservation covers \(lines.english) for which \(cost) are charged all the same.",
          zh: "\(lines.chinese)已由预留实例覆盖，却仍收费 \(cost)。"),
        recommendation: Words(
          "Claim \(cost) from AWS: covered usage is paid by the reservation's fee.",
          zh: "请向 AWS 追索 \(cost)：已覆盖的用量由预留实例的费用支付。"),
        confidence: .proof, leastSeverity: .low)
    }
  }
}

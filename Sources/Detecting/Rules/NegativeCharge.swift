import BillingModel
import ExactNumbers

/// A charge or a quantity is below zero where only credits may be.
///
/// *Formula.* (usage < 0 or cost < 0) and the type is none of credit, refund, adjustment,
/// `SavingsPlanNegation`, a discount or tax; in FOCUS the class is not `Correction` either.
/// *Source.* AWS CUR user guide, `LineItemType`; the refund and credit query of the AWS
/// Well-Architected Labs; FOCUS, `ChargeClass`.
/// *False positives.* A type that ends in `Discount` is a discount whatever its programme is called.
/// A type that no table knows cannot be judged; `UnknownLineItemType` reports it.
struct NegativeCharge: Detector {
  static let id: RuleID = "NegativeCharge"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isNoneOf(.lineItemType, LineItemTypes.mayBeNegative),
          .anyOf([.isNegative(.consumedQuantity), .isNegative(.unblendedCost)]),
          .isNoCorrection,
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType, .lineItemType],
        measures: [.sum(.unblendedCost), .sum(.consumedQuantity)],
        captures: Field.evidence + [.lineItemType, .unblendedCost, .consumedQuantity])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { suspect in
      guard Self.mustNotBeNegative(suspect) else { return nil }
      let cost = suspect.measures[0]
      let lines = suspect.linesOfSubject
      let money = Phrase.money(cost, suspect.currency)
      return Claim(
        impact: cost, actual: "cost \(cost), quantity \(suspect.measures[1])",
        expected: "at least 0.00",
        explanation: Words(
          "A cost or quantity is below zero in \(lines.english), \(money) and \(suspect.measures[1]) units in "
            + "all, though they are no credit.",
          zh: "\(lines.chinese)费用或用量为负，合计 \(money)、\(suspect.measures[1]) 个单位，却不是抵扣。"),
        recommendation: Words(
          "Ask AWS what the lines correct, and keep the amount apart until the answer is there.",
          zh: "请向 AWS 询问这些明细更正了什么；答复之前，请将该金额单独列账。"),
        confidence: .strong, leastSeverity: .low)
    }
  }

  private static func mustNotBeNegative(_ suspect: Suspect) -> Bool {
    let prefix = "\(Field.lineItemType.rawValue)="
    guard suspect.key.detail.string.hasPrefix(prefix) else { return true }
    let type = ChargeType(Text(suspect.key.detail.string.dropFirst(prefix.count)))
    return type.chargeClass == .usage || type.chargeClass == .purchase
  }
}

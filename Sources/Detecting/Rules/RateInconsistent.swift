import BillingModel
import ExactNumbers

/// One price is charged at different rates within one month.
///
/// *Formula.* `Usage` lines of the same SKU, usage type, description and currency with more than one
/// rate. At stake is what Σ cost exceeds Σ usage at the lowest rate among the first rows: at least
/// that much was charged above the lowest rate. Where several descriptions fold into one finding no
/// such bound exists, and the amount is 0.
/// *Source.* The AWS price list: a rate belongs to a rate code, whose description states it.
/// *False positives.* Tiers have their own descriptions. Rates that differ only in spelling are
/// dropped. A price may change in mid-month, hence a lower confidence.
struct RateInconsistent: Detector {
  static let id: RuleID = "RateInconsistent"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["Usage"]), .isPresent(.skuID), .isPresent(.chargeDescription),
          .isPresent(.unblendedRate), .isPresent(.consumedQuantity),
        ],
        groupedBy: [.skuID, .usageType, .chargeDescription, .billingCurrency],
        trip: .varies(.unblendedRate), keyedBy: [.serviceName, .usageType, .skuID],
        measures: [.sum(.unblendedCost), .sum(.consumedQuantity)],
        captures: Field.evidence + [.unblendedRate, .chargeDescription])
    ]
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeSuspects(in: facts) { (suspect) throws(AmountOverflow) in
      let rates = Self.rates(of: suspect)
      if suspect.isWhole, suspect.groups == 1, rates.count < 2 { return nil }
      let above = try Self.chargedAboveLowest(suspect, lowest: rates.first)
      let seen = rates.map(\.description)
      let lines = suspect.linesOfSubject
      let money = Phrase.money(above, suspect.currency)
      return Claim(
        impact: above,
        actual: seen.count > 1 ? seen.joined(separator: ", ") : "more than one rate",
        expected: "one rate",
        explanation: Words(
          "More than one rate is charged in \(lines.english) with one SKU and description, at least \(money) "
            + "above the lowest.",
          zh: "\(lines.chinese) SKU 和说明相同，单价却不止一种，比按最低单价计算至少多 \(money)。"),
        recommendation: Words(
          "Ask AWS on which day the price changed, and claim the difference if it did not.",
          zh: "请向 AWS 询问价格在哪一天变动；如果没有变动，请追索差额。"
        ).lessDiscount,
        confidence: .likely, leastSeverity: .low)
    }
  }

  /// The distinct rates of the first rows as numbers, lowest first.
  private static func rates(of suspect: Suspect) -> [Amount] {
    Set(suspect.values(.unblendedRate).compactMap { try? Amount(parsing: $0.string) }).sorted()
  }

  private static func chargedAboveLowest(
    _ suspect: Suspect, lowest: Amount?
  ) throws(AmountOverflow) -> Amount {
    guard suspect.groups == 1, let lowest else { return .zero }
    let above = try suspect.measures[0] - suspect.measures[1].multiplied(by: lowest)
    return max(above, .zero)
  }
}

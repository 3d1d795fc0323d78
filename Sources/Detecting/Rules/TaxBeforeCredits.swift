import BillingModel
import ExactNumbers

/// Tax is charged on the charges before credits and refunds.
///
/// *Formula.* By invoice and seller: tax = rate · charges without credits and refunds, within half a cent a tax
/// line, and not rate · all charges; at stake is the difference.
/// *Source.* The contract's tax rates.
/// *False positives.* Jurisdictions differ, hence an anomaly and a hint: it says which base was taxed.
struct TaxBeforeCredits: Detector {
  static let id: RuleID = "TaxBeforeCredits"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeTax(in: facts) { (key, group) throws(AmountOverflow) in
      let due = group.onAllCharges
      let excess = try group.tax - due
      guard try group.isOnlyBeforeCredits else { return nil }
      let tax = Phrase.money(group.tax, key.currency)
      let right = Phrase.money(due, key.currency)
      let money = Phrase.money(excess.magnitude, key.currency)
      return Claim(
        kind: .anomaly, impact: excess, actual: "\(group.tax)", expected: "\(due)",
        explanation: Words(
          "\(key.legalEntity) charges \(tax) of tax on invoice \(key.invoiceID) before credits; after "
            + "credits it would be \(right), \(money) less.",
          zh:
            "\(key.legalEntity) 在发票 \(key.invoiceID) 上按抵扣前金额收税 \(tax)；按抵扣后计算应为 \(right)，少 \(money)。"
        ),
        recommendation: Words(
          "Ask your tax adviser whether credits lower the taxable amount here.",
          zh: "请向税务顾问确认此处抵扣金是否减少应税金额。"),
        confidence: .hint)
    }.asAnomalies(facts)
  }
}

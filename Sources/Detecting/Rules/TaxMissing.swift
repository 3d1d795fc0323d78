import BillingModel
import ExactNumbers

/// Tax is missing from an invoice, or stands on one that is exempt.
///
/// *Formula.* Per invoice and seller: Σ rate·cost is more than the tolerance and there is no tax line;
/// or every rate is 0 and the tax is more than the tolerance (see ``TaxRateWrong``).
/// *Source.* The contract.
/// *False positives.* Zero-rated products are entries of the contract with rate 0. If some base that
/// a seller may use (see ``TaxGroup``) makes no tax, nothing is said.
struct TaxMissing: Detector {
  static let id: RuleID = "TaxMissing"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeTax(in: facts) { (key, group) throws(AmountOverflow) in
      // Without a tax line the nearest expectation is the smallest of all bases.
      let expected = try group.expected()
      if group.taxLines == 0, expected > group.tolerance { return Self.missing(key, expected) }
      if !group.isTaxable, group.tax.magnitude > group.tolerance {
        return Self.notDue(key, group.tax)
      }
      return nil
    }
  }

  private static func missing(_ key: TaxGroup.Key, _ expected: Amount) -> Claim {
    let due = Phrase.money(expected, key.currency)
    return Claim(
      impact: -expected, actual: "no tax line", expected: "\(expected)",
      explanation: Words(
        "Invoice \(key.invoiceID) of \(key.legalEntity) holds no tax; the agreed rates make \(due) of its charges.",
        zh: "\(key.legalEntity)的发票 \(key.invoiceID) 没有税额，而按约定税率对其费用应计税 \(due)。"),
      recommendation: Words(
        "Ask the seller whether the tax follows, or account for it under reverse charge.",
        zh: "请向销售方确认税额是否另行开具，否则按反向征收自行申报。"),
      confidence: .likely, leastSeverity: .low)
  }

  private static func notDue(_ key: TaxGroup.Key, _ tax: Amount) -> Claim {
    let charged = Phrase.money(tax, key.currency)
    return Claim(
      impact: tax, actual: "\(tax)", expected: "0.00",
      explanation: Words(
        "Invoice \(key.invoiceID) of \(key.legalEntity) holds \(charged) of tax on charges that are agreed to "
          + "be exempt.",
        zh: "\(key.legalEntity)的发票 \(key.invoiceID) 对约定免税的费用收税 \(charged)。"),
      recommendation: Words(
        "Send the exemption to the seller and claim the tax back.",
        zh: "请将免税证明发给销售方，并追回税款。"),
      confidence: .strong, leastSeverity: .low)
  }
}

import BillingModel
import ExactNumbers

/// The tax of an invoice is not the agreed rate of what it charges.
///
/// *Formula.* Per invoice and seller: |Σ tax − Σ rate·cost| > half a cent a tax line, at least 0.01,
/// at most 1.00; the rate is the one agreed for seller and product.
/// *Source.* The contract; AWS tax lines state one amount for each seller, product and usage type.
/// *False positives.* Whether credits or savings plan negations lower the base depends on the
/// jurisdiction: the base that fits best is taken. Exempt products are entries of the contract with
/// rate 0. Sellers without an agreed rate, lines without an invoice, and payers with rejected rows are
/// not checked.
struct TaxRateWrong: Detector {
  static let id: RuleID = "TaxRateWrong"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeTax(in: facts) { (key, group) throws(AmountOverflow) in
      let expected = try group.expected()
      let difference = try group.tax - expected
      guard group.taxLines > 0, group.isTaxable, difference.magnitude > group.tolerance else {
        return nil
      }
      let tax = Phrase.money(group.tax, key.currency)
      let due = Phrase.money(expected, key.currency)
      let off = Phrase.money(difference.magnitude, key.currency)
      return Claim(
        impact: difference, actual: "\(group.tax)", expected: "\(expected)",
        explanation: Words(
          "Invoice \(key.invoiceID) of \(key.legalEntity) holds \(tax) of tax; the agreed rates make \(due) of "
            + "its charges: \(off) too \(difference.isNegative ? "little" : "much").",
          zh: "\(key.legalEntity)的发票 \(key.invoiceID) 税额为 \(tax)，而按约定税率对其费用应计 \(due)，"
            + "\(difference.isNegative ? "少收" : "多收") \(off)。"),
        recommendation: Words(
          "Ask the seller for a corrected tax document before the input tax is claimed.",
          zh: "抵扣进项税额之前，请要求销售方重新开具正确的税务单据。"),
        confidence: .strong, leastSeverity: .low)
    }
  }
}

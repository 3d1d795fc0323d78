import BillingModel
import ExactNumbers

/// An invoice for which the export has no charges.
///
/// *Formula.* A match with the result `MissingCharges`.
/// *Source.* FOCUS: the cost of an invoice id must equal that invoice.
/// *False positives.* Out-of-cycle documents and those of another payer, hence a lower confidence;
/// while any row of the payer and period has no invoice id the match is `NotFinal` instead.
struct InvoiceWithoutCharges: Detector {
  static let id: RuleID = "InvoiceWithoutCharges"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeMatches(in: facts) { match in
      guard match.result == .missingCharges else { return nil }
      let invoiced = match.invoicedTotal ?? match.difference
      let total = Phrase.money(invoiced, match.currency)
      return Claim(
        impact: invoiced, actual: "\(invoiced)", expected: "charges of the same amount",
        explanation: Words(
          "\(match.invoices.sentence.english) of \(match.seller.english) \(match.state) \(total), and no line "
            + "item of the export belongs to it.",
          zh: "\(match.seller.chinese)的\(match.invoices.chinese)列示 \(total)，而导出中没有属于它的明细。"),
        recommendation: Words(
          "Check that the export covers the payer of this invoice; hold back \(total) until its charges are shown.",
          zh: "请核对导出是否覆盖该发票的付款账号；在列明其费用之前，请暂缓支付 \(total)。"),
        confidence: .likely)
    }
  }
}

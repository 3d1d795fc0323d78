import BillingModel
import ExactNumbers

/// Charges name an invoice that never came.
///
/// *Formula.* A match with the result `MissingInvoice`: an invoice id in the export and no document
/// for it by the day that invoices are expected by, or none that its seller did not take back.
/// *Source.* FOCUS: the cost of an invoice id must equal that invoice.
/// *False positives.* The invoice may not have been fetched yet; until the expected day the match is
/// `NotFinal`, and an issuer of which no document ever came is one finding of `InvoicesNeverArrived`.
struct ChargesWithoutInvoice: Detector {
  static let id: RuleID = "ChargesWithoutInvoice"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeMatches(in: facts) { match in
      guard match.result == .missingInvoice else { return nil }
      let charged = match.chargedTotal ?? match.difference
      let cost = Phrase.money(charged, match.currency)
      let state =
        match.takenBack.isEmpty ? Words("has come", zh: "尚未收到单据") : Self.takenBack(match)
      return Claim(
        impact: .zero, atStake: charged, actual: "no document", expected: "\(charged)",
        explanation: Words(
          "\(Phrase.count(match.lineItems, "line item")) \(Phrase.verb(match.lineItems, "charge")) \(cost) on "
            + "\(match.invoices.english) of \(match.seller.english), for which no document \(state.english).",
          zh:
            "\(match.seller.chinese)的\(match.invoices.chinese)有 \(match.lineItems) 条明细，共 \(cost)，但\(state.chinese)。"
        ),
        recommendation: Words(
          "Fetch the invoice from the billing console; if it is not there, ask \(match.seller.english) for it and "
            + "hold back the payment.",
          zh: "请在账单控制台下载该发票；如果没有，请向\(match.seller.chinese)索取，并暂缓付款。"),
        confidence: .strong)
    }
  }

  private static func takenBack(_ match: Match) -> Words {
    let names = match.takenBack.map(\.string)
    return Words(
      "is left: \(Phrase.list(names)) \(names.count == 1 ? "was" : "were") taken back",
      zh: "单据已不复存在：\(Phrase.chineseList(names))已被撤回")
  }
}

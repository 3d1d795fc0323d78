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
      return Claim(
        impact: .zero, atStake: charged, actual: "no document", expected: "\(charged)",
        explanation: "\(Phrase.count(match.lineItems, "line item")) "
          + "\(Phrase.verb(match.lineItems, "charge")) \(cost) on \(match.invoices) of \(match.seller), for which no document "
          + (match.takenBack.isEmpty ? "has come." : "is left: \(Self.takenBack(match))."),
        recommendation: "Fetch the invoice from the billing console; if it is not there, ask "
          + "\(match.seller) for it and hold back the payment.",
        confidence: .strong)
    }
  }

  private static func takenBack(_ match: Match) -> String {
    let names = Phrase.list(match.takenBack.map(\.string))
    return "\(names) \(match.takenBack.count == 1 ? "was" : "were") taken back"
  }
}

import BillingModel
import ExactNumbers

/// The same invoice came as more than one document.
///
/// *Formula.* A match with the result `DuplicateInvoice`: the number of a document that is counted
/// already.
/// *Source.* An invoice number is unique for its seller (EN 16931, BT-1).
/// *False positives.* One invoice in two formats is harmless as long as it is paid once; the money is
/// therefore at stake, not lost.
struct DuplicateInvoice: Detector {
  static let id: RuleID = "DuplicateInvoice"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeMatches(in: facts) { match in
      guard match.result == .duplicateInvoice else { return nil }
      let total = match.invoicedTotal ?? match.difference
      let documents = Phrase.list(match.documents.map(\.string))
      return Claim(
        impact: .zero, atStake: total,
        actual: Phrase.count(match.documents.count, "further document"), expected: "one document",
        explanation: "\(match.invoices.sentence) came again as \(documents), for "
          + "\(Phrase.money(total, match.currency)).",
        recommendation: "Make sure that it is booked and paid once.", confidence: .likely)
    }
  }
}

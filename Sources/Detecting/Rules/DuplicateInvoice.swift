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
    // One finding for an invoice, however often it came.
    let repeated = Dictionary(
      grouping: facts.reconciliation.matches.filter { $0.result == .duplicateInvoice },
      by: Self.key)
    var judgement = Judgement()
    for (key, matches) in repeated {
      judgement.findings.append(try Self.claim(matches).finding(key, lines: 0))
    }
    return judgement
  }

  private static func claim(_ matches: [Match]) throws(AmountOverflow) -> Claim {
    let total = try Amount.sum(matches.map { ($0.invoicedTotal ?? .zero).magnitude })
    let count = Phrase.count(matches.count, "further document")
    let match = matches[0]
    return Claim(
      impact: .zero, atStake: total, actual: count, expected: "one document",
      explanation: "\(match.invoices.sentence) of \(match.issuer) came again in \(count), for "
        + "\(Phrase.money(total, match.currency)).",
      recommendation: "Make sure that it is booked and paid once.", confidence: .likely)
  }
}

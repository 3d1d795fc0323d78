import BillingModel
import ExactNumbers

/// The same invoice came as more than one document.
///
/// *Formula.* A match with the result `DuplicateInvoice`: the number of a document that is counted
/// already.
/// *Source.* An invoice number is unique for its seller (EN 16931, BT-1).
/// *False positives.* One invoice in two formats is harmless as long as it is paid once; the money is
/// therefore at stake, not lost. Where the documents state different totals, both are named.
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
    let other = otherTotals(matches)
    return Claim(
      impact: .zero, atStake: total, actual: count, expected: "one document",
      explanation: "\(match.invoices.sentence) of \(match.seller) came again in \(count), for "
        + "\(Phrase.money(total, match.currency))\(other).",
      recommendation: other.isEmpty
        ? "Make sure that it is booked and paid once."
        : "Ask \(match.seller) which total holds, and make sure that it is booked and paid once.",
      confidence: .likely, leastSeverity: other.isEmpty ? .info : .low)
  }

  /// Documents of one number that state different totals are not one document.
  private static func otherTotals(_ matches: [Match]) -> String {
    let differing = matches.filter {
      $0.countedTotal != nil && $0.invoicedTotal != nil && $0.invoicedTotal != $0.countedTotal
    }
    guard let counted = differing.compactMap(\.countedTotal).max() else { return "" }
    let others = Set(differing.compactMap(\.invoicedTotal)).sorted()
    let currency = matches[0].currency
    let stated = Phrase.list(others.map { Phrase.money($0, currency) })
    return ": it states \(stated), and the document that is compared states "
      + Phrase.money(counted, currency)
  }
}

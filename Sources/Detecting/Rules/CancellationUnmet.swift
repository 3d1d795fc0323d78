import BillingModel
import ExactNumbers

/// A cancellation takes back a document that is not here.
///
/// *Formula.* A match with the result `Cancelled` that lists cancellations only.
/// *Source.* cXML, `operation="delete"`: it names an invoice that was sent before.
/// *False positives.* The document may have been sent before the first delivery; nothing of it is
/// counted, so no money is at stake here. It is said so that a document which comes late is not
/// paid.
struct CancellationUnmet: Detector {
  static let id: RuleID = "CancellationUnmet"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeMatches(in: facts) { match in
      guard match.result == .cancelled, match.documentKinds.allSatisfy({ $0 == .cancellation })
      else { return nil }
      let number = Phrase.list(match.documents.map(\.string))
      return Claim(
        kind: .dataQuality, impact: .zero, actual: "no document", expected: number,
        explanation: "\(match.seller.sentence) took back "
          + "\(number), and no such document is here.",
        recommendation:
          "Find out whether the document was booked or paid elsewhere; do not pay it if it "
          + "comes.",
        confidence: .proof, leastSeverity: .low)
    }
  }
}

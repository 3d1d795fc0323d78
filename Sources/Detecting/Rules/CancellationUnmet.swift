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
      let numbers = match.numbers.map(\.string)
      let number = Phrase.list(numbers)
      return Claim(
        kind: .dataQuality, impact: .zero, actual: "no document", expected: number,
        explanation: Words(
          "\(match.seller.sentence.english) took back \(number), and no such document is here.",
          zh: "\(match.seller.chinese)撤回了\(Phrase.chineseList(numbers))，但这张单据从未收到。"),
        recommendation: Words(
          "Find out whether the document was booked or paid elsewhere; do not pay it if it comes.",
          zh: "请查明该单据是否已在别处入账或付款；如果以后收到，请勿付款。"),
        confidence: .proof, leastSeverity: .low)
    }
  }
}

import BillingModel
import ExactNumbers

/// An invoice and its charges do not agree, and no reason explains the difference.
///
/// *Formula.* A match that is `Discrepant` with an unexplained amount other than 0, or whose document is in
/// another currency and says nothing in that of the charges; or `NotProved`, where rejected rows had no
/// readable cost, so that no sum can be trusted.
/// *Source.* FOCUS: the cost of an invoice id must equal that invoice.
/// *False positives.* Rounding lies within the tolerance of the match, and what a named reason
/// explains is not counted. The difference is put down to another finding where that one is about
/// exactly the same amount.
struct TotalOff: Detector {
  static let id: RuleID = "TotalOff"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    try judgeMatches(in: facts) { match in
      switch match.result {
      case .discrepant where !match.unconverted.isEmpty: Self.notCompared(match)
      case .discrepant where !match.unexplained.isZero: Self.discrepant(match)
      case .notProved: Self.notProved(match)
      default: nil
      }
    }
  }

  private static func discrepant(_ match: Match) -> Claim {
    let off = match.unexplained
    let difference = Phrase.money(off.magnitude, match.currency)
    let hints = match.explained.filter { $0.amount.isZero }.map(\.reason.rawValue)
    let hint = hints.isEmpty ? "" : " (see \(Phrase.list(hints)))"
    return Claim(
      impact: off, actual: shown(match.invoicedTotal), expected: shown(match.chargedTotal),
      explanation: "\(match.invoices.sentence) \(match.state) \(shown(match.invoicedTotal)) "
        + "\(match.currency), its charges add up to \(shown(match.chargedTotal)) "
        + "\(match.currency): \(difference) \(off.isNegative ? "less" : "more") than charged is "
        + "unexplained\(hint).",
      recommendation: "Follow the difference through reconciliation-items.csv to the level where "
        + "it first appears, and ask \(match.seller) to account for \(difference).",
      confidence: .strong, leastSeverity: .low)
  }

  private static func notCompared(_ match: Match) -> Claim {
    let stated = Phrase.list(match.unconverted.map { Phrase.money($0.amount, $0.currency) })
    let charged = match.chargedTotal ?? .zero
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: charged, actual: stated,
      expected: "a total in \(match.currency)",
      explanation: "\(match.invoices.sentence) \(match.state) \(stated), its charges add up to "
        + "\(Phrase.money(charged, match.currency)): the two cannot be compared, since no total in "
        + "\(match.currency) is stated.",
      recommendation:
        "Ask \(match.seller) for the total in \(match.currency) or for the exchange rate.",
      confidence: .hint, leastSeverity: .low)
  }

  private static func notProved(_ match: Match) -> Claim {
    Claim(
      kind: .dataQuality, impact: .zero, atStake: match.difference,
      actual: shown(match.invoicedTotal), expected: shown(match.chargedTotal),
      explanation: "\(match.invoices.sentence) cannot be proved: rows of its payer were rejected "
        + "whose cost cannot be read; "
        + "\(Phrase.money(match.difference.magnitude, match.currency)) is open.",
      recommendation: "Have the export delivered again, or correct the rows in rejects.csv.",
      confidence: .proof, leastSeverity: .medium)
  }

  private static func shown(_ amount: Amount?) -> String { amount?.description ?? "nothing" }
}

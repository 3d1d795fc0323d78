import BillingModel
import ExactNumbers

extension Detector {
  /// Judges each match of the period's reconciliation.
  func judgeMatches(
    in facts: PeriodFacts, _ judge: (Match) throws(AmountOverflow) -> Claim?
  ) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for match in facts.reconciliation.matches {
      if let claim = try judge(match) {
        judgement.findings.append(claim.finding(Self.key(match), lines: match.lineItems))
      }
    }
    return judgement
  }

  /// By invoice ids, and by documents only where there are none: an id does not change when a further
  /// document comes. Two issuers may give one number, and a credit may bear that of the invoice that it
  /// corrects.
  static func key(_ match: Match) -> FindingKey {
    var key = key(match.billingAccountID, match.billingPeriod, match.currency)
    key.invoiceID = Text.joined(
      match.invoiceIDs.isEmpty ? Array(Set(match.documents)) : match.invoiceIDs)
    let isCredit = match.invoiceIDs.isEmpty && match.documentKinds.contains(.credit)
    key.detail = isCredit ? Text("\(match.issuer) credit") : match.issuer
    return key
  }
}

extension Match {
  /// Each number once: a document that came again is still one.
  private var numbers: [String] {
    invoiceIDs.isEmpty ? Set(documents.map(\.afterColon)).sorted() : invoiceIDs.map(\.string)
  }

  var invoices: String {
    if numbers.isEmpty { return "the charges of \(seller) without invoice id" }
    let noun = invoiceIDs.isEmpty && documentKinds == [.credit] ? "credit note" : "invoice"
    return noun + (numbers.count == 1 ? " " : "s ") + Phrase.list(numbers)
  }

  /// `states` of one invoice, `state` of several, or of charges without one.
  var state: String { Phrase.verb(numbers.count, "state") }

  /// Who issued it, in a sentence.
  var seller: String { issuer.isEmpty ? "an unnamed seller" : issuer.string }
}

extension Text {
  /// The number in `dialect:number`.
  fileprivate var afterColon: String {
    string.firstIndex(of: ":").map { String(string[string.index(after: $0)...]) } ?? string
  }

  static func joined(_ texts: [Text]) -> Text {
    Text(texts.sorted().map(\.string).joined(separator: ";"))
  }
}

extension String {
  /// With its first letter in capitals, to begin a sentence.
  var sentence: String { prefix(1).uppercased() + dropFirst() }
}

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
      let places = Set(matches.flatMap(\.places)).sorted()
      judgement.findings.append(
        try Self.claim(matches).finding(key, lines: 0, evidence: places))
    }
    return judgement
  }

  private static func claim(_ matches: [Match]) throws(AmountOverflow) -> Claim {
    let total = try Amount.sum(matches.map { ($0.invoicedTotal ?? .zero).magnitude })
    let count = Phrase.count(matches.count, "further document")
    let match = matches[0]
    let money = Phrase.money(total, match.currency)
    let other = otherTotals(matches)
    let once =
      other == nil
      ? Words("Make sure that it is booked and paid once.", zh: "请确保只入账一次、只付款一次。")
      : Words(
        "Ask \(match.seller.english) which total holds, and make sure that it is booked and paid once.",
        zh: "请向\(match.seller.chinese)确认哪个总额有效，并确保只入账一次、只付款一次。")
    return Claim(
      impact: .zero, atStake: total, actual: count, expected: "one document",
      explanation: Words(
        "\(match.invoices.sentence.english) of \(match.seller.english) came again in \(count), for "
          + "\(money)\(other?.english ?? "").",
        zh:
          "\(match.seller.chinese)的\(match.invoices.chinese)又收到 \(matches.count) 份单据，金额共 \(money)\(other?.chinese ?? "")。"
      ),
      recommendation: once,
      confidence: .likely, leastSeverity: other == nil ? .info : .low)
  }

  /// Documents of one number that state different totals are not one document.
  private static func otherTotals(_ matches: [Match]) -> Words? {
    let differing = matches.filter {
      $0.countedTotal != nil && $0.invoicedTotal != nil && $0.invoicedTotal != $0.countedTotal
    }
    guard let counted = differing.compactMap(\.countedTotal).max() else { return nil }
    let others = Set(differing.compactMap(\.invoicedTotal)).sorted()
    let currency = matches[0].currency
    let stated = others.map { Phrase.money($0, currency) }
    let compared = Phrase.money(counted, currency)
    return Words(
      ": it states \(Phrase.list(stated)), and the document that is compared states \(compared)",
      zh: "：所列总额为 \(Phrase.chineseList(stated))，而用于对账的单据列示 \(compared)")
  }
}

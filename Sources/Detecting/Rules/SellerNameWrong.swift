import BillingModel
import ExactNumbers

/// A document names its seller by a name that the contract does not know.
///
/// *Formula.* The name is not that of the seller with this tax id; or, where no tax id is stated,
/// of no seller. Names compare without case, width, punctuation and legal form. At stake is what
/// the document asks for.
/// *Source.* The contract (`sellers`); EN 16931, BT-27.
/// *False positives.* Trading names and translations: a hint. A wrong tax id is `SellerTaxIDWrong`.
struct SellerNameWrong: Detector {
  static let id: RuleID = "SellerNameWrong"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let sellers = facts.contract.sellers else {
      return .unchecked(Self.unchecked("the contract has no list sellers"))
    }
    return try Self.judgeDocuments(facts.documents, in: facts) { document throws(AmountOverflow) in
      let invoice = document.invoice
      guard CompanyName(invoice.seller.name).isKnown, sellers.named(by: invoice).isEmpty else {
        return nil
      }
      let isStated = TaxNumber(invoice.seller.taxID).isKnown
      let meant = isStated ? sellers.withTaxID(invoice.seller.taxID) : sellers
      guard !meant.isEmpty else { return nil }
      let expected = isStated ? Phrase.list(meant.map(\.name.string)) : "a seller of the contract"
      return (
        CompanyName(invoice.seller.name).folded,
        Claim(
          impact: .zero, atStake: try document.payable(), actual: invoice.seller.name.string,
          expected: expected,
          explanation: "\(document.name.sentence) names a seller that the contract does not: "
            + (isStated ? "the tax id is that of \(expected)." : "it states no tax id either."),
          recommendation:
            "Check who sent the document; add the name to the contract if it is right.",
          confidence: .hint, leastSeverity: .low)
      )
    }
  }
}

import BillingModel
import ExactNumbers

/// A document is made out to another name than the company's.
///
/// *Formula.* The buyer's name is not that of a buyer of the contract with this tax id; where no
/// tax id is stated, of no buyer of its payer. Names compare without case, width, punctuation and
/// legal form. At stake is what the document asks for.
/// *Source.* The contract (`buyers`); EN 16931, BT-44.
/// *False positives.* Short and old names: a hint. A wrong tax id is `BuyerTaxIDWrong`.
struct BuyerNameWrong: Detector {
  static let id: RuleID = "BuyerNameWrong"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let buyers = facts.contract.buyers else {
      return .unchecked(Self.unchecked("the contract has no list buyers"))
    }
    return try Self.judgeDocuments(facts.documents, in: facts) { document throws(AmountOverflow) in
      let buyer = document.invoice.buyer
      let allowed = buyers.behind(document.billingAccountID)
      let meant = TaxNumber(buyer.taxID).isKnown ? allowed.withTaxID(buyer.taxID) : allowed
      let name = CompanyName(buyer.name)
      guard name.isKnown, !meant.isEmpty,
        !meant.contains(where: { CompanyName($0.name) == name })
      else { return nil }
      let names = Set(meant.map(\.name)).sorted().map(\.string)
      let expected = Phrase.list(names)
      return (
        name.folded,
        Claim(
          impact: .zero, atStake: try document.payable(), actual: buyer.name.string,
          expected: expected,
          explanation: Words(
            "\(document.name.english) is made out to \(buyer.name), not to \(expected) as in the contract.",
            zh: "\(document.name.chinese)的购买方写为\(buyer.name)，而合同中为\(Phrase.chineseList(names))。"),
          recommendation: Words(
            "Ask the seller to use the name that the tax office has; add it to the contract if it is right.",
            zh: "请要求销售方使用税务登记的名称；如果该名称正确，请加入合同。"),
          confidence: .hint, leastSeverity: .low)
      )
    }
  }
}

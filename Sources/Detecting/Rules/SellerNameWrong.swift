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
      let names = meant.map(\.name.string)
      let expected = isStated ? Phrase.list(names) : "a seller of the contract"
      let why =
        isStated
        ? Words("under the tax id that \(expected) has", zh: "其税号属于\(Phrase.chineseList(names))")
        : Words("and states no tax id either", zh: "单据上也没有税号")
      return (
        CompanyName(invoice.seller.name).folded,
        Claim(
          impact: .zero, atStake: try document.payable(), actual: invoice.seller.name.string,
          expected: expected,
          explanation: Words(
            "\(document.name.english) names a seller that the contract does not, \(why.english).",
            zh: "\(document.name.chinese)所写的销售方不在合同中，\(why.chinese)。"),
          recommendation: Words(
            "Check who sent the document; add the name to the contract if it is right.",
            zh: "请核实单据由谁发出；如果名称正确，请加入合同。"),
          confidence: .hint, leastSeverity: .low)
      )
    }
  }
}

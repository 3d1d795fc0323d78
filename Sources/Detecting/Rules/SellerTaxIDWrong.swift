import BillingModel
import ExactNumbers

/// A document names its seller by a tax id that is not the seller's.
///
/// *Formula.* The seller's tax id on the document is not the one that the contract names for that
/// seller; or no seller of the contract has the name or the tax id. At stake is what the document
/// asks for.
/// *Source.* The contract (`sellers`); EN 16931, BT-31.
/// *False positives.* A seller may be registered in several countries: each is an entry of its own
/// with the same company's name in full. Documents that state no tax id are not checked.
struct SellerTaxIDWrong: Detector {
  static let id: RuleID = "SellerTaxIDWrong"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let sellers = facts.contract.sellers else {
      return .unchecked(Self.unchecked("the contract has no list sellers"))
    }
    return try Self.judgeDocuments(facts.documents, in: facts) { document throws(AmountOverflow) in
      let stated = document.invoice.seller.taxID
      guard TaxNumber(stated).isKnown else { return nil }
      let named = sellers.named(by: document.invoice)
      let expected = named.map(\.taxID).filter { !$0.isEmpty }
      // Under an unknown name the tax id tells who it is; a seller without one agreed may state
      // any.
      let isRight =
        named.isEmpty
        ? !sellers.withTaxID(stated).isEmpty
        : expected.isEmpty || !named.withTaxID(stated).isEmpty
      if isRight { return nil }
      return (TaxNumber(stated).folded, try Self.claim(document, expected))
    }
  }

  private static func claim(
    _ document: JudgedDocument, _ expected: [Text]
  ) throws(AmountOverflow) -> Claim {
    let stated = document.invoice.seller.taxID
    let known = Set(expected).sorted().map(\.string)
    let ids = Phrase.list(known)
    let why =
      known.isEmpty
      ? Words("no seller of the contract has it", zh: "合同中没有使用该税号的销售方")
      : Words("the contract names \(ids)", zh: "合同中为\(Phrase.chineseList(known))")
    return Claim(
      impact: .zero, atStake: try document.payable(), actual: stated.string,
      expected: expected.isEmpty ? "a seller of the contract" : ids,
      explanation: Words(
        "\(document.name.english) states the seller's tax id \(stated): \(why.english).",
        zh: "\(document.name.chinese)所列的销售方税号为\(stated)：\(why.chinese)。"),
      recommendation: Words(
        "Check who sent the document before it is paid and before its tax is claimed; add the seller to the "
          + "contract if it is one.",
        zh: "付款和抵扣税额之前，请核实单据由谁发出；如果确为销售方，请加入合同。"),
      confidence: .strong, leastSeverity: .medium)
  }
}

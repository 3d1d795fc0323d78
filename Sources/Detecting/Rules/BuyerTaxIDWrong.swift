import BillingModel
import ExactNumbers

/// A document is made out to another tax id than the company's.
///
/// *Formula.* The buyer's tax id on the document is not that of a buyer that the contract names for
/// its payer. At stake is what the document asks for: its tax cannot be claimed, and it may be
/// someone else's bill.
/// *Source.* The contract (`buyers`); EN 16931, BT-48. A Chinese invoice with a wrong tax id cannot
/// be deducted.
/// *False positives.* A new subsidiary is one until the contract names it. Documents that state no
/// tax id are not checked.
struct BuyerTaxIDWrong: Detector {
  static let id: RuleID = "BuyerTaxIDWrong"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let buyers = facts.contract.buyers else {
      return .unchecked(Self.unchecked("the contract has no list buyers"))
    }
    return try Self.judgeDocuments(facts.documents, in: facts) { document throws(AmountOverflow) in
      let stated = document.invoice.buyer.taxID
      let allowed = buyers.behind(document.billingAccountID)
      guard TaxNumber(stated).isKnown, allowed.withTaxID(stated).isEmpty else { return nil }
      let expected = Set(allowed.map(\.taxID)).sorted().map(\.string)
      let account = document.billingAccountID
      let payer =
        account.isEmpty
        ? Words("the company", zh: "本公司") : Words("payer \(account)", zh: "付款账号 \(account)")
      let known: ChineseText = expected.isEmpty ? "" : "（\(Phrase.chineseList(expected))）"
      return (
        TaxNumber(stated).folded,
        Claim(
          impact: .zero, atStake: try document.payable(), actual: stated.string,
          expected: expected.isEmpty ? "a buyer of the contract" : Phrase.list(expected),
          explanation: Words(
            "\(document.name.english) is made out to the tax id \(stated), which is not one of "
              + "\(payer.english)\(expected.isEmpty ? "" : ": \(Phrase.list(expected))").",
            zh: "\(document.name.chinese)的购买方税号为\(stated)，不是\(payer.chinese)的税号\(known)。"),
          recommendation: Words(
            "Ask the seller to take the document back and to make it out to the right tax id before it is paid.",
            zh: "付款前请要求销售方收回该单据，并按正确的税号重新开具。"),
          confidence: .strong, leastSeverity: .high)
      )
    }
  }
}

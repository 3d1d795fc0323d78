import BillingModel
import ExactNumbers

/// A document asks for payment to an account that is not known to be the seller's.
///
/// *Formula.* A payment account of the document is not among the `bankAccounts` that the contract
/// names for its seller; where it names none, not among those of the seller's earlier documents. At
/// stake is what the document asks for.
/// *Source.* The contract (`sellers`); EN 16931, BT-84. A changed account is the commonest invoice
/// fraud.
/// *False positives.* Sellers do change their banks, and say so by another way than the invoice.
/// The first document of a seller has nothing to be held against.
struct SellerBankAccountChanged: Detector {
  static let id: RuleID = "SellerBankAccountChanged"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    let known = (facts.earlierInvoices + facts.invoices).filter { !$0.paymentAccounts.isEmpty }
      .map { (seller: SellerIdentity($0), invoice: $0) }
    let documents = facts.documents.filter { !$0.invoice.paymentAccounts.isEmpty }
    var unchecked: Set<UncheckedRule> = []
    var judgement = try Self.judgeDocuments(documents, in: facts) {
      document throws(AmountOverflow) in
      let (accounts, source) = Self.accounts(of: document.invoice, facts.contract, known)
      guard !accounts.isEmpty else {
        unchecked.insert(
          Self.unchecked(
            "no account of \(document.seller.english) is known: the contract names none (sellers), and no "
              + "earlier document does"))
        return nil
      }
      let strange = document.invoice.paymentAccounts.map { BankAccount($0) }
        .filter { !accounts.contains($0) }
      guard let first = strange.min(by: { $0.folded < $1.folded }) else { return nil }
      return (first.folded, try Self.claim(document, strange, accounts, source))
    }
    judgement.unchecked = Array(unchecked)
    return judgement
  }

  /// What the seller may be paid to, and who says so.
  private static func accounts(
    of invoice: Invoice, _ contract: Contract, _ known: [(seller: SellerIdentity, invoice: Invoice)]
  ) -> (accounts: Set<BankAccount>, source: Words) {
    let sellers = contract.sellers ?? []
    let named = sellers.named(by: invoice)
    let agreed = (named.isEmpty ? sellers.withTaxID(invoice.seller.taxID) : named)
      .flatMap(\.bankAccounts)
    if !agreed.isEmpty {
      return (Set(agreed.map { BankAccount($0) }), Words("the contract does", zh: "合同中"))
    }
    let seller = SellerIdentity(invoice)
    let earlier = known.filter {
      $0.seller.isSame(as: seller) && $0.invoice.isEarlier(than: invoice)
    }
    .flatMap(\.invoice.paymentAccounts)
    return (
      Set(earlier.map { BankAccount($0) }), Words("earlier documents do", zh: "以前的单据中")
    )
  }

  private static func claim(
    _ document: JudgedDocument, _ strange: [BankAccount], _ accounts: Set<BankAccount>,
    _ source: Words
  ) throws(AmountOverflow) -> Claim {
    let payable = try document.payable()
    let total = Phrase.money(payable, document.invoice.currency)
    let shown = Set(strange.map(\.shown)).sorted()
    let expected = Phrase.list(Set(accounts.map(\.shown)).sorted())
    return Claim(
      impact: .zero, atStake: payable, actual: Phrase.list(shown), expected: expected,
      explanation: Words(
        "\(document.name.english) asks for \(total) to be paid to \(Phrase.list(shown)), an account that "
          + "\(source.english) not name.",
        zh:
          "\(document.name.chinese)要求将 \(total) 付至银行账户\(Phrase.chineseList(shown))，而\(source.chinese)没有该账户。"
      ),
      recommendation: Words(
        "Do not pay \(total) before the seller has confirmed the account by a way that you knew before; add it "
          + "to the contract if it is right.",
        zh: "在销售方通过原先已知的联系方式确认该账户之前，请勿支付 \(total)；如果正确，请加入合同。"),
      confidence: .strong, leastSeverity: .high)
  }
}

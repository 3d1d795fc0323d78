import BillingModel
import ExactNumbers

/// A document refers to no order of the company.
///
/// *Formula.* An order on the document is not in the contract, or is that of another payer or
/// seller; or the document names none, and the contract has orders for its payer and seller. At
/// stake is what the document asks for.
/// *Source.* The contract (`purchaseOrders`); EN 16931, BT-13.
/// *False positives.* A new order is one until the contract names it. A Chinese invoice has no
/// field for orders: one that its remark names counts. Entries of an invoice list and credit notes
/// need none.
struct PurchaseOrderUnknown: Detector {
  static let id: RuleID = "PurchaseOrderUnknown"

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let orders = facts.contract.purchaseOrders else {
      return .unchecked(Self.unchecked("the contract has no list purchaseOrders"))
    }
    return try Self.judgeDocuments(facts.documents, in: facts) { document throws(AmountOverflow) in
      let valid = orders.filter { Self.isFor(document, $0) }
      let stated = document.invoice.purchaseOrders
      let unknown = stated.filter { order in !valid.contains { $0.number == order } }
      if let first = unknown.min() {
        let why =
          orders.contains { $0.number == first }
          ? Words(
            "the contract has it for another payer or seller", zh: "合同中它属于另一付款账号或销售方")
          : Words("the contract does not name it", zh: "合同中没有该订单")
        let numbers = unknown.sorted().map(\.string)
        let fault = Words(
          "names order \(Phrase.list(numbers)): \(why.english)",
          zh: "引用采购订单\(Phrase.chineseList(numbers))：\(why.chinese)")
        return (first, try Self.claim(document, numbers, fault, valid))
      }
      guard stated.isEmpty, Self.needsOrder(document, valid) else { return nil }
      let fault = Words(
        "names no order, and its payer orders from this seller by number",
        zh: "没有写采购订单号，而其付款账号向该销售方采购须凭订单号")
      return ("", try Self.claim(document, [], fault, valid))
    }
  }

  private static func isFor(_ document: JudgedDocument, _ order: Contract.PurchaseOrder) -> Bool {
    let payer = document.billingAccountID
    let names = [document.invoice.seller.name, document.invoice.issuer].map { CompanyName($0) }
      .filter(\.isKnown)
    let seller = CompanyName(order.seller)
    return (payer.isEmpty || order.billingAccountID.isEmpty || order.billingAccountID == payer)
      && (!seller.isKnown || names.isEmpty || names.contains(seller))
  }

  /// Orders for any payer ask nobody for an order.
  private static func needsOrder(
    _ document: JudgedDocument, _ valid: [Contract.PurchaseOrder]
  ) -> Bool {
    let invoice = document.invoice
    guard invoice.kind == .invoice, !invoice.isListEntry, !document.billingAccountID.isEmpty else {
      return false
    }
    let isRemarked = valid.contains {
      invoice.references.contains($0.number) || invoice.remark.string.contains($0.number.string)
    }
    return !isRemarked && valid.contains { $0.billingAccountID == document.billingAccountID }
  }

  private static func claim(
    _ document: JudgedDocument, _ unknown: [String], _ fault: Words,
    _ valid: [Contract.PurchaseOrder]
  ) throws(AmountOverflow) -> Claim {
    let expected = Set(valid.map(\.number)).sorted().map(\.string)
    return Claim(
      impact: .zero, atStake: try document.payable(),
      actual: unknown.isEmpty ? "no order" : Phrase.list(unknown),
      expected: expected.isEmpty ? "an order of the contract" : Phrase.list(expected),
      explanation: Words(
        "\(document.name.english) \(fault.english).",
        zh: "\(document.name.chinese)\(fault.chinese)。"),
      recommendation: Words(
        "Ask who ordered it before it is paid; add the order to the contract if it is one.",
        zh: "付款前请查明是谁订购的；如果订单属实，请加入合同。"),
      confidence: .likely, leastSeverity: .low)
  }
}

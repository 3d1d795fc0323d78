import BillingModel

/// Finds charges by who issued a document, for which month and in which currency.
struct IssuerLinks: Sendable {
  struct Fit: Sendable {
    var link = DocumentLink.none
    /// True where the document mentions an id that is not charged: no amount makes it another's.
    var isGuess = false
  }

  private let nodes: [ChargeNode]
  private let nodesByIssuer: [CompanyName: [Int]]

  init(_ nodes: [ChargeNode]) {
    self.nodes = nodes
    var byIssuer: [CompanyName: [Int]] = [:]
    for (index, node) in nodes.enumerated() {
      for name in node.issuerNames where name.isKnown { byIssuer[name, default: []].append(index) }
    }
    nodesByIssuer = byIssuer
  }

  /// A document with an AWS invoice id can only belong to charges that still lack theirs; one
  /// without may belong to charges with any id.
  ///
  /// - Parameters:
  ///   - payer, seller: whose the orders of the document are, where it does not say itself.
  ///   - taken: charges that other documents name.
  func fit(_ document: BilledDocument, payer: Text, seller: Text, taken: Set<Int>) -> Fit {
    let issuer = document.issuer.isKnown ? document.issuer : CompanyName(seller)
    guard issuer.isKnown else { return Fit() }
    let stated = document.invoice.billingAccountID
    let payer = stated.isEmpty ? payer : stated
    let (periods, _) = document.ownPeriods
    let ofMonth = (nodesByIssuer[issuer] ?? []).filter { index in
      let node = nodes[index]
      return !taken.contains(index) && (payer.isEmpty || payer == node.key.billingAccountID)
        && !node.periods.isDisjoint(with: periods)
        && (node.isOpen ? isWhollyOpen(node) : !document.statesOwnID)
    }
    let byCurrency = Dictionary(grouping: ofMonth) { nodes[$0].key.currency }
    let fitting = document.invoice.totalCurrencies.lazy.compactMap { byCurrency[$0] }.first ?? []
    if fitting.isEmpty { return Fit() }
    // Where a remark mentions an id that is not charged, charges with another id are a guess.
    if !document.statedIDs.isEmpty, fitting.contains(where: { !nodes[$0].isOpen }) {
      return Fit(link: .ambiguous(fitting), isGuess: true)
    }
    // A document may name several months: each must fit one thing only.
    let isClear = periods.allSatisfy { period in
      fitting.count { nodes[$0].periods.contains(period) } <= 1
    }
    return Fit(link: isClear ? .charges(fitting) : .ambiguous(fitting))
  }

  /// While a part of an issuer's month has ids, a document may be for that part or for the rest.
  private func isWhollyOpen(_ node: ChargeNode) -> Bool {
    !(nodesByIssuer[node.key.issuer] ?? []).contains { index in
      let other = nodes[index]
      return !other.isOpen && other.key.billingAccountID == node.key.billingAccountID
        && other.key.currency == node.key.currency && !other.periods.isDisjoint(with: node.periods)
    }
  }
}

import BillingModel
import ExactNumbers

/// What a document was found to belong to.
enum DocumentLink: Hashable, Sendable {
  /// Charges, by their index.
  case charges([Int])
  /// Another document, by its index: a credit without charges joins the invoice that it corrects.
  case document(Int)
  /// It could belong to any of these charges; nothing tells to which.
  case ambiguous([Int])
  case none
}

/// Finds what each document belongs to: by an id that it states, else by who issued it, for which
/// month and in which currency, if only one thing fits. Nothing is guessed.
struct DocumentLinks: Sendable {
  private let nodes: [ChargeNode]
  private let documents: [BilledDocument]
  private let nodesByID: [Text: [Int]]
  private let nodesByIssuer: [IssuerName: [Int]]

  init(nodes: [ChargeNode], documents: [BilledDocument]) {
    self.nodes = nodes
    self.documents = documents
    var byID: [Text: [Int]] = [:]
    var byIssuer: [IssuerName: [Int]] = [:]
    for (index, node) in nodes.enumerated() {
      if !node.isOpen { byID[node.key.invoiceID, default: []].append(index) }
      for name in node.issuerNames where name.isKnown { byIssuer[name, default: []].append(index) }
    }
    nodesByID = byID
    nodesByIssuer = byIssuer
  }

  /// The link of each document, in their order.
  func links() -> [DocumentLink] {
    var links = documents.map(linkByID)
    // Charges that a document names by id are spoken for.
    var taken: Set<Int> = []
    for case .charges(let indices) in links { taken.formUnion(indices) }
    for index in links.indices where links[index] == .none {
      links[index] = linkByIssuer(documents[index], taken: taken)
    }
    return links
  }

  // MARK: By id

  private func linkByID(_ document: BilledDocument) -> DocumentLink {
    for ids in document.statedIDs {
      let found = ids.flatMap { nodesByID[$0] ?? [] }.filter { isPayer($0, of: document) }
      let charges = ofIssuer(of: document, inCurrency(of: document, Set(found).sorted()))
      if !charges.isEmpty { return .charges(charges) }
    }
    return correctedDocument(of: document).map { .document($0) } ?? .none
  }

  private func isPayer(_ node: Int, of document: BilledDocument) -> Bool {
    let payer = document.invoice.billingAccountID
    return payer.isEmpty || payer == nodes[node].key.billingAccountID
  }

  /// Those in the document's currency, else those in its base currency, else all if they have one
  /// currency: currencies never meet in a match.
  private func inCurrency(of document: BilledDocument, _ candidates: [Int]) -> [Int] {
    for currency in [document.invoice.currency, document.invoice.base?.currency ?? ""] {
      let same = candidates.filter { nodes[$0].key.currency == currency }
      if !same.isEmpty { return same }
    }
    let currencies = Set(candidates.map { nodes[$0].key.currency })
    return currencies.count == 1 ? candidates : []
  }

  /// Where several issuers gave one number, those of the document's seller; an id alone is enough where
  /// none has that name, since a document may spell it in its own way.
  private func ofIssuer(of document: BilledDocument, _ candidates: [Int]) -> [Int] {
    guard document.issuer.isKnown else { return candidates }
    let same = candidates.filter { nodes[$0].key.issuer == document.issuer }
    guard !same.isEmpty else { return candidates }
    return candidates.filter {
      let issuer = nodes[$0].key.issuer
      return issuer == document.issuer || !issuer.isKnown
    }
  }

  private func correctedDocument(of document: BilledDocument) -> Int? {
    let invoice = document.invoice
    guard invoice.kind == .credit, !invoice.precedingInvoice.isEmpty else { return nil }
    let corrected = documents.indices.filter {
      let other = documents[$0]
      return other.invoice.kind == .invoice && other.invoice.invoiceID == invoice.precedingInvoice
        && (!other.issuer.isKnown || !document.issuer.isKnown || other.issuer == document.issuer)
    }
    return corrected.count == 1 ? corrected.first : nil
  }

  // MARK: By issuer, month and currency

  /// A document with an AWS invoice id can only belong to charges that still lack theirs; one
  /// without may belong to charges with any id.
  private func linkByIssuer(_ document: BilledDocument, taken: Set<Int>) -> DocumentLink {
    guard document.issuer.isKnown else { return .none }
    let (periods, _) = document.ownPeriods
    let fitting = (nodesByIssuer[document.issuer] ?? []).filter { index in
      let node = nodes[index]
      return !taken.contains(index) && isPayer(index, of: document)
        && node.key.currency == document.invoice.currency
        && !node.periods.isDisjoint(with: periods)
        && (node.isOpen ? isWhollyOpen(node) : !document.statesOwnID)
    }
    if fitting.isEmpty { return .none }
    // Where a remark mentions an id that is not charged, charges with another id are a guess.
    let isGuess = !document.statedIDs.isEmpty && fitting.contains { !nodes[$0].isOpen }
    // A document may name several months: each must fit one thing only.
    let isClear =
      !isGuess
      && periods.allSatisfy { period in
        fitting.count { nodes[$0].periods.contains(period) } <= 1
      }
    return isClear ? .charges(fitting) : .ambiguous(fitting)
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

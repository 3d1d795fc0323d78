import BillingModel
import ExactNumbers

/// What a document was found to belong to.
enum DocumentLink: Hashable, Sendable {
  /// Charges, by their index.
  case charges([Int])
  /// Charges that another document with the same order names.
  case ordered([Int])
  /// Another document, by its index: a credit without charges joins the invoice that it corrects.
  case document(Int)
  /// It could belong to any of these charges; nothing tells to which.
  case ambiguous([Int])
  case none
}

/// Finds what each document belongs to: by an id that it states, else by its order, else by who issued it,
/// for which month and in which currency, if only one thing fits, else by its amount, if there is only one
/// way. Each step looks only at what the one before left; nothing is guessed.
struct DocumentLinks: Sendable {
  private let nodes: [ChargeNode]
  private let documents: [BilledDocument]
  private let nodesByID: [Text: [Int]]
  private let issuers: IssuerLinks
  private let orders: [Contract.PurchaseOrder]
  private let tolerances: Tolerances

  /// - Parameter orders: Those that the contract names.
  init(
    nodes: [ChargeNode], documents: [BilledDocument], orders: [Contract.PurchaseOrder],
    tolerances: Tolerances
  ) {
    self.nodes = nodes
    self.documents = documents
    self.orders = orders
    self.tolerances = tolerances
    var byID: [Text: [Int]] = [:]
    for (index, node) in nodes.enumerated() where !node.isOpen {
      byID[node.key.invoiceID, default: []].append(index)
    }
    nodesByID = byID
    issuers = IssuerLinks(nodes)
  }

  /// The link of each document, in their order.
  func links() -> [DocumentLink] {
    var links = documents.map(linkByID)
    let orders = OrderLinks(documents, agreed: self.orders, charges: charges(statedBy:))
    for index in links.indices where links[index] == .none {
      let charges = ordered(documents[index], orders)
      if !charges.isEmpty { links[index] = .ordered(charges) }
    }
    // Charges that a document names by id or order are spoken for.
    let taken = Self.charges(of: links)
    var contested: [Int: Set<Int>] = [:]
    for index in links.indices where links[index] == .none {
      let document = documents[index]
      let fit = issuers.fit(
        document, payer: orders.payer(of: document.invoice),
        seller: orders.seller(of: document.invoice), taken: taken)
      links[index] = fit.link
      if case .ambiguous(let charges) = fit.link, !fit.isGuess { contested[index] = Set(charges) }
    }
    assign(contested, &links)
    return links
  }

  private static func charges(of links: [DocumentLink]) -> Set<Int> {
    links.reduce(into: []) { taken, link in
      switch link {
      case .charges(let indices), .ordered(let indices): taken.formUnion(indices)
      case .document, .ambiguous, .none: break
      }
    }
  }

  // MARK: By order

  /// The charges that all documents of its orders lead to, for the month that it states if it does.
  private func ordered(_ document: BilledDocument, _ orders: OrderLinks) -> [Int] {
    let (periods, inferred) = document.ownPeriods
    let sets = orders.charges(of: document).filter { charges in
      inferred || !self.periods(of: Array(charges)).isDisjoint(with: periods)
    }
    guard sets.count == 1, let only = sets.first else { return [] }
    return only.filter { isPayer($0, of: document) }.sorted()
  }

  // MARK: By amount

  /// Documents and charges that could belong together are looked at together.
  private func assign(_ contested: [Int: Set<Int>], _ links: inout [DocumentLink]) {
    let taken = Self.charges(of: links)
    let open = contested.mapValues { $0.subtracting(taken) }.filter { !$0.value.isEmpty }
    var sets = DisjointSets(count: nodes.count + documents.count)
    for (document, charges) in open {
      for charge in charges { sets.join(charge, nodes.count + document) }
    }
    for members in sets.sets() {
      let charges = members.filter { $0 < nodes.count }
      let documents = members.map { $0 - nodes.count }.filter { open[$0] != nil }
      guard !documents.isEmpty else { continue }
      let places = Dictionary(uniqueKeysWithValues: charges.enumerated().map { ($1, $0) })
      let currency = nodes[charges[0]].key.currency
      let assignment = AmountAssignment(
        documents: documents.map { amount(of: self.documents[$0].invoice, in: currency) },
        charges: charges.map { AmountAssignment.Side(total: nodes[$0].total) },
        fitting: documents.map { Set((open[$0] ?? []).compactMap { places[$0] }) },
        tolerance: tolerances[currency])
      let assigned = assignment.assigned
      let used = Set(assigned.joined().map { charges[$0] })
      for (document, found) in zip(documents, assigned) {
        let left = (open[document] ?? []).subtracting(used).sorted()
        if !found.isEmpty {
          links[document] = .charges(found.map { charges[$0] })
        } else if !left.isEmpty {
          links[document] = .ambiguous(left)
        }
      }
    }
  }

  private func amount(of invoice: Invoice, in currency: CurrencyCode) -> AmountAssignment.Side {
    // A total that leaves its range equals nothing.
    let amounts = try? DocumentAmounts(invoice, in: currency)
    return AmountAssignment.Side(total: amounts?.total, lines: max(1, invoice.lineCount))
  }

  // MARK: By id

  private func linkByID(_ document: BilledDocument) -> DocumentLink {
    let charges = charges(statedBy: document)
    if !charges.isEmpty { return .charges(charges) }
    return correctedDocument(of: document).map { .document($0) } ?? .none
  }

  /// The charges of the first ids of the document that are charged.
  func charges(statedBy document: BilledDocument) -> [Int] {
    for ids in document.statedIDs {
      let found = ids.flatMap { nodesByID[$0] ?? [] }.filter { isPayer($0, of: document) }
      let charges = ofIssuer(of: document, inCurrency(of: document, Set(found).sorted()))
      if !charges.isEmpty { return charges }
    }
    return []
  }

  func nodes(_ indices: [Int]) -> [ChargeNode] { indices.map { nodes[$0] } }

  private func periods(of charges: [Int]) -> Set<BillingPeriod> {
    Set(charges.flatMap { nodes[$0].periods })
  }

  private func isPayer(_ node: Int, of document: BilledDocument) -> Bool {
    let payer = document.invoice.billingAccountID
    return payer.isEmpty || payer == nodes[node].key.billingAccountID
  }

  /// Those in the document's currency, else those in another one that it has a total in, else all if they
  /// have one currency: currencies never meet in a match.
  private func inCurrency(of document: BilledDocument, _ candidates: [Int]) -> [Int] {
    for currency in document.invoice.totalCurrencies {
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
}

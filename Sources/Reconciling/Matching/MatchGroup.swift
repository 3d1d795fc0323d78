import BillingModel
import ExactNumbers

/// A connected set of charges and documents, before anything is compared.
struct MatchGroup: Sendable {
  var nodes: [ChargeNode] = []
  var documents: [BilledDocument] = []
  /// Documents that repeat one of ``documents``.
  var duplicates: [BilledDocument] = []
  /// Credit documents that joined by the invoice they correct and not by an id of their own.
  var appliedByReference: Set<Text> = []
  /// Where a document could belong to, but nothing tells to which.
  var ambiguity: [Text] = []
  /// Documents that joined by their order.
  fileprivate(set) var ordered: Set<Place> = []
  /// Documents of these charges that were taken back.
  var takenBack: [BilledDocument] = []
  /// Present if the documents are cancellations and what they take back: nothing is compared.
  var withdrawal: Withdrawal?
}

extension MatchGroup {
  /// All groups, in an order that does not depend on how bookings and documents were given.
  static func all(
    nodes: [ChargeNode], selection: DocumentSelection, links: DocumentLinks
  ) -> [MatchGroup] {
    let found = links.links()
    var joined = DisjointSets(count: nodes.count + found.count)
    for (a, b) in ChargeNode.pairsOfOneInvoice(among: nodes) { joined.join(a, b) }
    for (document, link) in found.enumerated() {
      switch link {
      case .charges(let indices), .ordered(let indices):
        for index in indices { joined.join(index, nodes.count + document) }
      case .document(let other): joined.join(nodes.count + other, nodes.count + document)
      case .ambiguous, .none: break
      }
    }
    let sets = joined.sets()
    let duplicates = Dictionary(grouping: selection.duplicates, by: \.original)
    var groups = sets.map { members in
      var group = MatchGroup()
      for member in members {
        guard member >= nodes.count else {
          group.nodes.append(nodes[member])
          continue
        }
        let index = member - nodes.count
        group.add(selection.counted[index], linkedBy: found[index], to: nodes)
        group.add(duplicates[index] ?? [], of: selection.counted[index])
      }
      group.setListEntriesApart()
      return group
    }
    groups.addWithdrawals(selection, links: links, sets: sets)
    return groups
  }

  private mutating func add(
    _ duplicates: [DocumentSelection.Duplicate], of counted: BilledDocument
  ) {
    self.duplicates += duplicates.map { duplicate in
      var document = duplicate.document
      document.counted = counted.invoice
      return document
    }
  }

  private mutating func add(
    _ document: BilledDocument, linkedBy link: DocumentLink, to nodes: [ChargeNode]
  ) {
    documents.append(document)
    switch link {
    case .ordered: ordered.insert(document.invoice.place)
    case .ambiguous(let indices):
      ambiguity += indices.map { Self.label(of: nodes[$0]) }
    case .document: appliedByReference.insert(BilledDocument.name(of: document.invoice))
    case .charges(let indices):
      let preceding = document.invoice.precedingInvoice
      let isByReference =
        document.invoice.kind == .credit && !preceding.isEmpty
        && document.invoice.invoiceID != preceding
        && indices.allSatisfy { nodes[$0].key.invoiceID == preceding }
      if isByReference { appliedByReference.insert(BilledDocument.name(of: document.invoice)) }
    case .none: break
    }
  }

  /// What an entry of the list of invoices says was billed, the documents that joined by its order or that
  /// mention its number say too: it is a copy of the first of them.
  private mutating func setListEntriesApart() {
    let charged = Set(nodes.map(\.key.invoiceID))
    let joined = documents.indices.filter { index in
      let invoice = documents[index].invoice
      return ordered.contains(invoice.place)
        || invoice.kind == .invoice && !invoice.isListEntry && !charged.contains(invoice.invoiceID)
          && !charged.isDisjoint(with: invoice.references)
    }
    guard let first = joined.first else { return }
    let orders = Set(joined.flatMap { documents[$0].invoice.purchaseOrders })
    let mentioned = Set(joined.flatMap { documents[$0].invoice.references })
    let entries = documents.filter {
      $0.invoice.isListEntry && $0.invoice.kind == .invoice
        && (!orders.isDisjoint(with: $0.invoice.purchaseOrders)
          || mentioned.contains($0.invoice.invoiceID))
    }
    documents[first].copies += entries.flatMap { [$0.invoice] + $0.copies }
    let apart = Set(entries.map(\.invoice.place))
    documents.removeAll { apart.contains($0.invoice.place) }
  }

  private static func label(of node: ChargeNode) -> Text {
    guard node.isOpen else { return node.key.invoiceID }
    return Text("charges without id of \(node.key.billingAccountID)")
  }

  var invoices: [Invoice] { documents.map(\.invoice) }

  var invoiceIDs: [Text] {
    Set(nodes.map(\.key.invoiceID)).filter { !$0.isEmpty }.sorted()
  }

  /// The currency of the charges; without charges, that of the first invoice that names one.
  var currency: CurrencyCode {
    if let node = nodes.first { return node.key.currency }
    let inOrder = invoices.filter { $0.kind == .invoice } + invoices
    return inOrder.map(\.currency).first { !$0.text.isEmpty } ?? ""
  }

  /// The first payer by bytes; a document may name charges of several.
  var billingAccountID: Text {
    let charges = nodes + (withdrawal?.charges ?? [])
    let payers = charges.map(\.key.billingAccountID) + invoices.map(\.billingAccountID)
    return payers.filter { !$0.isEmpty }.min() ?? ""
  }

  /// As the export spells it, else as the document does.
  var issuer: Text {
    nodes.flatMap(\.issuers).min()
      ?? invoices.map(\.issuerName).filter { !$0.isEmpty }.min() ?? ""
  }

  var issuerNames: Set<CompanyName> {
    let names = nodes.flatMap(\.issuerNames) + documents.map(\.issuer)
    return Set(names.filter(\.isKnown))
  }

  /// The payer's months that hold charges of this group.
  var months: [PayerPeriod] {
    var months: Set<PayerPeriod> = []
    for node in nodes {
      for period in node.periods {
        months.insert(
          PayerPeriod(billingAccountID: node.key.billingAccountID, billingPeriod: period))
      }
    }
    return months.sorted()
  }

  /// All periods of the group, sorted: those of its charges, else those of its documents, else (a
  /// document that tells no date at all) the month before today.
  func periods(asOf: RunDay) -> (periods: [BillingPeriod], inferred: Bool) {
    let charged = Set((nodes + (withdrawal?.charges ?? [])).flatMap(\.periods))
    if !charged.isEmpty { return (charged.sorted(), false) }
    let own = documents.map(\.ownPeriods)
    let named = own.filter { !$0.inferred }.flatMap(\.periods)
    if !named.isEmpty { return (Set(named).sorted(), false) }
    let inferred = Set(own.flatMap(\.periods))
    return (inferred.isEmpty ? [asOf.previousPeriod] : inferred.sorted(), true)
  }
}

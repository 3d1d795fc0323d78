import BillingModel

/// What purchase orders tell of documents that name no charges: which charges another document of
/// the same order names, and whose orders they are.
struct OrderLinks: Sendable {
  /// Charges that a document with orders names by id.
  private struct Named: Sendable {
    let document: Invoice
    let charges: Set<Int>
  }

  private var named: [Text: [Named]] = [:]
  private var listed: Set<Text> = []
  private let agreed: [Text: Contract.PurchaseOrder]

  /// - Parameter charges: what a document names by id.
  init(
    _ documents: [BilledDocument], agreed: [Contract.PurchaseOrder],
    charges: (BilledDocument) -> [Int]
  ) {
    self.agreed = Dictionary(
      agreed.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    for invoice in documents.flatMap({ [$0.invoice] + $0.copies }) {
      if invoice.isListEntry { listed.insert(invoice.invoiceID) }
      if invoice.purchaseOrders.isEmpty { continue }
      let found = Set(charges(BilledDocument(invoice)))
      if found.isEmpty { continue }
      for order in invoice.purchaseOrders {
        named[order, default: []].append(Named(document: invoice, charges: found))
      }
    }
  }

  /// The sets of charges that documents with one of its orders name, of its issuer and payer, in
  /// its currency.
  ///
  /// A document with an AWS id of its own is another bill than the documents beside it; only where
  /// the list of invoices does not know its number can that be a number of the seller's books.
  func charges(of document: BilledDocument) -> Set<Set<Int>> {
    let invoice = document.invoice
    let orders = invoice.purchaseOrders
    let isOwnBill = document.statesOwnID
    guard !orders.isEmpty, !(isOwnBill && listed.contains(invoice.invoiceID)),
      // An id that is not charged, and is no order either, says that it is for something else.
      Set(invoice.references).isSubset(of: orders)
    else { return [] }
    let same = orders.flatMap { named[$0] ?? [] }.filter { other in
      other.document.currency == invoice.currency
        && (other.document.isListEntry || !isOwnBill)
        && document.issuer.agrees(with: CompanyName(other.document.issuerName))
        && Self.agrees(other.document.billingAccountID, invoice.billingAccountID)
    }
    return Set(same.map(\.charges))
  }

  private static func agrees(_ a: Text, _ b: Text) -> Bool { a.isEmpty || b.isEmpty || a == b }

  /// Whose charges the orders of a document are for, if they agree.
  func payer(of invoice: Invoice) -> Text { only(invoice, \.billingAccountID) }

  /// Who may invoice the orders of a document, if they agree.
  func seller(of invoice: Invoice) -> Text { only(invoice, \.seller) }

  private func only(
    _ invoice: Invoice, _ part: (Contract.PurchaseOrder) -> Text
  ) -> Text {
    let parts = Set(invoice.purchaseOrders.compactMap { agreed[$0].map(part) })
    return parts.count == 1 ? parts.first ?? "" : ""
  }
}

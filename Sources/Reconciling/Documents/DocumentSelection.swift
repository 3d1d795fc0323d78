import BillingModel
import ExactNumbers

/// Decides which documents count: each bill once.
///
/// - The same file content is the same document, whatever the file is called.
/// - One number of one seller is one bill. Another dialect that states the same total is a copy; the
///   same dialect again, or another total, is a duplicate.
/// - A tax invoice and the commercial invoice that it names are one bill: the one whose id is charged
///   counts, else the commercial one.
struct DocumentSelection: Sendable {
  struct Duplicate: Sendable {
    let document: BilledDocument
    /// Index of the counted document that it repeats.
    let original: Int
  }

  private(set) var counted: [BilledDocument] = []
  private(set) var duplicates: [Duplicate] = []
  /// Counted documents by their number.
  private var places: [Text: [Int]] = [:]

  init(_ invoices: [Invoice], chargedIDs: Set<Text>) {
    let bill = Self.distinct(invoices.filter(\.isPartOfTheBill), chargedIDs)
    for invoice in bill { add(invoice) }
    setTaxInvoicesApart(chargedIDs)
  }

  private mutating func add(_ invoice: Invoice) {
    let sameNumber = places[invoice.invoiceID, default: []].first {
      Self.isSameNumber(counted[$0].invoice, invoice)
    }
    guard let original = sameNumber else {
      places[invoice.invoiceID, default: []].append(counted.count)
      counted.append(BilledDocument(invoice))
      return
    }
    if Self.isCopy(invoice, of: counted[original].invoice) {
      counted[original].copies.append(invoice)
    } else {
      duplicates.append(Duplicate(document: BilledDocument(invoice), original: original))
    }
  }

  /// Each content once, in an order that does not depend on how they were given: what is charged
  /// first, then the fuller document, then the earlier one.
  private static func distinct(_ invoices: [Invoice], _ chargedIDs: Set<Text>) -> [Invoice] {
    struct Content: Hashable {
      let sha256: Text
      let index: Int
    }
    let byContent = Dictionary(grouping: invoices) {
      Content(sha256: $0.sha256, index: $0.index)
    }
    return byContent.values.compactMap { $0.min { $0.file < $1.file } }
      .sorted { isBefore($0, $1, chargedIDs) }
  }

  private static func isBefore(_ a: Invoice, _ b: Invoice, _ chargedIDs: Set<Text>) -> Bool {
    func rank(_ invoice: Invoice) -> [Int] {
      [
        chargedIDs.contains(invoice.invoiceID) ? 0 : 1, -invoice.items.count, -invoice.lineCount,
        invoice.issueDate?.number ?? Int.max,
      ]
    }
    let (first, second) = (rank(a), rank(b))
    guard first == second else { return first.lexicographicallyPrecedes(second) }
    let texts = ([a.dialect, a.invoiceID, a.sha256], [b.dialect, b.invoiceID, b.sha256])
    guard texts.0 == texts.1 else { return texts.0.lexicographicallyPrecedes(texts.1) }
    return a.index < b.index
  }

  private static func isSameNumber(_ a: Invoice, _ b: Invoice) -> Bool {
    !a.invoiceID.isEmpty && a.invoiceID == b.invoiceID && a.kind == b.kind
      && agrees(a.billingAccountID, b.billingAccountID)
      && agrees(IssuerName(a.issuerName).folded, IssuerName(b.issuerName).folded)
  }

  /// An unknown value contradicts nothing.
  private static func agrees(_ a: Text, _ b: Text) -> Bool { a.isEmpty || b.isEmpty || a == b }

  private static func isCopy(_ invoice: Invoice, of other: Invoice) -> Bool {
    invoice.dialect != other.dialect && invoice.currency == other.currency
      && invoice.gross?.magnitude == other.gross?.magnitude
  }

  /// Moves tax invoices whose commercial invoice is there too, or that one, to the duplicates.
  private mutating func setTaxInvoicesApart(_ chargedIDs: Set<Text>) {
    var originals: [Int: Int] = [:]
    for (tax, document) in counted.enumerated() where originals[tax] == nil {
      guard let commercial = commercialInvoice(of: document.invoice), commercial != tax,
        originals[commercial] == nil
      else { continue }
      let taxIsCharged = chargedIDs.contains(document.invoice.invoiceID)
      let commercialIsCharged = chargedIDs.contains(counted[commercial].invoice.invoiceID)
      let (original, duplicate) =
        taxIsCharged && !commercialIsCharged ? (tax, commercial) : (commercial, tax)
      originals[duplicate] = original
    }
    guard !originals.isEmpty else { return }
    drop(originals)
  }

  private func commercialInvoice(of invoice: Invoice) -> Int? {
    guard !invoice.commercialInvoiceID.isEmpty else { return nil }
    return places[invoice.commercialInvoiceID, default: []].first {
      counted[$0].invoice.kind == invoice.kind
        && Self.agrees(counted[$0].invoice.billingAccountID, invoice.billingAccountID)
    }
  }

  private mutating func drop(_ originals: [Int: Int]) {
    func root(_ index: Int) -> Int {
      var at = index
      while let next = originals[at] { at = next }
      return at
    }
    let kept = counted.indices.filter { originals[$0] == nil }
    let newPlaces = Dictionary(
      kept.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let moved = counted.indices.compactMap { index in
      originals[index] == nil
        ? nil
        : Duplicate(document: counted[index], original: newPlaces[root(index)] ?? 0)
    }
    duplicates =
      duplicates.map {
        Duplicate(document: $0.document, original: newPlaces[root($0.original)] ?? 0)
      }
      + moved
    counted = kept.map { counted[$0] }
  }
}

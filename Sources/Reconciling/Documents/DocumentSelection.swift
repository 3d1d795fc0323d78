import BillingModel
import ExactNumbers

/// Decides which documents count: each bill once.
///
/// - The same file content is the same document, whatever the file is called.
/// - The entry of a document in a list that was fetched again replaces the older entry.
/// - One number of one seller is one bill. Another dialect that states the same total, or states it
///   in another currency, is a copy; the same dialect again, or another total, is a duplicate. Of two in
///   one dialect the one that was issued last counts.
/// - The same transport again, with the same number and total, is a copy.
/// - A document that was taken back does not count, and neither does what takes it back.
/// - A tax invoice and the commercial invoice that it names are one bill: the one whose id is charged
///   counts, else the commercial one.
struct DocumentSelection: Sendable {
  struct Duplicate: Sendable {
    let document: BilledDocument
    /// Index of the counted document that it repeats.
    let original: Int
  }

  /// The currencies in which each invoice id is charged.
  typealias ChargedIDs = [Text: Set<CurrencyCode>]

  private let chargedIDs: ChargedIDs
  private(set) var counted: [BilledDocument] = []
  private(set) var duplicates: [Duplicate] = []
  private(set) var takenBack: [TakenBack] = []
  /// Cancellations that meet no document.
  private(set) var unmetCancellations: [[Invoice]] = []
  /// Counted documents by their number.
  private var places: [Text: [Int]] = [:]

  init(_ invoices: [Invoice], chargedIDs: ChargedIDs) {
    self.chargedIDs = chargedIDs
    let cancellations = Cancellations(Self.contents(of: invoices.filter(\.isPartOfTheBill)))
    takenBack = cancellations.takenBack
    unmetCancellations = cancellations.unmet
    for invoice in inOrder(cancellations.kept) { add(invoice) }
    setTaxInvoicesApart()
  }

  private mutating func add(_ invoice: Invoice) {
    let sameNumber = places[invoice.invoiceID, default: []].first {
      isSameNumber(counted[$0].invoice, invoice)
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

  /// Each content once, whatever the files are called.
  private static func contents(of invoices: [Invoice]) -> [Invoice] {
    Dictionary(grouping: invoices, by: \.place).values.compactMap { $0.min { $0.file < $1.file } }
  }

  /// In an order that does not depend on how they were given: what is charged first, then the fuller
  /// document; but of one number in one dialect the newer issue.
  private func inOrder(_ contents: [Invoice]) -> [Invoice] {
    Self.issues(of: contents.newestListEntries).map { (rank: rank($0, issue: $1), $0) }
      .sorted { a, b in
        a.rank != b.rank
          ? a.rank.lexicographicallyPrecedes(b.rank) : Self.isBefore(a.1, b.1)
      }
      .map(\.1)
  }

  private func rank(_ invoice: Invoice, issue: Int) -> [Int] {
    [
      chargeRank(invoice), issue, -invoice.items.count, -invoice.lineCount,
      -(invoice.issueDate?.number ?? .min + 1),
    ]
  }

  /// Each document, and how many newer ones have its number in its dialect.
  private static func issues(of invoices: [Invoice]) -> [(Invoice, Int)] {
    struct Number: Hashable {
      let dialect: Text
      let invoiceID: Text
      let kind: DocumentKind
    }
    return Dictionary(grouping: invoices) {
      Number(dialect: $0.dialect, invoiceID: $0.invoiceID, kind: $0.kind)
    }
    .values.flatMap { same in
      same.sorted { a, b in
        let (older, newer) = (b.issueDate?.number ?? .min, a.issueDate?.number ?? .min)
        return older != newer ? older < newer : isBefore(a, b)
      }
      .enumerated().map { ($0.element, $0.offset) }
    }
  }

  /// By the larger total, then by what has no meaning, so that the order is always the same.
  private static func isBefore(_ a: Invoice, _ b: Invoice) -> Bool {
    let (larger, smaller) = (a.gross ?? .zero, b.gross ?? .zero)
    if larger != smaller { return larger > smaller }
    let texts = ([a.dialect, a.invoiceID, a.sha256], [b.dialect, b.invoiceID, b.sha256])
    guard texts.0 == texts.1 else { return texts.0.lexicographicallyPrecedes(texts.1) }
    return a.index < b.index
  }

  /// 0 if the number is charged in a currency that the document states, 1 if in another, else 2.
  private func chargeRank(_ invoice: Invoice) -> Int {
    guard let currencies = chargedIDs[invoice.invoiceID] else { return 2 }
    return currencies.isDisjoint(with: invoice.totalCurrencies) ? 1 : 0
  }

  private func isCharged(_ invoice: Invoice) -> Bool { chargeRank(invoice) < 2 }

  /// One id that is charged in two currencies has a bill in each.
  private func isSameNumber(_ a: Invoice, _ b: Invoice) -> Bool {
    if a.isTransportCopy(of: b) { return true }
    guard !a.invoiceID.isEmpty, a.invoiceID == b.invoiceID, a.kind == b.kind else { return false }
    let currencies: Set = [a.currency, b.currency]
    if currencies.count == 2, currencies.isSubset(of: chargedIDs[a.invoiceID] ?? []) {
      return false
    }
    return Self.agrees(a.billingAccountID, b.billingAccountID)
      && Self.agrees(CompanyName(a.issuerName).folded, CompanyName(b.issuerName).folded)
  }

  /// An unknown value contradicts nothing.
  private static func agrees(_ a: Text, _ b: Text) -> Bool { a.isEmpty || b.isEmpty || a == b }

  private static func isCopy(_ invoice: Invoice, of other: Invoice) -> Bool {
    guard invoice.dialect != other.dialect else { return invoice.isTransportCopy(of: other) }
    guard invoice.currency == other.currency, let a = invoice.gross, let b = other.gross else {
      return true
    }
    return a.magnitude == b.magnitude
  }

  /// Moves tax invoices whose commercial invoice is there too, or that one, to the duplicates.
  private mutating func setTaxInvoicesApart() {
    var originals: [Int: Int] = [:]
    for (tax, document) in counted.enumerated() where originals[tax] == nil {
      guard let commercial = commercialInvoice(of: document.invoice), commercial != tax,
        originals[commercial] == nil
      else { continue }
      let isTaxCharged =
        isCharged(document.invoice) && !isCharged(counted[commercial].invoice)
      let (original, duplicate) = isTaxCharged ? (tax, commercial) : (commercial, tax)
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

import BillingModel
import ExactNumbers

/// What one issuer charges under one invoice id; or, while rows have no id, in one period. Two issuers may
/// give the same number.
struct ChargeNode: Sendable {
  /// Charges with an id belong together over all periods; charges without one stay in theirs.
  struct Key: Hashable, Comparable, Sendable {
    var billingAccountID: Text
    var currency: CurrencyCode
    /// Empty for charges without an id; only then is the period filled.
    var invoiceID: Text
    var billingPeriod: BillingPeriod?
    var issuer: CompanyName

    fileprivate init(_ key: ChargeKey, issuer: CompanyName) {
      billingAccountID = key.billingAccountID
      currency = key.currency
      invoiceID = key.invoiceID
      self.issuer = issuer
      if key.invoiceID.isEmpty { billingPeriod = key.billingPeriod }
    }

    private var parts: [Text] {
      [
        billingAccountID, currency.text, invoiceID, Text(billingPeriod?.description ?? ""),
        issuer.folded,
      ]
    }

    static func < (a: Key, b: Key) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
  }

  /// Makes keys; each spelling of an issuer is folded once, not once a charge.
  struct KeyMaker {
    private var names: [Text: CompanyName] = [:]

    mutating func key(of charge: ChargeKey) -> Key {
      let name = names[charge.invoiceIssuer] ?? CompanyName(charge.invoiceIssuer)
      names[charge.invoiceIssuer] = name
      return Key(charge, issuer: name)
    }
  }

  let key: Key
  /// All bookings, shared by all nodes, and which of their charges are here: a year of charges is
  /// too much to copy.
  private let bookings: [Booking]
  private var places: [(booking: Int, charge: Int)] = []
  private(set) var periods: Set<BillingPeriod> = []
  /// Issuers as the export spells them.
  private(set) var issuers: Set<Text> = []
  /// False if the export has no column for the id (FOCUS 1.0): its rows will never get one.
  private(set) var awaitsInvoiceID = false

  private init(key: Key, in bookings: [Booking]) {
    self.key = key
    self.bookings = bookings
  }

  var charges: some Sequence<ChargeSummary> {
    places.lazy.map { bookings[$0.booking].contents.charges[$0.charge] }
  }

  var isOpen: Bool { key.invoiceID.isEmpty }

  var issuerNames: Set<CompanyName> { [key.issuer] }

  /// Absent where it is out of range: comparing it says so.
  var total: Amount? { try? ChargedSums(charges).total }

  private mutating func add(_ place: (booking: Int, charge: Int), _ charge: ChargeKey) {
    places.append(place)
    periods.insert(charge.billingPeriod)
    if !charge.invoiceIssuer.isEmpty { issuers.insert(charge.invoiceIssuer) }
    if isOpen, bookings[place.booking].format != .focus10 { awaitsInvoiceID = true }
  }
}

extension ChargeNode {
  /// All nodes of the booked charges, sorted by key.
  static func all(of bookings: [Booking]) -> [ChargeNode] {
    var nodes: [Key: ChargeNode] = [:]
    var keys = KeyMaker()
    for (index, booking) in bookings.enumerated() {
      for (place, charge) in booking.contents.charges.enumerated() {
        let key = keys.key(of: charge.key)
        nodes[key, default: ChargeNode(key: key, in: bookings)].add((index, place), charge.key)
      }
    }
    return nodes.values.sorted { $0.key < $1.key }
  }

  /// Rows of an invoice that name no issuer belong to those that do, if only one issuer gave its number.
  static func pairsOfOneInvoice(among nodes: [ChargeNode]) -> [(Int, Int)] {
    let numbered = nodes.indices.filter { !nodes[$0].isOpen }
    let invoices = Dictionary(grouping: numbered) { index in
      var key = nodes[index].key
      key.issuer = .unknown
      return key
    }
    return invoices.values.compactMap { same in
      let unnamed = same.filter { !nodes[$0].key.issuer.isKnown }
      return same.count == 2 && unnamed.count == 1 ? (same[0], same[1]) : nil
    }
  }

  /// The currencies in which each invoice id is charged.
  static func currencies(of nodes: [ChargeNode]) -> [Text: Set<CurrencyCode>] {
    var currencies: [Text: Set<CurrencyCode>] = [:]
    for node in nodes where !node.isOpen {
      currencies[node.key.invoiceID, default: []].insert(node.key.currency)
    }
    return currencies
  }
}

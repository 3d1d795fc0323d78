import BillingModel
import ExactNumbers

/// What is charged under one invoice id; or, while rows have no id, by one issuer in one period.
struct ChargeNode: Sendable {
  /// Charges with an id belong together over all periods; charges without one stay in theirs.
  struct Key: Hashable, Comparable, Sendable {
    var billingAccountID: Text
    var currency: CurrencyCode
    /// Empty for charges without an id; only then are the next two filled.
    var invoiceID: Text
    var billingPeriod: BillingPeriod?
    var issuer: IssuerName = .unknown

    init(_ key: ChargeKey) {
      billingAccountID = key.billingAccountID
      currency = key.currency
      invoiceID = key.invoiceID
      if key.invoiceID.isEmpty {
        billingPeriod = key.billingPeriod
        issuer = IssuerName(key.invoiceIssuer)
      }
    }

    private var parts: [Text] {
      [
        billingAccountID, currency.text, invoiceID, Text(billingPeriod?.description ?? ""),
        issuer.folded,
      ]
    }

    static func < (a: Key, b: Key) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
  }

  let key: Key
  private(set) var charges: [ChargeSummary] = []
  private(set) var periods: Set<BillingPeriod> = []
  /// Issuers as the export spells them.
  private(set) var issuers: Set<Text> = []
  /// False if the export has no column for the id (FOCUS 1.0): its rows will never get one.
  private(set) var awaitsInvoiceID = false

  init(key: Key) { self.key = key }

  var isOpen: Bool { key.invoiceID.isEmpty }

  var issuerNames: Set<IssuerName> {
    isOpen ? [key.issuer] : Set(issuers.map { IssuerName($0) })
  }

  mutating func add(_ charge: ChargeSummary, of format: ExportFormat) {
    charges.append(charge)
    periods.insert(charge.key.billingPeriod)
    if !charge.key.invoiceIssuer.isEmpty { issuers.insert(charge.key.invoiceIssuer) }
    if isOpen, format != .focus10 { awaitsInvoiceID = true }
  }
}

extension ChargeNode {
  /// All nodes of the booked charges, sorted by key.
  static func all(of bookings: [Booking]) -> [ChargeNode] {
    var nodes: [Key: ChargeNode] = [:]
    for booking in bookings {
      for charge in booking.contents.charges {
        let key = Key(charge.key)
        nodes[key, default: ChargeNode(key: key)].add(charge, of: booking.format)
      }
    }
    return nodes.values.sorted { $0.key < $1.key }
  }
}

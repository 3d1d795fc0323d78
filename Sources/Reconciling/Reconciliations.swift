import BillingModel
import ExactNumbers

/// A match, and the days of the run on which it is the same.
struct ProvedMatch: Sendable {
  var match: Match
  var span: DaySpan
}

/// The matches by billing period.
struct Reconciliations {
  private var byPeriod: [BillingPeriod: Reconciliation] = [:]

  init(periods: [BillingPeriod]) {
    for period in periods { byPeriod[period] = Reconciliation(billingPeriod: period) }
  }

  /// A match over several periods is shown in the latest, and named in the others.
  mutating func add(_ proof: ProvedMatch) {
    let match = proof.match
    self[match.billingPeriod].matches.append(match)
    self[match.billingPeriod].span.narrow(to: proof.span)
    for period in match.otherPeriods {
      self[period].shownLater.append(match.id)
      self[period].span.narrow(to: proof.span)
    }
  }

  private subscript(period: BillingPeriod) -> Reconciliation {
    get { byPeriod[period] ?? Reconciliation(billingPeriod: period) }
    set { byPeriod[period] = newValue }
  }

  /// Puts one entry in place of the missing invoices of an issuer that never sent any document.
  /// While invoices are not due, the matches stay as they are.
  mutating func foldIssuersWithoutInvoices(
    _ documented: DocumentedIssuers
  ) throws(AmountOverflow) {
    var folded: Set<Text> = []
    for period in byPeriod.keys {
      let missing = self[period].matches.filter {
        $0.result == .missingInvoice && !documented.contains($0.issuer)
      }
      let ids = Set(missing.map(\.id))
      self[period].matches.removeAll { ids.contains($0.id) }
      self[period].issuersWithoutInvoices = try Self.entries(missing)
      folded.formUnion(ids)
    }
    for period in byPeriod.keys { self[period].shownLater.removeAll { folded.contains($0) } }
  }

  private static func entries(
    _ missing: [Match]
  ) throws(AmountOverflow) -> [IssuerWithoutInvoices] {
    struct Key: Hashable {
      let issuer: CompanyName
      let billingAccountID: Text
      let currency: CurrencyCode
    }
    var entries: [Key: IssuerWithoutInvoices] = [:]
    for match in missing {
      let key = Key(
        issuer: CompanyName(match.issuer), billingAccountID: match.billingAccountID,
        currency: match.currency)
      var entry =
        entries[key]
        ?? IssuerWithoutInvoices(
          issuer: match.issuer, billingAccountID: match.billingAccountID, currency: match.currency,
          charged: .zero)
      entry.issuer = min(entry.issuer, match.issuer)
      try entry.charged += match.chargedTotal ?? .zero
      entries[key] = entry
    }
    return entries.values.sorted {
      ($0.issuer, $0.billingAccountID, $0.currency) < ($1.issuer, $1.billingAccountID, $1.currency)
    }
  }

  var sorted: [Reconciliation] {
    byPeriod.keys.sorted().compactMap { period in
      var reconciliation = byPeriod[period]
      reconciliation?.matches.sort { $0.id < $1.id }
      reconciliation?.shownLater.sort()
      return reconciliation
    }
  }
}

/// The issuers of whom any document ever came, a refused one or a receipt included.
struct DocumentedIssuers {
  private let names: Set<CompanyName>
  private let hasDocuments: Bool

  init(invoices: [Invoice], groups: [MatchGroup]) {
    let stated = invoices.map { CompanyName($0.issuerName) }
    let matched = groups.filter { !$0.documents.isEmpty }.flatMap(\.issuerNames)
    names = Set(stated).union(matched)
    hasDocuments = !invoices.isEmpty
  }

  /// Charges that name no issuer count as documented as soon as any document came.
  func contains(_ issuer: Text) -> Bool {
    let name = CompanyName(issuer)
    return name.isKnown ? names.contains(name) : hasDocuments
  }
}

package import ExactNumbers

/// How long an item has been open, so coarse that not every day is a new version of a document.
package enum AgeBand: String, Sendable, Hashable, CaseIterable {
  case upTo30 = "0-30"
  case upTo60 = "31-60"
  case upTo90 = "61-90"
  case over90 = "90+"

  /// The first days of age on which a later band begins.
  private static let limits: [(days: Int, band: AgeBand)] = [
    (31, .upTo60), (61, .upTo90), (91, .over90),
  ]

  package static func of(_ openSince: Day, asOf: RunDay) -> AgeBand {
    var band = AgeBand.upTo30
    for limit in limits {
      guard asOf.isOnOrAfter(openSince.advanced(by: limit.days)) else { return band }
      band = limit.band
    }
    return band
  }
}

extension MatchResult {
  /// True where nothing remains to be done about a match.
  package var isSettled: Bool {
    switch self {
    case .discrepant, .missingInvoice, .missingCharges, .notFinal, .notProved: false
    default: true
    }
  }
}

/// A match that is not settled, or an issuer without invoices.
package struct OpenItem: Hashable, Sendable, Codable {
  /// The period in which it came up.
  package var billingPeriod: BillingPeriod
  package var matchID: Text
  /// A ``MatchResult``, or `NoInvoices` for an issuer of whom no document ever came.
  package var result: Text
  package var issuer: Text
  package var billingAccountID: Text
  package var currency: CurrencyCode
  package var invoiced: Amount?
  package var charged: Amount?
  package var difference: Amount
  package var unexplained: Amount
  /// The day of the first night that showed it.
  package var openSince: Day
  package var documents: [Text]

  package init(_ match: Match, openSince: Day) {
    billingPeriod = match.billingPeriod
    matchID = match.id
    result = Text(match.result.rawValue)
    issuer = match.issuer
    billingAccountID = match.billingAccountID
    currency = match.currency
    invoiced = match.invoicedTotal
    charged = match.chargedTotal
    difference = match.difference
    unexplained = match.unexplained
    self.openSince = openSince
    documents = match.documents
  }

  package init(
    _ entry: IssuerWithoutInvoices, in period: BillingPeriod, openSince: Day
  ) {
    billingPeriod = period
    matchID = Self.id(of: entry, in: period)
    result = "NoInvoices"
    issuer = entry.issuer
    billingAccountID = entry.billingAccountID
    currency = entry.currency
    charged = entry.charged
    difference = -entry.charged
    unexplained = -entry.charged
    self.openSince = openSince
    documents = []
  }

  /// As a match would be called, with a subject that no match has.
  package static func id(of entry: IssuerWithoutInvoices, in period: BillingPeriod) -> Text {
    Text(
      "\(period)/\(entry.billingAccountID)/\(entry.issuer)/\(entry.currency)/no invoices")
  }

  package static func precedes(_ a: OpenItem, _ b: OpenItem) -> Bool {
    (a.billingPeriod, a.matchID) < (b.billingPeriod, b.matchID)
  }
}

/// An open item as a document shows it on a day.
package struct AgedItem: Hashable, Sendable {
  package var item: OpenItem
  package var age: AgeBand

  package init(item: OpenItem, age: AgeBand) {
    self.item = item
    self.age = age
  }
}

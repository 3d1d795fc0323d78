package import ExactNumbers

/// Since when something moved.
package enum RestatementBase: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Since the version that the booked one replaced.
  case delivery
  /// Since the period was signed off last.
  case signOff = "sign-off"

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// How something moved.
package enum RestatementChange: String, Sendable, Hashable, CaseIterable {
  case appeared, vanished
  /// Other money for as many line items.
  case repriced
  /// Other money for more or fewer line items.
  case requantified
  /// The same money under other tags.
  case retagged
  case documentAppeared = "document appeared"
  case documentCancelled = "document cancelled"
  case documentChanged = "document changed"

  /// A row of charges, whose differences add up to that of the charged totals.
  package var isOfCharges: Bool {
    switch self {
    case .appeared, .vanished, .repriced, .requantified, .retagged: true
    case .documentAppeared, .documentCancelled, .documentChanged: false
    }
  }
}

/// What moved in a period after it was delivered or signed off: a row of `restatement.csv`.
package struct RestatementRow: Hashable, Sendable {
  package var since: RestatementBase
  package var change: RestatementChange
  /// Of a document: its name in the place of the invoice id, without account, service and type.
  package var key: RestatementKey
  package var before: Amount?
  package var after: Amount?
  /// Absent for documents, whose amounts are no charges.
  package var difference: Amount?
  package var lineItemsBefore: Int?
  package var lineItemsAfter: Int?
  /// Only where money moved between tags.
  package var tagsBefore: Text = ""
  package var tagsAfter: Text = ""

  package init(
    since: RestatementBase, change: RestatementChange, key: RestatementKey, before: Amount?,
    after: Amount?, difference: Amount?
  ) {
    self.since = since
    self.change = change
    self.key = key
    self.before = before
    self.after = after
    self.difference = difference
  }

  package static func precedes(_ a: RestatementRow, _ b: RestatementRow) -> Bool {
    a.order.lexicographicallyPrecedes(b.order)
  }

  private var order: [Text] {
    [Text(since.rawValue)] + key.parts + [Text(change.rawValue), tagsBefore, tagsAfter]
  }
}

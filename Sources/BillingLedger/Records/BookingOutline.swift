package import BillingModel
package import ExactNumbers

/// What of a version's charges tells which other periods and documents it can meet: all that a run needs
/// to know of a month that it does not load.
package struct BookingOutline: Hashable, Sendable, Codable {
  package struct Group: Hashable, Sendable, Codable {
    package var invoiceID: Text
    package var invoiceIssuer: Text
    package var currency: CurrencyCode
    /// Σ BilledCost; absent where that is out of range.
    package var billedCost: Amount?

    fileprivate mutating func add(_ cost: Amount) {
      billedCost = billedCost.flatMap { try? $0 + cost }
    }
  }

  /// Sorted.
  package let groups: [Group]
  /// The first day with usage: its daily series are history from that day on.
  package let firstUsageDay: Day?

  package init(_ charges: [ChargeSummary]) {
    struct Key: Hashable, Comparable {
      let parts: [Text]
      static func < (a: Key, b: Key) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
    }
    var groups: [Key: Group] = [:]
    var first: Day?
    for charge in charges {
      let key = charge.key
      let own = Key(parts: [key.invoiceID, key.invoiceIssuer, key.currency.text])
      groups[
        own,
        default: Group(
          invoiceID: key.invoiceID, invoiceIssuer: key.invoiceIssuer, currency: key.currency,
          billedCost: .zero)
      ].add(charge.billedCost)
      if let day = key.day, key.chargeType.chargeClass == .usage { first = min(first ?? day, day) }
    }
    self.groups = groups.sorted { $0.key < $1.key }.map(\.value)
    firstUsageDay = first
  }
}

/// The cost of usage of one account, service and day, as one charge of a version states it.
package struct UsageCost: Hashable, Sendable {
  package var series: DailySeries.Key
  package var day: Day
  package var billedCost: Amount
}

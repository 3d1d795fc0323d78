package import ExactNumbers

/// A person's word that a billing period is proved and closed. What changes in the period
/// afterwards is told apart from what was there.
package struct SignOff: Hashable, Sendable {
  package var billingPeriod: BillingPeriod
  /// The as-of day of the night that took it.
  package var on: Day
  package var by: Text
  package var note: Text
  /// The content of the file that said so.
  package var sha256: Text
  /// The version of the period's documents that is signed.
  package var version: Int
  /// The hash of the documents of that version; empty before they are published.
  package var documentsHash: Text = ""

  package init(
    billingPeriod: BillingPeriod, on: Day, by: Text, note: Text, sha256: Text, version: Int
  ) {
    self.billingPeriod = billingPeriod
    self.on = on
    self.by = by
    self.note = note
    self.sha256 = sha256
    self.version = version
  }
}

/// What the charges of a period are compared by, from one version to another.
package struct RestatementKey: Hashable, Sendable {
  package var billingAccountID: Text
  package var currency: CurrencyCode
  package var invoiceID: Text
  package var subAccountID: Text
  package var serviceName: Text
  package var chargeType: ChargeType

  package init(
    billingAccountID: Text, currency: CurrencyCode, invoiceID: Text, subAccountID: Text,
    serviceName: Text, chargeType: ChargeType
  ) {
    self.billingAccountID = billingAccountID
    self.currency = currency
    self.invoiceID = invoiceID
    self.subAccountID = subAccountID
    self.serviceName = serviceName
    self.chargeType = chargeType
  }

  package init(_ key: ChargeKey) {
    self.init(
      billingAccountID: key.billingAccountID, currency: key.currency, invoiceID: key.invoiceID,
      subAccountID: key.subAccountID, serviceName: key.serviceName, chargeType: key.chargeType)
  }

  package init(_ summary: AllocationSummary) {
    self.init(
      billingAccountID: summary.billingAccountID, currency: summary.currency,
      invoiceID: summary.invoiceID, subAccountID: summary.subAccountID,
      serviceName: summary.serviceName, chargeType: summary.chargeType)
  }

  package var parts: [Text] {
    [
      billingAccountID, invoiceID, subAccountID, serviceName, chargeType.text, currency.text,
    ]
  }
}

/// A charge sum of a state of a period; with tags, the part of it that carries them.
package struct StateSum: Hashable, Sendable {
  package var billedCost = Amount.zero
  package var lineItems = 0

  package init(billedCost: Amount = .zero, lineItems: Int = 0) {
    self.billedCost = billedCost
    self.lineItems = lineItems
  }

  package mutating func add(_ cost: Amount, lineItems: Int) throws(AmountOverflow) {
    try billedCost += cost
    self.lineItems += lineItems
  }
}

/// A match as it stood.
package struct StateMatch: Hashable, Sendable, Codable {
  package var id: Text
  package var result: MatchResult
  package var billingAccountID: Text
  package var currency: CurrencyCode
  package var invoiceIDs: [Text]
  package var documents: [Text]
  package var invoiced: Amount?
  package var charged: Amount?

  package init(_ match: Match) {
    id = match.id
    result = match.result
    billingAccountID = match.billingAccountID
    currency = match.currency
    invoiceIDs = match.invoiceIDs
    documents = match.documents
    invoiced = match.invoicedTotal
    charged = match.chargedTotal
  }
}

/// What a period held at some time, as far as later states are compared with it.
package struct PeriodState: Hashable, Sendable {
  package var charges: [RestatementKey: StateSum] = [:]
  package var allocations: [RestatementKey: [TagSet: StateSum]] = [:]
  package var matches: [StateMatch] = []

  package init() {}

  package init(_ bookings: [Booking], matches: [Match]) throws(AmountOverflow) {
    try self.init(chargesOf: bookings)
    try addAllocations(of: bookings) { _ in true }
    self.matches = matches.map(StateMatch.init).sorted { $0.id < $1.id }
  }

  /// Two versions of one month, with tags only where both hold the same money under a key:
  /// elsewhere nothing tells what was retagged, and tags are the larger part of a month.
  package static func versions(
    _ before: Booking, _ after: Booking
  ) throws(AmountOverflow) -> (before: PeriodState, after: PeriodState) {
    var old = try PeriodState(chargesOf: [before])
    var new = try PeriodState(chargesOf: [after])
    let same = Set(
      old.charges.filter { new.charges[$0.key]?.billedCost == $0.value.billedCost }.keys)
    try old.addAllocations(of: [before], where: same.contains)
    try new.addAllocations(of: [after], where: same.contains)
    return (old, new)
  }

  private init(chargesOf bookings: [Booking]) throws(AmountOverflow) {
    for charge in bookings.flatMap(\.contents.charges) {
      try charges[RestatementKey(charge.key), default: StateSum()]
        .add(charge.billedCost, lineItems: charge.sums.lineItems)
    }
  }

  private mutating func addAllocations(
    of bookings: [Booking], where isWanted: (RestatementKey) -> Bool
  ) throws(AmountOverflow) {
    for allocation in bookings.flatMap(\.contents.allocations) {
      let key = RestatementKey(allocation)
      guard isWanted(key) else { continue }
      try allocations[key, default: [:]][allocation.tags, default: StateSum()]
        .add(allocation.billedCost, lineItems: allocation.sums.lineItems)
    }
  }
}

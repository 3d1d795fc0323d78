package import ExactNumbers

/// How often one tier of evidence is right about one dimension: a row of `tag-accuracy.csv`.
///
/// It is asked about line items whose own tags are hidden, and held against what those say.
package struct AccuracyRow: Hashable, Sendable, Codable {
  package var dimension: Dimension
  package var tier: EvidenceTier
  package var currency: CurrencyCode
  /// Line items with a value by their own tags.
  package var known: AllocatedCost
  /// Those of them that the tier says something about.
  package var tested: AllocatedCost
  /// Those that it is right about.
  package var right: AllocatedCost
  /// Of the tested line items and of their cost, 0 to 1; absent where there are none.
  package var lineItemAccuracy: Amount?
  package var costAccuracy: Amount?
  /// The contradiction that costs most, in words; empty where there is none.
  package var contradiction: Text

  package init(
    dimension: Dimension, tier: EvidenceTier, currency: CurrencyCode, known: AllocatedCost,
    tested: AllocatedCost, right: AllocatedCost, contradiction: Text
  ) throws(AmountOverflow) {
    self.dimension = dimension
    self.tier = tier
    self.currency = currency
    self.known = known
    self.tested = tested
    self.right = right
    self.contradiction = contradiction
    if tested.lineItems > 0 {
      lineItemAccuracy = try Amount(right.lineItems).share(of: Amount(tested.lineItems))
    }
    if !tested.gross.isZero { costAccuracy = try right.gross.share(of: tested.gross) }
  }
}

/// Line items, and the sum of their absolute costs: a credit must not hide what nobody owns.
package struct AllocatedCost: Hashable, Sendable, Codable {
  package var lineItems = 0
  package var gross = Amount.zero

  package init() {}

  package init(lineItems: Int, gross: Amount) {
    self.lineItems = lineItems
    self.gross = gross
  }

  package mutating func add(_ other: AllocatedCost) throws(AmountOverflow) {
    lineItems += other.lineItems
    try gross += other.gross
  }
}

extension AllocationSummary {
  package var cost: AllocatedCost {
    AllocatedCost(lineItems: sums.lineItems, gross: billedCost.magnitude)
  }
}

/// What kind of change would make more cost traceable. Where two would do the same, the first is shown.
package enum DebtKind: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
  /// A key that no rule knows joins the aliases of one.
  case alias
  /// A value that says nothing, or that the dimension does not list, is mapped or put right.
  case value
  /// An account, or its use of a service, gets an owner.
  case owner

  package static func < (a: DebtKind, b: DebtKind) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// One change that would make more cost traceable: a row of `tag-debt.csv`.
package struct TagDebtRow: Hashable, Sendable, Codable {
  package var kind: DebtKind
  package var dimension: Dimension
  package var currency: CurrencyCode
  /// The key, the `key=value`, or the account, as it stands.
  package var found: Text
  package var reason: Text
  /// What to write; empty where only people know.
  package var put: Text
  /// Where to write it.
  package var place: Text
  /// What it gains beyond the rows before it.
  package var gained: AllocatedCost
  /// Of the gross cost in this currency, 0 to 1.
  package var shareGained: Amount
  /// How much of it is traced in this dimension with this row and those before it.
  package var shareAfter: Amount

  package init(
    kind: DebtKind, dimension: Dimension, currency: CurrencyCode, found: Text, reason: Text,
    put: Text, place: Text, gained: AllocatedCost, shareGained: Amount, shareAfter: Amount
  ) {
    self.kind = kind
    self.dimension = dimension
    self.currency = currency
    self.found = found
    self.reason = reason
    self.put = put
    self.place = place
    self.gained = gained
    self.shareGained = shareGained
    self.shareAfter = shareAfter
  }
}

extension Amount {
  /// A share is for people: no sum is built from it.
  private static let shareDigits = 6

  /// What part of a total it is, to six fraction digits; nothing of nothing is 0.
  package func share(of total: Amount) throws(AmountOverflow) -> Amount {
    total.isZero
      ? .zero
      : try divided(by: total).rounded(toFractionDigits: Self.shareDigits, .halfAwayFromZero)
  }
}

package import BillingModel
package import ExactNumbers

/// How much of the bill each tier of evidence covers, for each dimension.
///
/// Every charge counts, those that nobody can tag (tax, credits, fees) too: leaving them out would
/// flatter the share.
package enum TagCoverage {
  private struct Key: Hashable {
    var dimension: Dimension
    var tier: EvidenceTier
    var currency: CurrencyCode

    /// The columns of the row, for its order.
    var parts: [Text] { [Text(dimension.rawValue), Text(tier.rawValue), currency.text] }
  }

  private struct Sums {
    var lineItems = 0
    var billed = Amount.zero
    /// Σ of absolute cost: a credit must not hide cost that nobody owns.
    var gross = Amount.zero

    mutating func add(_ allocation: AllocationSummary) throws(AmountOverflow) {
      lineItems += allocation.sums.lineItems
      try billed += allocation.billedCost
      try gross += allocation.billedCost.magnitude
    }
  }

  /// A row for each dimension, tier and currency that occurs, in the order of its columns.
  package static func rows(
    _ allocations: [AllocationSummary], _ attributor: Attributor
  ) throws(AmountOverflow) -> [CoverageRow] {
    var memo = AttributionMemo(attributor)
    var sums: [Key: Sums] = [:]
    var totals: [CurrencyCode: Sums] = [:]
    for allocation in allocations {
      try totals[allocation.currency, default: Sums()].add(allocation)
      let attribution = memo.attribution(
        tags: allocation.tags, subAccountID: allocation.subAccountID)
      for dimension in Dimension.allCases {
        let key = Key(
          dimension: dimension, tier: attribution[dimension].tier, currency: allocation.currency)
        try sums[key, default: Sums()].add(allocation)
      }
    }
    var rows: [CoverageRow] = []
    for (key, part) in sums.sorted(by: { $0.key.parts.lexicographicallyPrecedes($1.key.parts) }) {
      rows.append(try row(key, part, of: totals[key.currency] ?? Sums()))
    }
    return rows
  }

  private static func row(
    _ key: Key, _ part: Sums, of total: Sums
  ) throws(AmountOverflow) -> CoverageRow {
    CoverageRow(
      dimension: key.dimension, tier: key.tier, currency: key.currency,
      lineItems: part.lineItems, billedCost: part.billed,
      lineItemShare: try share(Amount(part.lineItems), of: Amount(total.lineItems)),
      costShare: try share(part.gross, of: total.gross))
  }

  /// A share is for people: no sum is built from it.
  private static let shareDigits = 6

  /// Nothing of nothing is 0.
  private static func share(_ part: Amount, of total: Amount) throws(AmountOverflow) -> Amount {
    total.isZero
      ? .zero
      : try part.divided(by: total).rounded(toFractionDigits: shareDigits, .halfAwayFromZero)
  }
}

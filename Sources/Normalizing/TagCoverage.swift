import BillingModel
import ExactNumbers

/// How much of the bill each tier of evidence covers, for each dimension.
///
/// Every charge counts, those that nobody can tag (tax, credits, fees) too: leaving them out would
/// flatter the share.
enum TagCoverage {
  private struct Key: Hashable {
    var dimension: Dimension
    var tier: EvidenceTier
    var currency: CurrencyCode

    /// The columns of the row, for its order.
    var parts: [Text] { [Text(dimension.rawValue), Text(tier.rawValue), currency.text] }
  }

  private struct Sums {
    var cost = AllocatedCost()
    var billed = Amount.zero

    mutating func add(_ allocation: AllocationSummary) throws(AmountOverflow) {
      try cost.add(allocation.cost)
      try billed += allocation.billedCost
    }
  }

  /// A row for each dimension, tier and currency that occurs, in the order of its columns.
  static func rows(
    _ allocations: [AllocationSummary], _ evidence: LineEvidence, _ memo: inout AttributionMemo
  ) throws(AmountOverflow) -> [CoverageRow] {
    var sums: [Key: Sums] = [:]
    var totals: [CurrencyCode: Sums] = [:]
    for allocation in allocations {
      try totals[allocation.currency, default: Sums()].add(allocation)
      let attribution = try evidence.attribution(
        memo.reading(allocation.tags), LineScope(allocation))
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
      lineItems: part.cost.lineItems, billedCost: part.billed,
      lineItemShare: try Amount(part.cost.lineItems).share(of: Amount(total.cost.lineItems)),
      costShare: try part.cost.gross.share(of: total.cost.gross))
  }
}

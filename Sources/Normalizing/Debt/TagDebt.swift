import BillingModel
import ExactNumbers

/// The few changes that would make most cost traceable.
///
/// A line item is traced in a dimension if its value is known by any evidence, and is one of the listed
/// values where the dimension lists some. What is not traced may be so after one of several changes
/// (``DebtFix``). They are chosen greedily: each next one is worth what those before it leave over.
enum TagDebt {
  /// Changes by gain, at most `limit` for each currency.
  static func rows(
    _ allocations: [AllocationSummary], _ evidence: LineEvidence, _ memo: inout AttributionMemo,
    limit: Int
  ) throws(AmountOverflow) -> [TagDebtRow] {
    var rows: [TagDebtRow] = []
    let byCurrency = Dictionary(grouping: allocations, by: \.currency)
    for (currency, allocations) in byCurrency.sorted(by: { $0.key < $1.key }) {
      var ledger = try DebtLedger(allocations, evidence, &memo)
      while rows.count(where: { $0.currency == currency }) < limit, let best = try ledger.best() {
        rows.append(try ledger.pay(best, in: currency))
      }
    }
    return rows
  }
}

/// What is not traced in one currency, and by which changes it may be.
private struct DebtLedger {
  private let words: DebtWords
  private var total = AllocatedCost()
  /// Gross cost that is traced, by dimension.
  private var traced: [Dimension: Amount] = [:]
  /// By the changes of one dimension that each would trace it.
  private var debts: [Set<DebtFix>: AllocatedCost] = [:]

  init(
    _ allocations: [AllocationSummary], _ evidence: LineEvidence, _ memo: inout AttributionMemo
  ) throws(AmountOverflow) {
    let keys = try UnknownKeys(allocations, &memo)
    let owned = OwnedPlaces(allocations, &memo)
    var words = DebtWords(evidence.attributor, keys, owned)
    for allocation in allocations {
      let reading = memo.reading(allocation.tags)
      let attribution = try evidence.attribution(reading, LineScope(allocation))
      try total.add(allocation.cost)
      for dimension in Dimension.allCases {
        if let said = attribution.values[dimension],
          evidence.attributor.isSettled(said.value, dimension)
        {
          try traced[dimension, default: .zero] += allocation.billedCost.magnitude
          continue
        }
        let fixes = words.fixes(of: allocation, dimension, &memo)
        if !fixes.isEmpty { try debts[fixes, default: AllocatedCost()].add(allocation.cost) }
      }
    }
    self.words = words
  }

  /// The change that traces most cost; nil if none traces any.
  func best() throws(AmountOverflow) -> (fix: DebtFix, gain: AllocatedCost)? {
    var gains: [DebtFix: AllocatedCost] = [:]
    for (fixes, cost) in debts {
      for fix in fixes { try gains[fix, default: AllocatedCost()].add(cost) }
    }
    let best = gains.min { a, b in
      a.value.gross != b.value.gross ? a.value.gross > b.value.gross : a.key < b.key
    }
    guard let (fix, gain) = best, !gain.gross.isZero else { return nil }
    return (fix, gain)
  }

  mutating func pay(
    _ best: (fix: DebtFix, gain: AllocatedCost), in currency: CurrencyCode
  ) throws(AmountOverflow) -> TagDebtRow {
    debts = debts.filter { !$0.key.contains(best.fix) }
    let dimension = best.fix.dimension
    try traced[dimension, default: .zero] += best.gain.gross
    let told = words.told(best.fix)
    return TagDebtRow(
      kind: best.fix.kind, dimension: dimension, currency: currency, found: told.found,
      reason: told.reason, put: told.put, place: told.place, gained: best.gain,
      shareGained: try best.gain.gross.share(of: total.gross),
      shareAfter: try (traced[dimension] ?? .zero).share(of: total.gross))
  }
}

/// Which accounts, and which services in them, have an owner by some tag.
struct OwnedPlaces {
  private var places: Set<[Text]> = []

  init(_ allocations: [AllocationSummary], _ memo: inout AttributionMemo) {
    for allocation in allocations
    where memo.reading(allocation.tags).own.values[.owner] != nil {
      places.insert([allocation.billingAccountID, allocation.subAccountID])
      places.insert(
        [allocation.billingAccountID, allocation.subAccountID, allocation.serviceName])
    }
  }

  func contains(_ billingAccountID: Text, _ subAccountID: Text) -> Bool {
    places.contains([billingAccountID, subAccountID])
  }

  func contains(_ billingAccountID: Text, _ subAccountID: Text, _ serviceName: Text) -> Bool {
    places.contains([billingAccountID, subAccountID, serviceName])
  }
}

extension Attributor {
  /// Whether a value may stand in documents: where the dimension lists values, it is one of them.
  func isSettled(_ value: Text, _ dimension: Dimension) -> Bool {
    guard let reading = readers[dimension]?.read(value) else { return false }
    return reading.isListed || rules.dimensions[dimension]?.values.isEmpty ?? true
  }
}

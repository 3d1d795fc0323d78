import BillingModel
import ExactNumbers
import Normalizing

/// Money that moved between tags while the sum of its key stayed: by each of the six dimensions
/// that shows it, else by the tags as the export spells them.
struct RetaggedMoney {
  private let comparison: StateComparison

  init(_ comparison: StateComparison) { self.comparison = comparison }

  func rows() throws(AmountOverflow) -> [RestatementRow] {
    var rows: [RestatementRow] = []
    for (key, old) in comparison.before.allocations {
      guard let new = comparison.after.allocations[key], old != new,
        let total = comparison.before.charges[key]?.billedCost,
        comparison.after.charges[key]?.billedCost == total
      else { continue }
      var deltas: [TagSet: Amount] = [:]
      for (tags, sum) in new { deltas[tags] = sum.billedCost }
      for (tags, sum) in old { try deltas[tags, default: .zero] += -sum.billedCost }
      deltas = deltas.filter { !$0.value.isZero }
      // Where the sides do not add up to the key's sum, nothing tells what moved where.
      guard try Amount.sum(deltas.values).isZero, !deltas.isEmpty else { continue }
      rows += try self.rows(key, deltas, isCredit: total < .zero)
    }
    return rows
  }

  private func rows(
    _ key: RestatementKey, _ deltas: [TagSet: Amount], isCredit: Bool
  ) throws(AmountOverflow) -> [RestatementRow] {
    var rows: [RestatementRow] = []
    for dimension in Dimension.allCases {
      var byValue: [Text: Amount] = [:]
      for (tags, delta) in deltas {
        let value = comparison.attributor
          .attribution(tags: tags, subAccountID: key.subAccountID)[dimension].value
        try byValue[Text("\(dimension.rawValue)=\(value)"), default: .zero] += delta
      }
      rows += try moves(byValue, key, isCredit: isCredit)
    }
    guard rows.isEmpty else { return rows }
    var bySpelling: [Text: Amount] = [:]
    for (tags, delta) in deltas { bySpelling[Self.spelling(tags)] = delta }
    return try moves(bySpelling, key, isCredit: isCredit)
  }

  private static func spelling(_ tags: TagSet) -> Text {
    Text(tags.tags.map { "\($0.key)=\($0.value)" }.joined(separator: ";"))
  }

  /// What lost money gives to what gained it, both in the order of their names.
  private func moves(
    _ deltas: [Text: Amount], _ key: RestatementKey, isCredit: Bool
  ) throws(AmountOverflow) -> [RestatementRow] {
    let sorted = deltas.sorted { $0.key < $1.key }.map {
      (name: $0.key, amount: isCredit ? -$0.value : $0.value)
    }
    var losers = sorted.filter { $0.amount < .zero }.map { ($0.name, $0.amount.magnitude) }
    var gainers = sorted.filter { $0.amount > .zero }.map { ($0.name, $0.amount) }
    var rows: [RestatementRow] = []
    while let loser = losers.first, let gainer = gainers.first {
      let moved = min(loser.1, gainer.1)
      let amount = isCredit ? -moved : moved
      var row = RestatementRow(
        since: comparison.since, change: .retagged, key: key, before: amount, after: amount,
        difference: .zero)
      (row.tagsBefore, row.tagsAfter) = (loser.0, gainer.0)
      rows.append(row)
      losers[0].1 = try loser.1 - moved
      gainers[0].1 = try gainer.1 - moved
      if losers[0].1.isZero { losers.removeFirst() }
      if gainers[0].1.isZero { gainers.removeFirst() }
    }
    return rows
  }
}

import BillingModel
import ExactNumbers

/// Writes beside each item of a match why its sides differ.
struct ItemReasons: Sendable {
  private let comparison: Comparison
  private let explanation: Explanations.Explanation
  /// The reasons that explain more than rounding.
  private let partial: [ExplainedAmount]
  /// Those of them that do not tell which item their amount is in.
  private let whole: [ExplainedAmount]

  init(_ comparison: Comparison, _ explanation: Explanations.Explanation) {
    self.comparison = comparison
    self.explanation = explanation
    partial = explanation.explained.filter { !$0.amount.isZero && $0.reason != .rounding }
    let itemized = explanation.shares?.itemized ?? []
    whole = partial.filter { !itemized.contains($0.reason) }
  }

  func annotated() throws(AmountOverflow) -> [MatchItem] {
    let levels = explanation.levels
    var items = levels.items
    for index in items.indices {
      let item = items[index]
      var reasons = [try reason(of: item)]
      if levels.foldsDataTransfer, item.level == .service, item.key == ServiceRows.dataTransfer {
        reasons.insert(name(.dataTransferPresentation), at: 0)
      }
      items[index].reason = joined(reasons)
    }
    return items
  }

  private func reason(of item: MatchItem) throws(AmountOverflow) -> Text {
    if item.level == .total { return item.key == "Total" ? totalReason : "" }
    if item.difference.isZero { return "" }
    var named: [Text] = []
    var rest = item.difference
    for part in partial {
      guard let share = explanation.shares?.amount(of: part.reason, at: item), !share.isZero else {
        continue
      }
      named.append(name(part.reason))
      try rest = rest - share
    }
    if !named.isEmpty, comparison.isWithinTolerance(rest) { return joined(named) }
    if comparison.isWithinTolerance(item.difference) { return name(.rounding) }
    return joined(named + reasons(of: rest, at: item))
  }

  /// What may be said of an amount that no reason gives for this item.
  private func reasons(of rest: Amount, at item: MatchItem) -> [Text] {
    // A reason with just this amount is the reason of the item.
    if let only = whole.first(where: { comparison.isWhole(rest, $0.amount) }) {
      return [name(only.reason)]
    }
    guard explanation.unexplained.isZero, !whole.isEmpty else { return [name(.unexplained)] }
    let names = whole.map { name($0.reason) }
    // Where nothing on this level offsets something else, the item is a part of what is explained.
    return isOneSided(item.level) ? names : [Text("hint: \(joined(names))")]
  }

  private func isOneSided(_ level: ReconciliationLevel) -> Bool {
    explanation.levels.items.filter { $0.level == level }.allSatisfy {
      comparison.isWithinTolerance($0.difference)
        || $0.difference.isNegative == comparison.difference.isNegative
    }
  }

  private var totalReason: Text {
    let ambiguity = comparison.group.ambiguity.sorted().map(\.string)
    let hint =
      ambiguity.isEmpty ? "" : "could belong to any of " + ambiguity.joined(separator: ", ")
    let rest = explanation.unexplained.isZero ? "" : name(.unexplained)
    return joined(explanation.explained.map { name($0.reason) } + [rest, Text(hint)])
  }

  private func name(_ reason: DifferenceReason) -> Text { Text(reason.rawValue) }

  private func joined(_ texts: [Text]) -> Text {
    Text(texts.filter { !$0.isEmpty }.map(\.string).joined(separator: "; "))
  }
}

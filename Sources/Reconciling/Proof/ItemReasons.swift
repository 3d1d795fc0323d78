import BillingModel
import ExactNumbers

/// Writes beside each item of a match why its sides differ.
struct ItemReasons: Sendable {
  private let comparison: Comparison
  private let explained: [ExplainedAmount]
  private let unexplained: Amount

  init(_ comparison: Comparison, explained: [ExplainedAmount], unexplained: Amount) {
    self.comparison = comparison
    self.explained = explained
    self.unexplained = unexplained
  }

  func annotating(_ levels: ComparisonLevels) -> [MatchItem] {
    levels.items.map { item in
      var item = item
      item.reason = reason(of: item, among: levels.items.filter { $0.level == item.level })
      if levels.foldsDataTransfer, item.level == .service, item.key == ServiceRows.dataTransfer {
        item.reason = joined([
          Text(DifferenceReason.dataTransferPresentation.rawValue), item.reason,
        ])
      }
      return item
    }
  }

  private func reason(of item: MatchItem, among level: [MatchItem]) -> Text {
    if item.level == .total { return item.key == "Total" ? totalReason : "" }
    if item.difference.isZero { return "" }
    // A reason with just this amount is the reason of the item.
    if let whole = explained.first(where: { comparison.isWhole(item.difference, $0.amount) }) {
      return Text(whole.reason.rawValue)
    }
    if comparison.isWithinTolerance(item.difference) { return name(.rounding) }
    // Where the whole difference is explained and nothing on this level offsets something else, the
    // item is a part of what is explained.
    let partial = explained.filter { !$0.amount.isZero && $0.reason != .rounding }
    let isPart =
      unexplained.isZero && !partial.isEmpty
      && level.allSatisfy {
        comparison.isWithinTolerance($0.difference)
          || $0.difference.isNegative == comparison.difference.isNegative
      }
    return isPart ? joined(partial.map { name($0.reason) }) : name(.unexplained)
  }

  private var totalReason: Text {
    let ambiguity = comparison.group.ambiguity.sorted().map(\.string)
    let hint =
      ambiguity.isEmpty ? "" : "could belong to any of " + ambiguity.joined(separator: ", ")
    let rest = unexplained.isZero ? "" : name(.unexplained)
    return joined(explained.map { name($0.reason) } + [rest, Text(hint)])
  }

  private func name(_ reason: DifferenceReason) -> Text { Text(reason.rawValue) }

  private func joined(_ texts: [Text]) -> Text {
    Text(texts.filter { !$0.isEmpty }.map(\.string).joined(separator: "; "))
  }
}

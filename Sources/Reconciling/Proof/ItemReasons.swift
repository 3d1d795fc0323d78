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
      item.reason = reason(of: item)
      if levels.foldsDataTransfer, item.level == .service, item.key == ServiceRows.dataTransfer {
        item.reason = joined([
          Text(DifferenceReason.dataTransferPresentation.rawValue), item.reason,
        ])
      }
      return item
    }
  }

  private func reason(of item: MatchItem) -> Text {
    if item.level == .total { return item.key == "Total" ? totalReason : "" }
    if item.difference.isZero { return "" }
    // A reason with just this amount is the reason of the item.
    if let whole = explained.first(where: { comparison.isWhole(item.difference, $0.amount) }) {
      return Text(whole.reason.rawValue)
    }
    return comparison.isWithinTolerance(item.difference) ? name(.rounding) : name(.unexplained)
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

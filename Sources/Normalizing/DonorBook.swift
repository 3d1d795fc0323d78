import BillingModel
import ExactNumbers

/// What the tagged line items of groups say, so that others of the group may take it over.
struct DonorBook<Group: Hashable & Sendable>: Sendable {
  /// A value, and the gross cost of the line items that carry it.
  struct Share {
    var value: Text
    var gross: Amount
  }

  private struct Tally: Sendable {
    var gross = Amount.zero
    var byValue: [Text: Amount] = [:]
  }

  /// One tally for each dimension, in the order of the enumeration.
  private var tallies: [Group: [Tally]] = [:]

  private static var empty: [Tally] { Dimension.allCases.map { _ in Tally() } }

  mutating func add(
    _ own: Attribution, gross: Amount, to group: Group
  ) throws(AmountOverflow) {
    for (index, dimension) in Dimension.allCases.enumerated() {
      guard let said = own.values[dimension] else { continue }
      try tallies[group, default: Self.empty][index].gross += gross
      try tallies[group, default: Self.empty][index].byValue[said.value, default: .zero] += gross
    }
  }

  /// The value of at least nine tenths of the gross cost of the group's line items that say something:
  /// one tag that was mistyped must not silence a group. Line items that cost nothing testify nothing.
  ///
  /// - Parameter hidden: What is taken out of the group before it is asked.
  func value(
    _ dimension: Dimension, of group: Group, without hidden: Share? = nil
  ) throws(AmountOverflow) -> Text? {
    guard let index = Dimension.allCases.firstIndex(of: dimension),
      let tally = tallies[group]?[index]
    else { return nil }
    let gross = try tally.gross - (hidden?.gross ?? .zero)
    if gross.isZero { return nil }
    for (value, part) in tally.byValue {
      let part = try value == hidden?.value ? part - (hidden?.gross ?? .zero) : part
      if gross.units - part.units <= gross.units / 10 { return value }
    }
    return nil
  }
}

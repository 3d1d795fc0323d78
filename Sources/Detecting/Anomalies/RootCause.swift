import BillingModel

/// The smallest parts of a sum that explain how it moved.
///
/// *Formula.* A part explains Σ of its leaves' differences; it is a cause to the degree that its leaves moved
/// in one proportion (the ripple effect on which Squeeze and RiskLoc rest): with ρ = actual / expected of the
/// part, error = Σ |actual − ρ·expected| / Σ |difference| over its leaves. Chosen is the part with the largest
/// explained · (1 − error / 2); further ones explain what is left, at most three in all.
struct RootCause {
  /// A part with the leaves that lie in it.
  struct Part {
    let scope: AnomalyScope
    let changes: [LeafChange]

    var difference: Int128 { changes.reduce(0) { $0 + $1.difference } }
  }

  static let mostCauses = 3
  /// What the causes must explain together, in parts per million.
  private static let enough = 800_000

  let leaves: [UsageLeaf]

  /// The causes of a move within `scope`, the largest first; the scope itself where its leaves moved
  /// together, or no few parts explain it.
  ///
  /// - Parameters:
  ///   - changes: of the leaves in the scope.
  ///   - total: How the scope moved.
  func causes(of total: Int128, in scope: AnomalyScope, _ changes: [LeafChange]) -> [Part] {
    let whole = Part(scope: scope, changes: changes)
    guard changes.count > 1, total != 0, error(changes) > 250_000 else { return [whole] }
    var chosen: [Part] = []
    var rest = changes
    while chosen.count < Self.mostCauses {
      let explained = chosen.reduce(0) { $0 + share($1.difference, of: total) }
      if explained >= Self.enough { return chosen }
      guard let best = best(of: total, in: scope, rest), share(best.difference, of: total) > 100_000
      else { break }
      chosen.append(best)
      let taken = Set(best.changes.map(\.leaf))
      rest.removeAll { taken.contains($0.leaf) }
    }
    let explained = chosen.reduce(0) { $0 + share($1.difference, of: total) }
    return explained >= Self.enough ? chosen : [whole]
  }

  private func best(
    of total: Int128, in scope: AnomalyScope, _ changes: [LeafChange]
  ) -> Part? {
    var best: (part: Part, score: Int)?
    for part in parts(scope, changes) {
      // More than all is as far off as less.
      let share = share(part.difference, of: total)
      let explained = share > 1_000_000 ? 2_000_000 - share : share
      let score = RobustStatistics.part(explained, 1_000_000 - error(part.changes) / 2)
      if score > best?.score ?? 0 { best = (part, score) }
    }
    return best?.part
  }

  /// Every part by region, by usage type and by both, the coarser ones first, in a fixed order.
  private func parts(_ scope: AnomalyScope, _ changes: [LeafChange]) -> [Part] {
    var parts: [Part] = []
    for dimensions in [[ScopeDimension.usageType], [.region], [.region, .usageType]] {
      let grouped = Dictionary(grouping: changes) { change in
        AnomalyScope(leaves[change.leaf], dimensions)
      }
      for (cut, members) in grouped.sorted(by: {
        $0.key.parts.lexicographicallyPrecedes($1.key.parts)
      }) {
        let values = scope.values.merging(cut.values) { _, new in new }
        parts.append(Part(scope: AnomalyScope(values), changes: members))
      }
    }
    return parts
  }

  /// How far leaves moved out of one proportion, in parts per million.
  func error(_ changes: [LeafChange]) -> Int {
    let actual = changes.reduce(Int128(0)) { $0 + $1.actual }
    let expected = changes.reduce(Int128(0)) { $0 + $1.expected }
    let moved = changes.reduce(Int128(0)) { $0 + $1.difference.magnitudeValue }
    guard changes.count > 1, moved > 0, expected > 0 else { return 0 }
    let ratio = actual * 1_000_000 / expected
    let off = changes.reduce(Int128(0)) {
      $0 + ($1.actual - $1.expected * ratio / 1_000_000).magnitudeValue
    }
    return Int(min(2_000_000, off * 1_000_000 / moved))
  }

  private func share(_ part: Int128, of total: Int128) -> Int {
    Int(min(4_000_000, max(-4_000_000, part * 1_000_000 / total)))
  }
}

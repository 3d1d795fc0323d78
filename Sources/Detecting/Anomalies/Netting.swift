import BillingModel

/// Opposite moves of about the same money at the same time, which a total hides.
enum Netting {
  /// What may be left of the larger one, in parts per million.
  private static let leftover: Int128 = 300_000

  /// Each incident with the one that offsets it, if there is one: the pair of which the least is left, first.
  static func linked(_ incidents: [AnomalyIncident], _ leaves: [UsageLeaf]) -> [AnomalyIncident] {
    var result = incidents
    var pairs: [(rest: Int128, up: Int, down: Int)] = []
    for up in result.indices where result[up].direction == .up {
      for down in result.indices where result[down].direction == .down {
        if let rest = rest(result[up], result[down], leaves) { pairs.append((rest, up, down)) }
      }
    }
    var taken: Set<Int> = []
    for pair in pairs.sorted(by: { ($0.rest, $0.up, $0.down) < ($1.rest, $1.up, $1.down) })
    where !taken.contains(pair.up) && !taken.contains(pair.down) {
      taken.formUnion([pair.up, pair.down])
      result[pair.up].offset = result[pair.down].scope
      result[pair.down].offset = result[pair.up].scope
    }
    return result
  }

  /// What is left of both in their sum, if they share an account, a service or an owner and cancel.
  private static func rest(
    _ up: AnomalyIncident, _ down: AnomalyIncident, _ leaves: [UsageLeaf]
  ) -> Int128? {
    guard abs(up.event.onset.distance(to: down.event.onset)) <= 1,
      let a = up.changes.first, let b = down.changes.first
    else { return nil }
    let share = [ScopeDimension.subAccount, .service, .owner].contains {
      let value = $0.value(leaves[a.leaf])
      return !value.isEmpty && value == $0.value(leaves[b.leaf])
    }
    // Events may be seen for different numbers of days: what a day moves by is compared.
    let sides = [up, down].map { $0.difference / Int128($0.event.days.count) }
    let larger = max(sides[0].magnitudeValue, sides[1].magnitudeValue)
    let rest = (sides[0] + sides[1]).magnitudeValue
    guard share, sides[0] > 0, sides[1] < 0, rest * 1_000_000 <= larger * leftover else {
      return nil
    }
    return rest
  }
}

import BillingModel

/// One cause behind events of several series: an account, a service, a region, a usage type or an owner
/// whose costs moved as a whole.
struct SharedCause {
  private let leaves: [UsageLeaf]
  private let natures: DayNatures
  private let settings: AnomalySettings
  /// Series that must have moved for one cause to be named in their place.
  private static let leastMembers = 3
  /// How far leaves may have moved out of one proportion, in parts per million: noise counts here too.
  private static let mostError = 600_000
  /// Up to here all moved together, whoever raised an alarm: scopes in which only some moved lie near 1,000,000.
  private static let littleError = 400_000
  private static let cuts: [[ScopeDimension]] = [
    [.owner], [.subAccount], [.service], [.region], [.usageType], [.service, .region],
    [.subAccount, .region], [.service, .usageType], [.owner, .service],
  ]

  init(_ leaves: [UsageLeaf], _ natures: DayNatures, _ settings: AnomalySettings) {
    self.leaves = leaves
    self.natures = natures
    self.settings = settings
  }

  func merged(_ incidents: [AnomalyIncident]) -> [AnomalyIncident] {
    var left = incidents.sorted(by: Self.precedes)
    var result: [AnomalyIncident] = []
    while let first = left.first {
      // Not all series show on the first day what hits all of them.
      let near = left.filter { isNear($0, first) }
      guard let scope = scope(like: first, among: near) else {
        result.append(left.removeFirst())
        continue
      }
      let strongest = Self.strongest(near.filter { isInside($0, scope) }) ?? first
      let members = left.filter {
        isInside($0, scope) && (isNear($0, first) || isNear($0, strongest))
      }
      left.removeAll { incident in members.contains { $0.isSame(as: incident) } }
      result.append(joined(members, scope))
    }
    return result
  }

  private func isNear(_ a: AnomalyIncident, _ b: AnomalyIncident) -> Bool {
    a.direction == b.direction
      && abs(a.event.onset.distance(to: b.event.onset)) <= settings.mergeDays
  }

  static func precedes(_ a: AnomalyIncident, _ b: AnomalyIncident) -> Bool {
    if a.event.onset != b.event.onset { return a.event.onset < b.event.onset }
    if a.scope != b.scope { return a.scope.parts.lexicographicallyPrecedes(b.scope.parts) }
    return a.direction.rawValue < b.direction.rawValue
  }

  /// The scope around an incident that takes the place of the most others, the first of equals.
  private func scope(
    like first: AnomalyIncident, among incidents: [AnomalyIncident]
  ) -> AnomalyScope? {
    guard incidents.count >= Self.leastMembers, let leaf = first.changes.first?.leaf else {
      return nil
    }
    var best: (scope: AnomalyScope, count: Int)?
    for cut in Self.cuts {
      let scope = AnomalyScope(leaves[leaf], cut)
      guard scope.values.values.allSatisfy({ !$0.isEmpty }), isInside(first, scope) else {
        continue
      }
      let members = incidents.filter { isInside($0, scope) }
      guard members.count >= Self.leastMembers, members.count > best?.count ?? 0,
        moved(scope, members)
      else { continue }
      best = (scope, members.count)
    }
    return best?.scope
  }

  private func isInside(_ incident: AnomalyIncident, _ scope: AnomalyScope) -> Bool {
    !incident.changes.isEmpty && incident.changes.allSatisfy { scope.contains(leaves[$0.leaf]) }
  }

  /// Whether the scope moved, and not some parts of it by chance at one time.
  private func moved(_ scope: AnomalyScope, _ incidents: [AnomalyIncident]) -> Bool {
    // The strongest tells the days best.
    guard let event = Self.strongest(incidents)?.event else { return false }
    let all = changes(in: scope, natures.telling(event).map(\.day), event.onset)
    let total = all.reduce(Int128(0)) { $0 + $1.expected }
    let difference = all.reduce(Int128(0)) { $0 + $1.difference }
    guard total > 0, difference.signum() == event.direction.sign else { return false }
    let error = RootCause(leaves: leaves).error(all)
    return error <= Self.littleError
      || error <= Self.mostError
        && share(of: incidents, in: all, total) >= Int128(error)
      || incidents.count > RootCause.mostCauses
        && isMost(incidents.filter { $0.event.begins(with: event) }, of: all, total)
  }

  /// Which part of what the scope should have cost lies in the incidents, in parts per million: the more its
  /// leaves scatter, those that raised no alarm included, the more it must be.
  private func share(
    of incidents: [AnomalyIncident], in all: [LeafChange], _ total: Int128
  ) -> Int128 {
    let inside = Set(incidents.flatMap(\.changes).map(\.leaf))
    return all.reduce(Int128(0)) { $0 + (inside.contains($1.leaf) ? $1.expected : 0) } * 1_000_000
      / total
  }

  /// Whether they are more than half of the scope, in series and in money.
  private func isMost(
    _ incidents: [AnomalyIncident], of all: [LeafChange], _ total: Int128
  ) -> Bool {
    func series(_ changes: [LeafChange]) -> Set<DailySeries.Key> {
      Set(changes.map { leaves[$0.leaf].key.service })
    }
    let inside = series(incidents.flatMap(\.changes))
    return inside.count * 2 > series(all).count && share(of: incidents, in: all, total) > 500_000
  }

  private func changes(in scope: AnomalyScope, _ days: [Day], _ onset: Day) -> [LeafChange] {
    leaves.indices.filter { scope.contains(leaves[$0]) }
      .map { LeafChange($0, of: leaves, days: days, onset: onset, natures) }
  }

  private static func strongest(_ incidents: [AnomalyIncident]) -> AnomalyIncident? {
    guard let first = incidents.first else { return nil }
    return incidents.dropFirst().reduce(first) { $1.score > $0.score ? $1 : $0 }
  }

  /// The scope as a whole, on all days of its members.
  private func joined(_ members: [AnomalyIncident], _ scope: AnomalyScope) -> AnomalyIncident {
    var result = Self.strongest(members) ?? members[0]
    result.scope = scope
    result.event = result.event.spanning(members.map(\.event))
    result.changes = changes(in: scope, result.event.days.map(\.day), result.event.onset)
    result.difference = result.changes.reduce(0) { $0 + $1.difference }
    result.isExact = false
    return result
  }
}

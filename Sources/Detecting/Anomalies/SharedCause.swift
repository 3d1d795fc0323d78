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
    let members = leaves.indices.filter { scope.contains(leaves[$0]) }
    let inside = Set(incidents.flatMap(\.changes).map(\.leaf))
    return incidents.count > RootCause.mostCauses && isMost(inside, of: members)
      || movedInProportion(members, inside, event)
  }

  /// More than half of the series that have leaves in the scope.
  private func isMost(_ inside: Set<Int>, of members: [Int]) -> Bool {
    func series(_ leaves: [Int]) -> Set<DailySeries.Key> {
      Set(leaves.map { self.leaves[$0].key.service })
    }
    return series(members.filter(inside.contains)).count * 2 > series(members).count
  }

  /// Whether the leaves moved in one proportion, those that raised no alarm included: if they scatter, so much
  /// of what the scope should have cost must lie in the incidents.
  private func movedInProportion(
    _ members: [Int], _ inside: Set<Int>, _ event: AnomalyEvent
  ) -> Bool {
    let days = natures.telling(event).map(\.day)
    let all = members.map {
      LeafChange($0, of: leaves, days: days, onset: event.onset, natures)
    }
    let total = all.reduce(Int128(0)) { $0 + $1.expected }
    let covered = all.reduce(Int128(0)) { $0 + (inside.contains($1.leaf) ? $1.expected : 0) }
    guard total > 0 else { return false }
    let error = RootCause(leaves: leaves).error(all)
    return error <= Self.littleError
      || error <= Self.mostError && covered * 1_000_000 / total >= Int128(error)
  }

  private static func strongest(_ incidents: [AnomalyIncident]) -> AnomalyIncident? {
    guard let first = incidents.first else { return nil }
    return incidents.dropFirst().reduce(first) { $1.score > $0.score ? $1 : $0 }
  }

  private func joined(_ members: [AnomalyIncident], _ scope: AnomalyScope) -> AnomalyIncident {
    var result = Self.strongest(members) ?? members[0]
    result.scope = scope
    result.changes = members.flatMap(\.changes)
    result.difference = members.reduce(0) { $0 + $1.difference }
    result.isExact = false
    return result
  }
}

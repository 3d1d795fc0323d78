import BillingModel

/// Finds what the events of one payer in one currency have in common, so that each is told once and where it
/// is smallest.
struct IncidentSearch {
  let leaves: [UsageLeaf]
  let settings: AnomalySettings
  private let natures: DayNatures
  private var incidents: [AnomalyIncident] = []

  init(_ leaves: [UsageLeaf], _ natures: DayNatures, _ settings: AnomalySettings) {
    self.leaves = leaves
    self.natures = natures
    self.settings = settings
  }

  /// - Parameters:
  ///   - wholes: Events of accounts' services.
  ///   - earlier: Those that were told before: their parts are no news either.
  ///   - parts: Events of leaves, by their number.
  static func incidents(
    _ wholes: [(key: DailySeries.Key, event: AnomalyEvent)],
    earlier: [(key: DailySeries.Key, event: AnomalyEvent)],
    _ parts: [(leaf: Int, event: AnomalyEvent)], _ leaves: [UsageLeaf],
    _ natures: DayNatures, _ settings: AnomalySettings
  ) -> [AnomalyIncident] {
    var search = IncidentSearch(leaves, natures, settings)
    let byService = Dictionary(grouping: leaves.indices) { leaves[$0].key.service }
    for whole in wholes { search.add(whole.event, of: whole.key, byService[whole.key] ?? []) }
    search.add(parts, wholes + earlier, byService)
    let merged = SharedCause(leaves, natures, settings).merged(search.incidents)
    return Netting.linked(merged, leaves)
  }

  /// Drills an event of a service down to the regions and usage types that made it.
  private mutating func add(
    _ event: AnomalyEvent, of key: DailySeries.Key, _ members: [Int]
  ) {
    let scope = AnomalyScope([.subAccount: key.subAccountID, .service: key.serviceName])
    let telling = natures.telling(event)
    let causes = RootCause(leaves: leaves).causes(
      of: telling.reduce(0) { $0 + $1.difference }, in: scope,
      changes(event, members, telling.map(\.day)))
    for cause in causes {
      add(event, of: cause, isExact: cause.scope == scope)
    }
  }

  /// Events of usage types that their service's total does not show.
  private mutating func add(
    _ parts: [(leaf: Int, event: AnomalyEvent)],
    _ wholes: [(key: DailySeries.Key, event: AnomalyEvent)],
    _ byService: [DailySeries.Key: [Int]]
  ) {
    let shown = Dictionary(grouping: wholes, by: \.key)
    var hidden = parts.filter { part in
      let events = shown[leaves[part.leaf].key.service] ?? []
      return !events.contains { covers($0.event, part.event) }
    }
    hidden.sort { ($0.event.onset, $0.leaf) < ($1.event.onset, $1.leaf) }
    while let first = hidden.first {
      let service = leaves[first.leaf].key.service
      // Those that begin a day later, or while it lasts.
      let end = max(first.event.last, first.event.onset.advanced(by: 1))
      let together = hidden.filter {
        leaves[$0.leaf].key.service == service && $0.event.direction == first.event.direction
          && $0.event.onset <= end
      }
      let told = addHidden(together, byService[service] ?? [])
      // What began at another time, and is no part of what is told now, is an event of its own.
      hidden.removeAll { part in
        together.contains { $0.leaf == part.leaf && $0.event.onset == part.event.onset }
          && (told.contains(part.leaf) || part.event.begins(with: first.event))
      }
    }
  }

  /// Usage types of one service that moved together: the smallest parts that hold them all.
  ///
  /// - Returns: The leaves that the parts hold.
  private mutating func addHidden(
    _ together: [(leaf: Int, event: AnomalyEvent)], _ members: [Int]
  ) -> Set<Int> {
    let key = leaves[together[0].leaf].key
    let strongest = together.dropFirst().reduce(together[0]) {
      ($1.event.score, $0.leaf) > ($0.event.score, $1.leaf) ? $1 : $0
    }
    let all = changes(strongest.event, members, natures.telling(strongest.event).map(\.day))
    let moved = Set(together.map(\.leaf))
    let scope = AnomalyScope([.subAccount: key.subAccountID, .service: key.serviceName])
    let own = all.filter { moved.contains($0.leaf) }
    let total = own.reduce(Int128(0)) { $0 + $1.difference }
    // Parts are made of all leaves, so that one is named only if what it holds moved as a whole.
    var causes = RootCause(leaves: leaves).causes(of: total, in: scope, all)
    if causes.count == 1, causes[0].scope == scope, together.count < members.count {
      let largest = own.sorted { $0.difference.magnitudeValue > $1.difference.magnitudeValue }
      causes = largest.prefix(RootCause.mostCauses).map { change in
        RootCause.Part(
          scope: AnomalyScope(
            leaves[change.leaf], [.subAccount, .service, .region, .usageType]),
          changes: [change])
      }
    }
    for cause in causes {
      let inside = together.filter { cause.scope.contains(leaves[$0.leaf]) }
      guard let event = (inside.max { $0.event.score < $1.event.score })?.event else { continue }
      add(event, of: cause, isExact: cause.changes.count == 1)
    }
    return Set(causes.flatMap(\.changes).map(\.leaf))
  }

  /// - Parameter isExact: Whether the event's own days are those of the part.
  private mutating func add(_ event: AnomalyEvent, of cause: RootCause.Part, isExact: Bool) {
    let changes = changes(event, cause.changes.map(\.leaf))
    incidents.append(
      AnomalyIncident(
        scope: cause.scope, event: event, changes: changes, score: event.score,
        difference: isExact
          ? event.actual - event.expected : changes.reduce(0) { $0 + $1.difference },
        isExact: isExact))
  }

  private func changes(
    _ event: AnomalyEvent, _ members: [Int], _ days: [Day]? = nil
  ) -> [LeafChange] {
    let days = days ?? event.days.map(\.day)
    return members.map { LeafChange($0, of: leaves, days: days, onset: event.onset, natures) }
  }

  /// The whole already tells of it: same direction, and the days meet.
  private func covers(_ whole: AnomalyEvent, _ part: AnomalyEvent) -> Bool {
    let after = whole.isAccepted ? settings.resumeDays : settings.mergeDays
    return whole.direction == part.direction
      && whole.onset <= part.last.advanced(by: settings.mergeDays)
      && part.onset <= whole.last.advanced(by: after)
  }
}

import BillingModel
import ExactNumbers

/// Everything that is unlikely in the costs of one payer in one currency, by all that is known to the end of
/// a month.
struct AnomalySearch {
  private(set) var incidents: [AnomalyIncident] = []
  /// Days that were scored and left under the line, by the series that they are days of.
  private(set) var candidates: [(scope: AnomalyScope, day: AnomalyDay, leaves: [Int])] = []
  private(set) var unjudged: [(key: DailySeries.Key, reason: String)] = []
  private(set) var leaves: [UsageLeaf] = []
  let natures: DayNatures
  /// The last day of the month of which anything is known.
  private(set) var lastDay: Day
  private let settings: AnomalySettings
  private let period: BillingPeriod
  private let leastMoney: Int128

  /// - Parameter incompleteFrom: From this day on drops are not judged.
  init(
    _ history: [DailySeries], _ facts: PeriodFacts, incompleteFrom: Day?,
    _ settings: AnomalySettings
  ) {
    self.settings = settings
    period = facts.billingPeriod
    leastMoney = history.first.map { settings.leastMoney($0.key.currency) } ?? 0
    var keys: [DailySeries.Key] = []
    var series: [MicroSeries] = []
    for daily in history.sorted(by: { $0.key < $1.key }) {
      guard let micros = MicroSeries(daily.days.map { ($0.key, $0.value) }) else {
        unjudged.append((daily.key, "a day costs more than 10¹² units"))
        continue
      }
      keys.append(daily.key)
      series.append(micros)
    }
    leaves = Self.leaves(keys, series, facts)
    let end = period.end.number
    let last = series.compactMap { $0.values.keys.filter { $0 < end }.max() }.max()
    lastDay = last.map { Day(number: $0) } ?? period.firstDay
    var frame = SeriesReplay.Frame(
      period: period, incompleteFrom: incompleteFrom, calendar: facts.calendar)
    let wholes = SeriesReplay(series, frame, leastMoney: leastMoney, settings: settings)
    natures = wholes.natures
    for (index, key) in keys.enumerated() {
      if let reason = reasonNotToJudge(series[index], wholes.tracks[index]) {
        unjudged.append((key, reason))
      }
    }
    frame.whole = wholes.crowdAndCover
    search(keys, wholes, frame)
  }

  /// What is known of usage types, and whole series where nothing is.
  private static func leaves(
    _ keys: [DailySeries.Key], _ series: [MicroSeries], _ facts: PeriodFacts
  ) -> [UsageLeaf] {
    let known = Set(keys)
    var leaves = facts.usage.filter { known.contains($0.key.service) }
      .sorted { $0.key < $1.key }
      .compactMap { UsageLeaf($0, owner: facts.owners[$0.key.service] ?? "") }
    let cut = Set(leaves.map(\.key.service))
    for (key, micros) in zip(keys, series) where !cut.contains(key) {
      leaves.append(UsageLeaf(whole: key, micros, owner: facts.owners[key] ?? ""))
    }
    return UsageLeaf.withFirstDays(leaves)
  }

  private mutating func search(
    _ keys: [DailySeries.Key], _ wholes: SeriesReplay, _ frame: SeriesReplay.Frame
  ) {
    var events: [(key: DailySeries.Key, event: AnomalyEvent)] = []
    var earlier: [(key: DailySeries.Key, event: AnomalyEvent)] = []
    let byService = Dictionary(grouping: leaves.indices) { leaves[$0].key.service }
    for (key, track) in zip(keys, wholes.tracks) {
      let scope = AnomalyScope([.subAccount: key.subAccountID, .service: key.serviceName])
      for event in track.events {
        if isListed(event) { events.append((key, event)) } else { earlier.append((key, event)) }
      }
      for day in track.candidates where period.contains(day.day) {
        candidates.append((scope, day, byService[key] ?? []))
      }
    }
    let parts = partEvents(byService, frame)
    incidents = IncidentSearch.incidents(events, earlier: earlier, parts, leaves, natures, settings)
  }

  /// The events of usage types; those whose money never moves by the floor are passed over.
  private mutating func partEvents(
    _ byService: [DailySeries.Key: [Int]], _ frame: SeriesReplay.Frame
  ) -> [(leaf: Int, event: AnomalyEvent)] {
    let judged = leaves.indices.filter { leaf in
      (byService[leaves[leaf].key.service]?.count ?? 0) > 1 && mayMove(leaves[leaf])
    }
    let replay = SeriesReplay(
      judged.map { leaves[$0].costs }, frame, leastMoney: leastMoney, settings: settings)
    var events: [(leaf: Int, event: AnomalyEvent)] = []
    for (leaf, track) in zip(judged, replay.tracks) {
      for event in track.events where isListed(event) { events.append((leaf, event)) }
    }
    return events
  }

  /// An event is listed in the month of its onset, or in the next one where only its days tell of it.
  private func isListed(_ event: AnomalyEvent) -> Bool { period.contains(event.raised) }

  private func mayMove(_ leaf: UsageLeaf) -> Bool {
    let window = period.firstDay.number - settings.window..<period.end.number
    let values = leaf.costs.values.filter { window.contains($0.key) }.values
    guard let least = values.min(), let most = values.max() else { return false }
    return most - min(least, 0) >= leastMoney
  }

  /// Why no day of the month was judged, if so. A series that ended more than two weeks before the
  /// month has nothing to judge.
  private func reasonNotToJudge(_ series: MicroSeries, _ track: SeriesTrack) -> String? {
    let first = period.firstDay.number
    if let last = track.lastJudged, last >= first { return nil }
    if track.events.contains(where: { $0.head == .new && isListed($0) }) { return nil }
    let days = series.values.keys.filter { $0 < period.end.number }
    if days.contains(where: { $0 >= first }) {
      return days.count <= settings.leastHistory
        ? "fewer than \(settings.leastHistory) days of history" : "too few days in the last weeks"
    }
    return days.contains { $0 >= first - settings.leastHistory } ? "no rows in this month" : nil
  }
}

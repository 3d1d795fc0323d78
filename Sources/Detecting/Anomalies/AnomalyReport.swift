import BillingModel
import ExactNumbers

/// Turns what a search found into findings and candidates.
struct AnomalyReport {
  private let search: AnomalySearch
  private let facts: PeriodFacts
  private let payer: Text
  private let currency: CurrencyCode
  private let lines: LinesByDay
  private let settings: AnomalySettings
  private let rejected: RejectedCost

  init(
    _ search: AnomalySearch, _ facts: PeriodFacts, payer: Text, currency: CurrencyCode,
    _ lines: LinesByDay, _ settings: AnomalySettings
  ) {
    self.search = search
    self.facts = facts
    self.payer = payer
    self.currency = currency
    self.lines = lines
    self.settings = settings
    rejected = RejectedCost(facts, payer: payer, currency: currency)
  }

  func write(into judgement: inout Judgement) throws(AmountOverflow) {
    for incident in search.incidents {
      let finding = try finding(incident)
      if let reason = reasonToWithhold(incident, finding) {
        judgement.candidates.append(finding)
        judgement.unchecked.append(UncheckedRule(rule: DailyCostAnomaly.id, reason: Text(reason)))
      } else {
        judgement.findings.append(finding)
      }
    }
    for candidate in search.candidates where !isTold(candidate.day, candidate.leaves) {
      let event = AnomalyEvent([candidate.day], .day, keep: 0)
      let day = [candidate.day.day]
      let changes = candidate.leaves.map {
        LeafChange($0, of: search.leaves, days: day, onset: candidate.day.day, search.natures)
      }
      judgement.candidates.append(
        try finding(
          AnomalyIncident(
            scope: candidate.scope, event: event, changes: changes, score: event.score,
            difference: candidate.day.difference, isExact: true)))
    }
  }

  /// Whether an event holds the day, in the same direction and in a part of the same series.
  private func isTold(_ day: AnomalyDay, _ leaves: [Int]) -> Bool {
    search.incidents.contains { incident in
      incident.direction == day.direction && incident.event.onset <= day.day
        && day.day <= incident.event.last
        && incident.changes.contains { leaves.contains($0.leaf) }
    }
  }

  /// Why an event is a candidate only. A month without events says nothing here, so that its summary
  /// stays the same when it is no longer one of the newest two.
  private func reasonToWithhold(_ incident: AnomalyIncident, _ finding: Finding) -> String? {
    if !facts.reportsAnomalies {
      return "older than the newest two months when it was booked; its anomalies are listed as "
        + "candidates"
    }
    guard incident.direction == .down, rejected.mayExplain(finding.amountAtStake) else {
      return nil
    }
    return "payer \(payer): rows were rejected, which may explain drops; those are listed as "
      + "candidates"
  }

  private func finding(_ incident: AnomalyIncident) throws(AmountOverflow) -> Finding {
    var key = FindingKey(
      rule: DailyCostAnomaly.id, billingAccountID: payer, billingPeriod: facts.billingPeriod,
      currency: currency)
    key.subAccountID = incident.scope[.subAccount]
    key.serviceName = incident.scope[.service]
    key.usageType = incident.scope[.usageType]
    key.detail = Text("\(incident.direction.rawValue) \(incident.event.onset)")
    if !incident.scope[.region].isEmpty {
      key.detail = Text("\(key.detail) \(incident.scope[.region])")
    }
    let measures = AnomalyMeasures(incident, search, facts.billingPeriod, settings)
    let figures = try measures.figures()
    let (lines, selection) = lineItems(incident)
    var finding = try AnomalyClaim(
      incident, figures, actual: measures.actual(), expected: measures.expected(), currency
    ).claim()
      .finding(key, lines: lines, selection: selection)
    finding.regionID = incident.scope[.region]
    finding.chargePeriodStart = incident.event.onset
    finding.chargePeriodEnd = incident.event.last
    finding.anomaly = figures
    return finding
  }

  /// The rows of the event's days: of the leaves where they are known, else of their series.
  private func lineItems(_ incident: AnomalyIncident) -> (count: Int, selection: Selection) {
    let days = incident.event.onset...incident.event.last
    let members = incident.changes.map { search.leaves[$0.leaf] }
    let counted = members.reduce(0) { sum, leaf in
      sum
        + leaf.lines.filter { days.contains(Day(number: $0.key)) }.values.reduce(0, +)
    }
    if counted > 0 {
      return (counted, selection(of: members.map { UsageLeaf.values($0.key) }, days))
    }
    let series = Set(members.map(\.key.service))
    return (
      series.reduce(0) { $0 + lines.count(of: $1, days) },
      selection(
        of: series.map { [.subAccountID: [$0.subAccountID], .serviceName: [$0.serviceName]] }, days)
    )
  }

  private func selection(
    of parts: [[Field: [Text]]], _ days: ClosedRange<Day>
  ) -> Selection {
    let names = (0...days.lowerBound.distance(to: days.upperBound)).map {
      Text(days.lowerBound.advanced(by: $0).description)
    }
    var selection = Selection(
      alternatives: parts.map { part in
        var part = part
        part[.lineItemType] = ChargeType.known(as: [.usage])
        part[.chargePeriodStart] = names
        return part
      })
    var period = facts.billingPeriod
    while period < days.upperBound.period {
      period = period.next
      selection.otherPeriods.append(period)
    }
    return selection
  }
}

extension UsageLeaf {
  fileprivate static func values(_ key: UsageSeries.Key) -> [Field: [Text]] {
    [
      .subAccountID: [key.subAccountID], .serviceName: [key.serviceName],
      .regionID: [key.regionID], .usageType: [key.usageType], .pricingUnit: [key.unit],
    ]
  }
}

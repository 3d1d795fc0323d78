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
    for candidate in search.candidates {
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
    let figures = try AnomalyMeasures(incident, search, facts.billingPeriod, settings).figures()
    var finding = try AnomalyClaim(incident, figures, currency).claim()
      .finding(key, lines: lineCount(incident))
    finding.regionID = incident.scope[.region]
    finding.chargePeriodStart = incident.event.onset
    finding.chargePeriodEnd = incident.event.last
    finding.anomaly = figures
    return finding
  }

  /// The rows of the event's days: of the leaves where they are known, else of their series.
  private func lineCount(_ incident: AnomalyIncident) -> Int {
    let days = incident.event.onset...incident.event.last
    let members = incident.changes.map { search.leaves[$0.leaf] }
    let counted = members.reduce(0) { sum, leaf in
      sum
        + leaf.lines.filter { days.contains(Day(number: $0.key)) }.values.reduce(0, +)
    }
    if counted > 0 { return counted }
    return Set(members.map(\.key.service)).reduce(0) { $0 + lines.count(of: $1, days) }
  }
}

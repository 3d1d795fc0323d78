import BillingModel
import Detecting
import ExactNumbers
import Foundation

/// What one company's findings are worth against its truth.
struct Score {
  struct Kind {
    var events = 0
    var found = 0
    var dollars = 0.0
    var foundDollars = 0.0
    var rightCause = 0
    var delays: [Int] = []
    var rows = 0
    var mostRows = 0
  }

  private(set) var kinds: [PlantedKind: Kind] = [:]
  private(set) var falseDays = 0
  private(set) var quietDays = 0
  private(set) var findings = 0
  private(set) var trueFindings = 0
  /// Score of each finding and candidate, and the event that it is the best of, if it is of one.
  private(set) var ranked: [(score: Double, event: Int?)] = []
  private(set) var eventCount = 0

  mutating func add(_ other: Score) {
    for (kind, sums) in other.kinds {
      var own = kinds[kind] ?? Kind()
      own.events += sums.events
      own.found += sums.found
      own.dollars += sums.dollars
      own.foundDollars += sums.foundDollars
      own.rightCause += sums.rightCause
      own.delays += sums.delays
      own.rows += sums.rows
      own.mostRows = max(own.mostRows, sums.mostRows)
      kinds[kind] = own
    }
    falseDays += other.falseDays
    quietDays += other.quietDays
    findings += other.findings
    trueFindings += other.trueFindings
    ranked += other.ranked.map { ($0.score, $0.event.map { $0 + eventCount }) }
    eventCount += other.eventCount
  }

  init() {}

  init(
    _ planting: Planting, judged: Int, _ periods: [BillingPeriod], _ settings: AnomalySettings
  ) throws {
    let detector = DailyCostAnomaly(settings: settings)
    let company = planting.company
    eventCount = planting.events.count
    var matched: [[(finding: Finding, leaves: Set<Int>)]] = planting.events.map { _ in [] }
    var falseCover: Set<[Int]> = []
    let services = Dictionary(grouping: company.leaves.indices) { company.leaves[$0].key.service }
      .sorted { $0.key < $1.key }.map(\.value)
    var serviceOf: [Int: Int] = [:]
    for (number, members) in services.enumerated() {
      for leaf in members { serviceOf[leaf] = number }
    }
    for period in periods {
      let judgement = try detector.judge(company.facts(period))
      let listed = judgement.findings.map { ($0, true) } + judgement.candidates.map { ($0, false) }
      for (finding, isFinding) in listed {
        let leaves = Self.leaves(finding, company)
        let event = Self.event(finding, leaves, planting)
        ranked.append((Double("\(finding.confidence)") ?? 0, event))
        if CommandLine.arguments.contains("--ranked"), let figures = finding.anomaly {
          print(
            "ranked", finding.confidence, event == nil ? 0 : 1, isFinding ? 1 : 0,
            figures.shape.string.replacing(" ", with: "-"), figures.daysSinceStart, finding.impact,
            figures.expected, figures.actual, figures.causeUsageType.isEmpty ? "whole" : "part",
            finding.key.currency)
        }
        guard isFinding else { continue }
        findings += 1
        if let event {
          trueFindings += 1
          matched[event].append((finding, leaves))
        } else if let from = finding.chargePeriodStart, let to = finding.chargePeriodEnd {
          if CommandLine.arguments.contains("--false") {
            print("false:", finding.explanation.english)
          }
          for day in company.first.distance(to: from)...company.first.distance(to: to) {
            for service in Set(leaves.compactMap { serviceOf[$0] }) {
              falseCover.insert([service, day])
            }
          }
        }
      }
    }
    let busy = Self.busy(planting, serviceOf)
    for (number, members) in services.enumerated() {
      for day in judged..<company.days
      where members.contains(where: { company.leaves[$0].costs[day] != nil }) {
        if busy.contains([number, day]) { continue }
        quietDays += 1
        if falseCover.contains([number, day]) { falseDays += 1 }
      }
    }
    for (event, found) in zip(planting.events, matched) { count(event, found, company) }
  }

  private mutating func count(
    _ event: Planted, _ found: [(finding: Finding, leaves: Set<Int>)], _ company: Company
  ) {
    var kind = kinds[event.kind] ?? Kind()
    kind.events += 1
    kind.dollars += event.dollars
    if let first = found.max(by: { $0.finding.amountAtStake < $1.finding.amountAtStake }) {
      kind.found += 1
      kind.foundDollars += event.dollars
      kind.rows += found.count
      kind.mostRows = max(kind.mostRows, found.count)
      if found.count > 2, CommandLine.arguments.contains("--rows") {
        print("rows:", event.kind.rawValue, company.first.advanced(by: event.onset))
        for row in found { print("    ", row.finding.explanation.english) }
      }
      if first.leaves == event.leaves {
        kind.rightCause += 1
      } else if CommandLine.arguments.contains("--causes") {
        print(
          "cause:", event.kind.rawValue, event.leaves.sorted(), first.leaves.sorted(),
          first.finding.explanation.english)
      }
      let raised = found.compactMap { $0.finding.anomaly?.raised }.min()
      if let raised { kind.delays.append(company.first.distance(to: raised) - event.onset + 1) }
    } else if CommandLine.arguments.contains("--missed") {
      let day = company.first.advanced(by: event.onset)
      let leaf = company.leaves[event.leaves.min() ?? 0]
      print(
        "missed:", event.kind.rawValue, day, event.end - event.onset + 1, leaf.key.subAccountID,
        leaf.key.serviceName, Int(event.dollars))
    }
    kinds[event.kind] = kind
  }

  private static func leaves(_ finding: Finding, _ company: Company) -> Set<Int> {
    guard let figures = finding.anomaly else { return [] }
    return Set(
      company.leaves.indices.filter { index in
        let leaf = company.leaves[index]
        return leaf.key.billingAccountID == finding.key.billingAccountID
          && leaf.key.currency == finding.key.currency
          && [
            (figures.causeSubAccountID, leaf.key.subAccountID),
            (figures.causeServiceName, leaf.key.serviceName),
            (figures.causeRegionID, leaf.key.regionID),
            (figures.causeUsageType, leaf.key.usageType), (figures.causeOwner, leaf.owner),
          ].allSatisfy { $0.isEmpty || $0 == $1 }
      })
  }

  /// The planted event that a finding is about: same direction, shared days and leaves; the nearest onset.
  private static func event(_ finding: Finding, _ leaves: Set<Int>, _ planting: Planting) -> Int? {
    guard let from = finding.chargePeriodStart, let to = finding.chargePeriodEnd else { return nil }
    let first = planting.company.first.distance(to: from)
    let last = planting.company.first.distance(to: to)
    let isUp = finding.impact > .zero
    let fitting = planting.events.indices.filter { index in
      let event = planting.events[index]
      return event.isUp == isUp && !event.leaves.isDisjoint(with: leaves)
        && first <= event.end + 1 && last >= event.onset - 1
    }
    return fitting.min {
      let (a, b) = (planting.events[$0], planting.events[$1])
      let (far, further) = (abs(a.onset - first), abs(b.onset - first))
      // Of two on one day, the one that holds more of the same series.
      return far != further
        ? far < further
        : a.leaves.intersection(leaves).count > b.leaves.intersection(leaves).count
    }
  }

  /// Days of services on which something planted goes on, or has just ended: a return to normal after it is
  /// no false alarm of ordinary days.
  private static func busy(_ planting: Planting, _ serviceOf: [Int: Int]) -> Set<[Int]> {
    var busy: Set<[Int]> = []
    for event in planting.events {
      for service in Set(event.leaves.compactMap { serviceOf[$0] }) {
        for day in event.onset - 1...event.end + 1 { busy.insert([service, day]) }
      }
    }
    return busy
  }

  /// Area under the precision–recall curve of events (average precision).
  var area: Double {
    var seen: Set<Int> = []
    var right = 0
    var total = 0
    var area = 0.0
    for item in ranked.sorted(by: { $0.score > $1.score }) {
      guard let event = item.event else {
        total += 1
        continue
      }
      // Further rows of an event that is known are neither right nor wrong.
      if !seen.insert(event).inserted { continue }
      total += 1
      right += 1
      area += Double(right) / Double(total)
    }
    return area / Double(max(eventCount, 1))
  }
}

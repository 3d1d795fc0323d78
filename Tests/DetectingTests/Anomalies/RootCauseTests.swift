import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Where an anomaly is put down: in series cut by account, service, region, usage type and owner.
@Suite struct RootCauseTests {
  private struct Part {
    var account = "A"
    var service = "EC2"
    var region = "r1"
    var type = "t1"
    var cost = 1000
    /// Units of a tenth of the cost, unless the price moves.
    var price: (Day) -> Int = { _ in 10 }
    var change: (Day, Int) -> Int = { $1 }
  }

  private let spike = day("2026-04-14")...day("2026-04-16")

  private func judged(
    _ parts: [Part], _ change: (inout PeriodFacts) -> Void = { _ in }
  ) throws -> Judgement {
    var usage: [UsageSeries] = []
    var daily: [DailySeries.Key: [Day: Amount]] = [:]
    for part in parts {
      let key = UsageSeries.Key(
        billingAccountID: "P", currency: "USD", subAccountID: Text(part.account),
        serviceName: Text(part.service), regionID: Text(part.region), usageType: Text(part.type),
        unit: "Hrs")
      var days: [UsageSeries.DayUsage] = []
      for offset in 0..<day("2026-01-01").distance(to: period.end) {
        let date = day("2026-01-01").advanced(by: offset)
        let cost = part.change(date, part.cost)
        if cost == 0 { continue }
        days.append(
          UsageSeries.DayUsage(
            day: date, billedCost: try Amount(cost), quantity: try Amount(cost / part.price(date)),
            lineItems: 2))
        try daily[key.service, default: [:]][date, default: .zero] += Amount(cost)
      }
      usage.append(UsageSeries(key: key, days: days))
    }
    var facts = facts(booked: [])
    facts.history = daily.map { DailySeries(key: $0.key, days: $0.value) }
    facts.usage = usage
    change(&facts)
    return try DailyCostAnomaly().judged(facts).sorted()
  }

  @Test func `usage types that are known for a few weeks only still tell the cause`() throws {
    let parts = [
      Part(type: "t1", cost: 1000), Part(type: "t2", change: { spike.contains($0) ? $1 * 20 : $1 }),
    ]
    let judgement = try judged(parts) { facts in
      for index in facts.usage.indices {
        facts.usage[index].days.removeAll { $0.day < day("2026-04-01") }
      }
    }
    #expect(causes(judgement) == ["A/EC2//t2/"])
    let found = try #require(judgement.findings.first)
    let figures = try #require(found.anomaly)
    #expect(found.impact == "57000.00")
    #expect(figures.priceEffect == "0.00" && figures.quantityEffect == "57000.00")
  }

  @Test func `price and quantity come to the impact where the whole expects other than its parts`()
    throws
  {
    // The usage types of April alone: one same weekday each, dearer than those before.
    let judgement = try judged([
      Part(
        price: { spike.contains($0) ? 20 : 10 },
        change: { date, cost in
          spike.contains(date) ? cost * 3 : date >= day("2026-04-06") ? cost * 101 / 100 : cost
        })
    ]) { facts in
      for index in facts.usage.indices {
        facts.usage[index].days.removeAll { $0.day < day("2026-04-01") }
      }
    }
    let found = try #require(judgement.findings.first)
    let figures = try #require(found.anomaly)
    let (price, quantity) = (
      try #require(figures.priceEffect), try #require(figures.quantityEffect)
    )
    // 150 units a day at the price of 10 cost 1500: the price makes 1500 of each day.
    #expect(price == "4500.00")
    #expect(try price + quantity == found.impact)
  }

  /// Where each finding lies; empty parts are any.
  private func causes(_ judgement: Judgement) -> [String] {
    judgement.findings.compactMap(\.anomaly).map {
      [
        $0.causeSubAccountID, $0.causeServiceName, $0.causeRegionID, $0.causeUsageType,
        $0.causeOwner,
      ].map(\.string).joined(separator: "/")
    }
  }

  private func tripled(_ date: Day, _ cost: Int) -> Int { spike.contains(date) ? cost * 3 : cost }

  @Test func `one usage type in one region is named`() throws {
    let judgement = try judged([
      Part(change: tripled), Part(type: "t2"), Part(region: "r2"), Part(region: "r2", type: "t2"),
    ])
    #expect(causes(judgement) == ["A/EC2/r1/t1/"])
    #expect(judgement.findings[0].impact == "6000.00")
    #expect(judgement.findings[0].regionID == "r1")
    #expect(judgement.findings[0].key.usageType == "t1")
    // Two rows on each of three days.
    #expect(judgement.findings[0].lineCount == 6)
  }

  @Test func `a usage type in all regions, and a region in all usage types`() throws {
    let type = try judged([
      Part(change: tripled), Part(type: "t2"), Part(region: "r2", change: tripled),
      Part(region: "r2", type: "t2"),
    ])
    #expect(causes(type) == ["A/EC2//t1/"])
    let region = try judged([
      Part(change: tripled), Part(type: "t2", change: tripled), Part(region: "r2"),
      Part(region: "r2", type: "t2"),
    ])
    #expect(causes(region) == ["A/EC2/r1//"])
  }

  @Test func `a service that moves as a whole is named as a whole`() throws {
    let judgement = try judged([
      Part(change: tripled), Part(type: "t2", cost: 300, change: tripled),
      Part(region: "r2", change: tripled),
    ])
    #expect(causes(judgement) == ["A/EC2///"])
  }

  @Test func `a small usage type is found though its service hides it`() throws {
    // 50 of 5050 become 150: 2 % of the service.
    let judgement = try judged([
      Part(cost: 5000), Part(type: "t2", cost: 50, change: tripled),
    ])
    #expect(causes(judgement) == ["A/EC2//t2/"])
    #expect(judgement.findings[0].impact == "300.00")
  }

  @Test func `opposite moves within a service are both found, and name each other`() throws {
    let judgement = try judged([
      Part(change: { spike.contains($0) ? $1 + 600 : $1 }),
      Part(type: "t2", change: { spike.contains($0) ? $1 - 600 : $1 }),
    ])
    #expect(Set(causes(judgement)) == ["A/EC2//t1/", "A/EC2//t2/"])
    #expect(judgement.findings.map(\.impact).sorted() == ["-1800.00", "1800.00"])
    #expect(
      judgement.findings.allSatisfy { $0.explanation.english.string.contains("opposite move") })
    #expect(Set(judgement.findings.compactMap(\.anomaly?.offsetBy.string)).count == 2)
  }

  @Test func `moves of different sizes do not name each other`() throws {
    let judgement = try judged([
      Part(change: { spike.contains($0) ? $1 + 900 : $1 }),
      Part(account: "B", change: { spike.contains($0) ? $1 - 500 : $1 }),
    ])
    #expect(judgement.findings.count == 2)
    #expect(judgement.findings.allSatisfy { $0.anomaly?.offsetBy == "" })
  }

  @Test func `an account of which all services move is one finding`() throws {
    let services = ["EC2", "S3", "RDS"]
    let judgement = try judged(
      services.map { Part(service: $0, change: tripled) }
        + services.map { Part(account: "B", service: $0) })
    #expect(causes(judgement) == ["A////"])
    #expect(judgement.findings[0].impact == "18000.00")
    // Two of three are no account.
    let two = try judged([
      Part(service: "EC2", change: tripled), Part(service: "S3", change: tripled),
      Part(service: "RDS"),
    ])
    #expect(two.findings.count == 2)
  }

  private func times(_ percent: Int) -> (Day, Int) -> Int {
    { spike.contains($0) ? $1 * percent / 100 : $1 }
  }

  @Test func `an account that moved as one is named though few of its services stand out`() throws {
    // 14 % is under the line for a day, 25 % is not: 3,000 of the 203,000 raise an alarm.
    let large = ["EC2", "S3"].map { Part(service: $0, cost: 100_000, change: times(114)) }
    let small = ["SQS", "SNS", "KMS"].map { Part(service: $0, change: times(125)) }
    let judgement = try judged(large + small)
    #expect(causes(judgement) == ["A////"])
    // The sentence is about the account, and so is the amount: three days of 2 · 14,000 and 3 · 250.
    #expect(judgement.findings[0].impact == "86250.00")
    // Where the large ones stay, the account did not move.
    let still = large.map { Part(service: $0.service, cost: $0.cost) }
    #expect(try judged(still + small).findings.count == 3)
  }

  @Test func `more than three services are one finding if they are most of an account`() throws {
    let names = ["EC2", "S3", "SQS", "SNS"]
    let moved = zip(names, [1_000, 150, 400, 200]).map { Part(service: $0, change: times($1)) }
    func still(_ count: Int, _ cost: Int) -> [Part] {
      (0..<count).map { Part(service: "still \($0)", cost: cost) }
    }
    let judgement = try judged(moved + still(3, 500))
    #expect(causes(judgement) == ["A////"])
    #expect(judgement.findings[0].impact == "40500.00")
    // Four of eight are no more than half, 4,000 of 19,000 are little money, three rows are few enough.
    #expect(try judged(moved + still(4, 500)).findings.count == 4)
    #expect(try judged(moved + still(3, 5_000)).findings.count == 4)
    #expect(try judged(Array(moved.prefix(3)) + still(2, 500)).findings.count == 3)
  }

  @Test func `what begins while others last is told as well`() throws {
    let leaks = [50, 65, 80].map { cost in
      Part(type: "a\(cost)", cost: cost, change: { $0 >= day("2026-04-14") ? $1 * 3 : $1 })
    }
    let own = Part(type: "b", cost: 50, change: { $0 == day("2026-04-18") ? $1 * 4 : $1 })
    #expect(causes(try judged([Part(cost: 20_000), own])) == ["A/EC2//b/"])
    #expect(causes(try judged([Part(cost: 20_000), own] + leaks)).contains("A/EC2//b/"))
  }

  @Test func `a usage type that rises in one region after another is one finding`() throws {
    let regions = [("r1", 14), ("r2", 16), ("r3", 18)].map { region, first in
      Part(
        region: region, type: "t2", cost: 50,
        change: { $0 >= day("2026-04-\(first)") ? $1 * 3 : $1 })
    }
    #expect(causes(try judged([Part(cost: 20_000)] + regions)) == ["A/EC2//t2/"])
  }

  @Test func `a service and an owner across accounts are one finding each`() throws {
    let accounts = ["A", "B", "C"]
    let parts = accounts.map { Part(account: $0, change: tripled) }
    let others = accounts.map { Part(account: $0, service: "S3") } + [Part(account: "D")]
    let owned = try judged(parts + others) { facts in
      for series in facts.history
      where series.key.serviceName == "EC2" && series.key.subAccountID != "D" {
        facts.owners[series.key] = "ann"
      }
    }
    #expect(causes(owned) == ["////ann"])
    #expect(causes(try judged(parts + others.dropLast())) == ["/EC2///"])
  }

  @Test func `usage that stays while its cost jumps is price`() throws {
    let price = try judged([
      Part(price: { spike.contains($0) ? 30 : 10 }, change: tripled), Part(type: "t2"),
    ])
    let found = try #require(price.findings.first?.anomaly)
    #expect(found.priceEffect == "6000.00" && found.quantityEffect == "0.00")
    #expect(price.findings[0].explanation.english.string.contains("is price"))
    let quantity = try judged([Part(change: tripled), Part(type: "t2")])
    #expect(quantity.findings.first?.anomaly?.priceEffect == "0.00")
    #expect(quantity.findings.first?.anomaly?.quantityEffect == "6000.00")
    // 200 units at 15 in place of 100 at 10: ΔP·Q₁ = 1000 and P₀·ΔQ = 1000 a day.
    let both = try judged([
      Part(price: { spike.contains($0) ? 15 : 10 }, change: tripled), Part(type: "t2"),
    ])
    #expect(both.findings.first?.anomaly?.priceEffect == "3000.00")
    #expect(both.findings.first?.anomaly?.quantityEffect == "3000.00")
  }

  @Test func `the order of leaves does not matter`() throws {
    let parts = [
      Part(change: tripled), Part(type: "t2"), Part(region: "r2"),
      Part(account: "B", change: tripled),
    ]
    let expected = try judged(parts)
    let turned = try judged(parts.reversed()) {
      $0.usage.reverse()
      $0.history.reverse()
    }
    #expect(turned == expected)
  }
}

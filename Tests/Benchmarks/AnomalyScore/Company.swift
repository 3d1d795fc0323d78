import BillingModel
import ExactNumbers
import Foundation

/// One usage type of one account, service and region of a made company, day by day.
struct MadeLeaf {
  var key: UsageSeries.Key
  var owner: Text
  /// Nil on a day without rows.
  var costs: [Double?]
  var unitPrice: Double
  /// By what its price changed, by day; the rest of a change is quantity.
  var priceFactor: [Double]
}

/// A company of about 440 daily series, as real ones look: weeks, months' ends, holidays, growth, noise.
struct Company {
  let first: Day
  let days: Int
  var leaves: [MadeLeaf] = []
  let calendar: EventCalendar
  private var chance: Chance

  static let services = [
    ("Amazon Elastic Compute Cloud", 5), ("Amazon Simple Storage Service", 4),
    ("Amazon Relational Database Service", 3), ("AWS Lambda", 2), ("Amazon CloudFront", 3),
    ("Amazon DynamoDB", 3), ("AmazonCloudWatch", 3), ("Amazon Kinesis", 2),
    ("AWS Key Management Service", 1), ("Amazon ElastiCache", 2), ("Amazon Redshift", 2),
  ]

  init(seed: UInt64, first: Day, days: Int, calendar: EventCalendar) {
    chance = Chance(seed)
    self.first = first
    self.days = days
    self.calendar = calendar
    for account in 0..<40 { addAccount(account) }
  }

  private mutating func addAccount(_ account: Int) {
    let isChina = account >= 30
    let regions: [Text] =
      isChina ? ["cn-north-1", "cn-northwest-1"] : ["us-east-1", "eu-west-3", "ap-southeast-1"]
    let home = chance.number(0...regions.count - 1)
    let second = chance.happens(0.5) ? (home + 1) % regions.count : home
    let nature = Nature(isChina: isChina, &chance)
    for (service, types) in Self.services {
      let level = (isChina ? 7 : 1) * exp(log(150) + 1.2 * chance.normal())
      let shape = Shape(nature, &chance)
      let count = chance.number(1...types)
      var weights = (0..<count).map { _ in exp(chance.normal()) }
      let sum = weights.reduce(0, +)
      weights = weights.map { $0 / sum }
      for (type, weight) in weights.enumerated() {
        let places = second != home && chance.happens(0.6) ? [home, second] : [home]
        for (index, place) in places.enumerated() {
          let share = places.count == 1 ? 1 : index == 0 ? 0.65 : 0.35
          let key = UsageSeries.Key(
            billingAccountID: isChina ? "300000000001" : "100000000001",
            currency: isChina ? "CNY" : "USD", subAccountID: Text("2000000000\(account + 10)"),
            serviceName: Text(service), regionID: regions[place],
            usageType: Text("\(service.split(separator: " ").last ?? "")-\(type)"), unit: "Hrs")
          leaves.append(
            MadeLeaf(
              key: key, owner: Text("owner-\(account % 10)"),
              costs: costs(level * weight * share, shape), unitPrice: chance.uniform(0.01...2),
              priceFactor: Array(repeating: 1, count: days)))
        }
      }
    }
  }

  /// How the business of an account moves with the calendar.
  struct Nature {
    let isChina: Bool
    /// Shops sell on holidays and shopping days, offices rest, machines do neither.
    let isShop: Bool
    let isOffice: Bool

    init(isChina: Bool, _ chance: inout Chance) {
      self.isChina = isChina
      let kind = chance.number(0...9)
      isShop = kind < 3
      isOffice = kind >= 3 && kind < 8
    }
  }

  /// How a service of an account looks.
  struct Shape {
    let weekend: Double
    let growth: Double
    let monthEnd: Double
    let holiday: Double
    let shopping: Double
    let noise: Double
    let isIntermittent: Bool
    let followsMakeUpDays: Bool

    init(_ nature: Nature, _ chance: inout Chance) {
      let kind = chance.number(0...9)
      weekend =
        kind < 6
        ? chance.uniform(0.5...0.95) : kind < 8 ? chance.uniform(1.05...1.3) : 1
      growth = 0.0005 + 0.001 * chance.normal()
      monthEnd = chance.happens(0.25) ? chance.uniform(1.15...1.6) : 1
      holiday =
        nature.isOffice
        ? chance.uniform(0.5...0.9) : nature.isShop ? chance.uniform(1.05...1.5) : 1
      shopping = nature.isShop ? chance.uniform(1.15...1.8) : 1
      noise = chance.uniform(0.03...0.12)
      isIntermittent = chance.happens(0.03)
      followsMakeUpDays = nature.isOffice
    }
  }

  private mutating func costs(_ level: Double, _ shape: Shape) -> [Double?] {
    var walk = 0.0
    var noise = 0.0
    return (0..<days).map { offset in
      let day = first.advanced(by: offset)
      walk += 0.003 * chance.normal()
      let tail = chance.happens(0.03) ? 2.0 : 1
      noise = 0.3 * noise + 0.954 * shape.noise * tail * chance.normal()
      if shape.isIntermittent, chance.happens(0.3) { return nil }
      let occasions = calendar[day]
      var factor = exp(walk + noise + shape.growth * Double(offset))
      let isWorkday = occasions.contains(.workday) && shape.followsMakeUpDays
      if day.weekday > 5, !isWorkday { factor *= shape.weekend }
      if day == day.period.lastDay || day == day.period.firstDay { factor *= shape.monthEnd }
      if occasions.contains(.holiday) { factor *= shape.holiday }
      if occasions.contains(.shopping) { factor *= shape.shopping }
      return level * factor
    }
  }
}

extension Company {
  func facts(_ period: BillingPeriod) throws -> PeriodFacts {
    var daily: [DailySeries.Key: [Day: Amount]] = [:]
    var usage: [UsageSeries] = []
    var owners: [DailySeries.Key: Text] = [:]
    for leaf in leaves {
      var days: [UsageSeries.DayUsage] = []
      for (offset, cost) in leaf.costs.enumerated() {
        let day = first.advanced(by: offset)
        guard let cost, day < period.end else { continue }
        let amount = try Amount(units: Int128((cost * 1e6).rounded()) * 1_000_000_000_000)
        let quantity = try Amount(
          units: Int128((cost / leaf.unitPrice / leaf.priceFactor[offset] * 1e6).rounded())
            * 1_000_000_000_000)
        days.append(
          UsageSeries.DayUsage(day: day, billedCost: amount, quantity: quantity, lineItems: 1))
        try daily[leaf.key.service, default: [:]][day, default: .zero] += amount
      }
      if !days.isEmpty { usage.append(UsageSeries(key: leaf.key, days: days)) }
      owners[leaf.key.service] = leaf.owner
    }
    var facts = PeriodFacts(
      billingPeriod: period, asOf: RunDay(period.end.advanced(by: 5)), bookings: [], shadows: [],
      replaced: [:], invoices: [], reconciliation: Reconciliation(billingPeriod: period),
      history: daily.map { DailySeries(key: $0.key, days: $0.value) }.sorted { $0.key < $1.key },
      openPayers: [], reportsAnomalies: true, contract: Contract(), accounts: AccountDirectory([]))
    facts.usage = usage
    facts.owners = owners
    facts.calendar = calendar
    return facts
  }
}

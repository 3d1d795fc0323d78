import BillingModel
import ExactNumbers
import Foundation

/// A kind of event that is planted.
enum PlantedKind: String, CaseIterable {
  case spike, drop, levelUp = "level up", levelDown = "level down", leak = "slow leak", stopped, new
  case cancelling = "cancelling side", oneUsageType = "one usage type", shared = "shared cause"
}

/// An event with its truth.
struct Planted {
  var kind: PlantedKind
  var isUp: Bool
  var leaves: Set<Int>
  var onset: Int
  var end: Int
  /// Σ |planted difference|.
  var dollars: Double
}

/// Plants events into a company, each into series of its own.
struct Planting {
  private(set) var company: Company
  private(set) var events: [Planted] = []
  private var chance: Chance
  private var taken: Set<DailySeries.Key> = []
  /// The first day that is judged.
  private let judged: Int
  private let services: [(key: DailySeries.Key, leaves: [Int])]
  private static let perKind = 5

  init(_ company: Company, judged: Int, seed: UInt64) {
    self.company = company
    self.judged = judged
    chance = Chance(seed &+ 1_000_003)
    let grouped = Dictionary(grouping: company.leaves.indices) { company.leaves[$0].key.service }
    services = grouped.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    for kind in PlantedKind.allCases where kind != .shared {
      for _ in 0..<Self.perKind { plant(kind) }
    }
    for cut in 0..<3 { plantShared(cut) }
  }

  /// Mean cost a day in units of about a dollar.
  private func level(_ leaves: [Int]) -> Double {
    let sum = leaves.reduce(0.0) {
      $0 + (company.leaves[$1].costs[0..<30].reduce(0) { $0 + ($1 ?? 0) }) / 30
    }
    return company.leaves[leaves[0]].key.currency == "CNY" ? sum / 7 : sum
  }

  private mutating func series(_ fits: (Self, [Int]) -> Bool) -> (DailySeries.Key, [Int]) {
    while true {
      let pick = services[chance.number(0...services.count - 1)]
      guard !taken.contains(pick.key), level(pick.leaves) >= 40, fits(self, pick.leaves) else {
        continue
      }
      taken.insert(pick.key)
      return (pick.key, pick.leaves)
    }
  }

  private mutating func onset(_ lastOffset: Int) -> Int {
    judged + chance.number(2...company.days - judged - lastOffset)
  }

  private mutating func plant(_ kind: PlantedKind) {
    let last = company.days - 1
    switch kind {
    case .spike:
      let leaves = series { _, _ in true }.1
      let start = onset(8)
      change(kind, leaves, start...(start + chance.number(0...2)), by: chance.uniform(1.5...4))
    case .drop:
      let leaves = series { _, _ in true }.1
      let start = onset(8)
      change(kind, leaves, start...(start + chance.number(0...2)), by: chance.uniform(0.1...0.6))
    case .levelUp:
      let leaves = series { _, _ in true }.1
      change(kind, leaves, onset(10)...last, by: chance.uniform(1.25...2))
    case .levelDown:
      let leaves = series { _, _ in true }.1
      change(kind, leaves, onset(10)...last, by: chance.uniform(0.4...0.8))
    case .leak: plantLeak()
    case .stopped:
      let leaves = series { _, _ in true }.1
      let start = onset(10)
      remove(leaves, start...last, kind, isUp: false)
    case .new:
      let leaves = series { _, _ in true }.1
      let start = onset(10)
      remove(leaves, 0...(start - 1), kind, isUp: true)
    case .cancelling: plantPair()
    case .oneUsageType: plantPart()
    case .shared: break
    }
  }

  /// Multiplies the days of leaves and notes the truth; half of the changes are in price.
  private mutating func change(
    _ kind: PlantedKind, _ leaves: [Int], _ days: ClosedRange<Int>, by factor: Double
  ) {
    var dollars = 0.0
    let isPrice = chance.happens(0.5)
    for leaf in leaves {
      let noise = chance.uniform(0.97...1.03)
      for day in days {
        guard let cost = company.leaves[leaf].costs[day] else { continue }
        company.leaves[leaf].costs[day] = cost * factor * noise
        if isPrice { company.leaves[leaf].priceFactor[day] = factor * noise }
        dollars += abs(cost * (factor * noise - 1))
      }
    }
    note(kind, factor > 1, leaves, days, dollars)
  }

  private mutating func note(
    _ kind: PlantedKind, _ isUp: Bool, _ leaves: [Int], _ days: ClosedRange<Int>, _ dollars: Double
  ) {
    let units = company.leaves[leaves[0]].key.currency == "CNY" ? dollars / 7 : dollars
    events.append(
      Planted(
        kind: kind, isUp: isUp, leaves: Set(leaves), onset: days.lowerBound, end: days.upperBound,
        dollars: units))
  }

  private mutating func plantLeak() {
    let leaves = series { _, _ in true }.1
    let start = judged + chance.number(2...company.days - judged - 25)
    let end = min(company.days - 1, start + chance.number(20...30))
    var dollars = 0.0
    for leaf in leaves {
      for day in start...(company.days - 1) {
        guard let cost = company.leaves[leaf].costs[day] else { continue }
        let factor = pow(1.03, Double(min(day, end) - start + 1))
        company.leaves[leaf].costs[day] = cost * factor
        if day <= end { dollars += cost * (factor - 1) }
      }
    }
    note(.leak, true, leaves, start...end, dollars)
  }

  private mutating func remove(
    _ leaves: [Int], _ days: ClosedRange<Int>, _ kind: PlantedKind, isUp: Bool
  ) {
    var dollars = 0.0
    // What a new level adds is counted for a week, as it is no anomaly any more after that.
    let counted = isUp ? (days.upperBound + 1)...(days.upperBound + 7) : days
    for leaf in leaves {
      for day in counted where day < company.days {
        dollars += company.leaves[leaf].costs[day] ?? 0
      }
      for day in days { company.leaves[leaf].costs[day] = nil }
    }
    note(kind, isUp, leaves, isUp ? (days.upperBound + 1)...(company.days - 1) : days, dollars)
  }

  /// Money that moves from one account's service to the same service of another, or between usage types.
  private mutating func plantPair() {
    let first = series { _, _ in true }
    let currency = company.leaves[first.1[0]].key.currency
    let second = series { planting, leaves in
      let key = planting.company.leaves[leaves[0]].key
      return key.currency == currency && key.serviceName == first.0.serviceName
    }
    let start = onset(12)
    let days = start...(start + chance.number(4...9))
    let share = chance.uniform(0.3...0.7)
    let moved = min(level(first.1), level(second.1)) * share
    for (leaves, sign) in [(first.1, 1.0), (second.1, -1.0)] {
      change(.cancelling, leaves, days, by: 1 + sign * moved / level(leaves))
    }
  }

  private mutating func plantPart() {
    let fits: (Self, [Int]) -> Bool = { planting, leaves in
      planting.part(leaves) != nil
    }
    let leaves = series(fits).1
    guard let part = part(leaves) else { return }
    let start = onset(12)
    let end = chance.happens(0.5) ? company.days - 1 : start + chance.number(2...8)
    change(.oneUsageType, part, start...end, by: chance.uniform(1.8...4))
  }

  /// A usage type that is a tenth to two fifths of its service.
  private func part(_ leaves: [Int]) -> [Int]? {
    let types = Dictionary(grouping: leaves) { company.leaves[$0].key.usageType }
    let all = level(leaves)
    return types.sorted { $0.key < $1.key }.map(\.value).first {
      level($0) >= 15 && (0.1...0.4).contains(level($0) / all)
    }
  }

  /// A whole account, a service of all accounts of a payer, an owner.
  private mutating func plantShared(_ cut: Int) {
    for _ in 0..<100 {
      let sample = company.leaves[chance.number(0...company.leaves.count - 1)]
      let leaves = company.leaves.indices.filter { index in
        let leaf = company.leaves[index]
        guard leaf.key.billingAccountID == sample.key.billingAccountID else { return false }
        switch cut {
        case 0: return leaf.key.subAccountID == sample.key.subAccountID
        case 1: return leaf.key.serviceName == sample.key.serviceName
        default: return leaf.owner == sample.owner
        }
      }
      let keys = Set(leaves.map { company.leaves[$0].key.service })
      guard keys.isDisjoint(with: taken) || cut > 0 else { continue }
      let free = leaves.filter { !taken.contains(company.leaves[$0].key.service) }
      guard free.count * 10 >= leaves.count * 8 else { continue }
      taken.formUnion(keys)
      let start = onset(10)
      change(.shared, leaves, start...(start + chance.number(2...5)), by: chance.uniform(1.5...2.5))
      return
    }
  }
}

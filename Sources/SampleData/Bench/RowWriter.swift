import BillingModel

/// Writes rows by number: what a row says depends on the seed and the number alone, so rows can be
/// written in any order.
struct RowWriter {
  let table: ProfileTable
  private let templates: [RowTemplate]
  private let moments: [[UInt8]]
  private let seed: UInt64
  private var decimals = DecimalWriter()

  /// What a row costs, for the books of the month.
  struct Charge {
    var profile: Int
    /// In steps of 10^-digits.
    var cost: Int
    var digits: Int
  }

  init(_ table: ProfileTable, _ columns: ExportColumns, seed: Int) {
    self.table = table
    self.seed = SplitMix64.mix(UInt64(seed) &+ 0x9E37_79B9_7F4A_7C15)
    templates = table.profiles.map { RowTemplate($0, columns.names) }
    let period = BenchSettings.period
    moments = (0...period.hourCount).map { hour in
      let text = hour % 24 < 10 ? "0\(hour % 24)" : "\(hour % 24)"
      return Array("\(period.firstDay.advanced(by: hour / 24))T\(text):00:00Z".utf8)
    }
  }

  mutating func append(_ row: Int, to bytes: inout [UInt8]) -> Charge {
    let number = table.profile(of: row)
    let profile = table.profiles[number]
    let (day, rest) = (row - table.starts[number]).quotientAndRemainder(
      dividingBy: profile.rowsPerDay)
    let (resource, turn) = rest.quotientAndRemainder(dividingBy: profile.hours)
    let hour = day * 24 + profile.hour(turn)
    let chance = SplitMix64.mix(
      profile.origin ^ seed ^ UInt64(row - table.starts[number]))
    let usage = Self.usage(profile, chance)
    let cost = Self.cost(profile, templates[number], usage: usage, chance)
    for (slot, piece) in zip(templates[number].slots, templates[number].pieces) {
      bytes += piece
      switch slot {
      case .lineItemID: appendID(row, to: &bytes)
      case .interval:
        bytes += moments[hour]
        bytes.append(UInt8(ascii: "/"))
        bytes += moments[hour + 1]
      case .start: bytes += moments[hour]
      case .end: bytes += moments[hour + 1]
      case .resource: bytes += templates[number].resources[resource]
      case .description: bytes += templates[number].descriptions[chance % 100 == 0 ? 1 : 0]
      case .usage:
        let digits = profile.offer.usageDigits
        decimals.append(usage, digits, padded: digits == 0 ? 10 : 0, to: &bytes)
      case .cost, .publicCost:
        decimals.append(cost, templates[number].costDigits, padded: 0, to: &bytes)
      case .effectiveCost:
        decimals.append(cost / 2, templates[number].costDigits, padded: 0, to: &bytes)
      }
    }
    bytes += templates[number].pieces[templates[number].slots.count]
    return Charge(profile: number, cost: cost, digits: templates[number].costDigits)
  }

  /// In steps of the offer: by the hour one or, where the offer counts parts of it, now and then less;
  /// else a tenth up or down.
  private static func usage(_ profile: UsageProfile, _ chance: UInt64) -> Int {
    if profile.kind == .credit { return 0 }
    if profile.offer.isHourly {
      let isPart = profile.offer.usage > 1 && chance >> 16 % 10 < 4
      return isPart ? profile.offer.usage - Int(chance >> 32 % 500_000) : profile.offer.usage
    }
    return profile.offer.usage * profile.size * (9000 + Int(chance >> 32 % 2001)) / 10_000
  }

  private static func cost(
    _ profile: UsageProfile, _ template: RowTemplate, usage: Int, _ chance: UInt64
  ) -> Int {
    switch profile.kind {
    case .credit: -Int(chance >> 40 % 97) - 903
    case .negated: -template.rate * usage
    default: template.rate * usage
    }
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

  /// 52 letters of five bits. The first thirteen are a one-to-one image of the row's number.
  mutating func appendID(_ row: Int, to bytes: inout [UInt8]) {
    for part in 0..<4 {
      var number = SplitMix64.mix(
        UInt64(row) &+ seed &+ UInt64(part) &* 0xD1B5_4A32_D192_ED03)
      for _ in 0..<13 {
        bytes.append(Self.letters[Int(number & 31)])
        number >>= 5
      }
    }
  }
}

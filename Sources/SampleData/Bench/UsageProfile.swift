import BillingModel

/// What makes rows alike: an account's use of one offer under one set of tags. A profile's rows of one
/// day are one group of the benchmark's job.
struct UsageProfile {
  enum Kind: String {
    case usage = "Usage"
    case reserved = "DiscountedUsage"
    case covered = "SavingsPlanCoveredUsage"
    case negated = "SavingsPlanNegation"
    case planFee = "SavingsPlanRecurringFee"
    case credit = "Credit"
  }

  var kind: Kind
  var offer: Offer
  var region: Region
  /// The letter of its availability zone.
  var zone: String
  /// Position in the payer's accounts.
  var account: Int
  /// As ``BenchCompany/tags(_:_:)`` orders them.
  var tags: [String]
  /// Rows of one resource on one day, each of another hour.
  var hours: Int
  /// The hour of the first of them.
  var firstHour: Int
  var resources: Int
  /// Multiplies the offer's usage.
  var size: Int
  /// From here the chances of its rows come. A negation shares that of the usage it cancels.
  var origin: UInt64

  var rowsPerDay: Int { hours * resources }
  var usageType: String { region.prefix + offer.usageType }
  var skuID: String {
    var chance = SplitMix64("sku \(offer.product.code) \(usageType)")
    return chance.capitals(16)
  }

  /// What the benchmark's job groups by, but for the day.
  var key: String {
    ([kind.rawValue, offer.product.name, usageType, "\(account)"] + tags).joined(
      separator: "\u{1F}")
  }

  func hour(_ number: Int) -> Int { (firstHour + number * 24 / hours) % 24 }
}

/// All profiles of the month, and which row belongs to which.
struct ProfileTable {
  private(set) var profiles: [UsageProfile] = []
  /// The first row of each profile, then the number of rows that all have together.
  private(set) var starts = [0]
  private let settings: BenchSettings
  private var keys: Set<String> = []

  /// The first profiles of the seed that together have the rows asked for.
  init(_ settings: BenchSettings) {
    self.settings = settings
    add(profile(kind: .planFee, SplitMix64("bench \(settings.seed) plan fee")))
    var number = 0
    while starts[starts.count - 1] < settings.rows {
      let chance = SplitMix64("bench \(settings.seed) profile \(number)")
      number += 1
      let isPair = number % 25 == 1 && starts[starts.count - 1] < settings.rows / 10 * 9
      let kind: UsageProfile.Kind =
        isPair ? .covered : number % 25 == 3 ? .reserved : number % 50 == 5 ? .credit : .usage
      let profile = profile(kind: kind, chance)
      guard isPair else {
        add(profile)
        continue
      }
      let negation = negation(of: profile)
      if !keys.contains(negation.key), add(profile) { add(negation) }
    }
  }

  /// Leaves out a profile whose groups another one has already.
  @discardableResult
  private mutating func add(_ profile: UsageProfile) -> Bool {
    guard keys.insert(profile.key).inserted else { return false }
    profiles.append(profile)
    starts.append(
      starts[starts.count - 1] + profile.rowsPerDay * BenchSettings.period.dayCount)
    return true
  }

  private func profile(kind: UsageProfile.Kind, _ chance: SplitMix64) -> UsageProfile {
    var chance = chance
    let isOfInstances = kind == .covered || kind == .reserved
    let offers = isOfInstances ? OfferCatalog.instances : OfferCatalog.all
    let offer = offers[chance.number(0...offers.count - 1)]
    let isFee = kind == .planFee
    let hasTags = kind == .usage || isOfInstances
    let account = isFee ? 0 : chance.number(0...BenchCompany.payer.accounts.count - 1)
    return UsageProfile(
      kind: kind, offer: isFee ? Self.planFee : offer,
      region: isFee ? .virginia : Region.bench[chance.number(0...Region.bench.count - 1)],
      zone: isOfInstances ? "a" : ["a", "b", "c"][chance.number(0...2)], account: account,
      tags: hasTags
        ? BenchCompany.tags(settings.tags, &chance) : Array(repeating: "", count: settings.tags),
      hours: isFee ? 24 : [1, 1, 2, 2, 3, 4, 6, 8, 12, 24][chance.number(0...9)],
      firstHour: chance.number(0...23),
      resources: settings.groups == .few && !isFee ? 32 : 1, size: chance.number(1...6),
      origin: chance.next())
  }

  private func negation(of usage: UsageProfile) -> UsageProfile {
    var negation = usage
    negation.kind = .negated
    negation.tags = Array(repeating: "", count: settings.tags)
    return negation
  }

  private static let planFee = Offer(
    product: .savingsPlans, usageType: "ComputeSP:1yrNoUpfront", operation: "", unit: "Hrs",
    rate: 1_180_000_000, rateDigits: 10, usage: 1, usageDigits: 0, resource: .none,
    wording: "1 year No Upfront Compute Savings Plan", attributes: [:])

  /// The profile that a row belongs to.
  func profile(of row: Int) -> Int {
    var (low, high) = (0, profiles.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return low
  }

  /// How many groups the first rows fall into.
  func groups(ofFirst rows: Int) -> Int {
    profiles.indices.reduce(0) { sum, index in
      let present = min(max(rows - starts[index], 0), starts[index + 1] - starts[index])
      let perDay = profiles[index].rowsPerDay
      return sum + (present + perDay - 1) / perDay
    }
  }
}

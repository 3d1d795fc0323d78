import BillingModel
import ExactNumbers

/// A tag has one value up to some day of the month and another from then on.
///
/// *Formula.* By account, service and dimension: usage has exactly two values, each on two days of the billing
/// period or more, never both on one day, and the second comes within three days of the first one's last; at stake
/// is the cost under the second. A row covers all days of its charge period; a value that only usage of another
/// month has does not count.
/// *Source.* AWS tags a line item as its resource is tagged at that hour, and never again: a month that began
/// under one value keeps it. The contract (`requiredTags`) names the dimensions.
/// *False positives.* A resource that makes way for another's on that day, or a service that moves to another
/// unit on purpose, hence a hint. Where some resources keep the old value nothing is said.
struct TagChangedMidMonth: Detector {
  static let id: RuleID = "TagChangedMidMonth"

  /// Over a weekend nothing may run.
  private static let longestGap = 3
  private static let fewestDays = 2

  private struct Place: Hashable {
    var payer: Text
    var currency: CurrencyCode
    var account: Text
    var service: Text
    var dimension: Dimension

    init(_ use: TagUse) {
      payer = use.billingAccountID
      currency = use.currency
      account = use.subAccountID
      service = use.serviceName
      dimension = use.dimension
    }
  }

  private struct Use {
    var days: DaysOfMonth? = DaysOfMonth()
    var gross = Amount.zero
    var lines = 0

    mutating func add(_ use: TagUse) throws(AmountOverflow) {
      if let more = use.days { days?.formUnion(more) } else { days = nil }
      try gross += use.gross
      lines += use.lineItems
    }
  }

  /// The second of two values and the day on which it begins.
  private struct Change {
    var old: Text
    var new: Text
    var day: Int
    var use: Use
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    guard let required = facts.requiredTags else { return .unchecked(Self.noTagsRequired) }
    var places: [Place: [Text: Use]] = [:]
    for (use, _) in required where !use.value.isEmpty {
      try places[Place(use), default: [:]][use.value, default: Use()].add(use)
    }
    var judgement = Judgement()
    for (place, uses) in places {
      if uses.values.contains(where: { $0.days == nil }) {
        judgement.unchecked.append(Self.daysUnknown(place.payer, facts))
      } else if let change = Self.change(uses) {
        judgement.findings.append(Self.finding(place, change, facts.billingPeriod))
      }
    }
    return judgement
  }

  /// Without start of usage no reading tells the days.
  private static func daysUnknown(_ payer: Text, _ facts: PeriodFacts) -> UncheckedRule {
    let isDated = facts.bookings.contains { booking in
      booking.billingAccountID == payer && booking.charges.contains { $0.key.day != nil }
    }
    let why =
      isDated
      ? "the sums by tags do not tell their days; read the export again"
      : "no column for \(Field.chargePeriodStart.rawValue)"
    return unchecked("payer \(payer): \(why)")
  }

  private static func change(_ uses: [Text: Use]) -> Change? {
    let sides = uses.filter { $0.value.days != DaysOfMonth() }.sorted {
      ($0.value.days?.first ?? 0, $0.key) < ($1.value.days?.first ?? 0, $1.key)
    }
    guard sides.count == 2, let old = sides[0].value.days, let new = sides[1].value.days,
      min(old.count, new.count) >= fewestDays, let last = old.last, let first = new.first,
      (1...longestGap).contains(first - last), !sides[1].value.gross.isZero
    else { return nil }
    return Change(old: sides[0].key, new: sides[1].key, day: first, use: sides[1].value)
  }

  private static func finding(
    _ place: Place, _ change: Change, _ period: BillingPeriod
  ) -> Finding {
    var key = key(place.payer, period, place.currency)
    key.subAccountID = place.account
    key.serviceName = place.service
    key.detail = Text(place.dimension.rawValue)
    let day = period.firstDay.advanced(by: change.day - 1)
    var finding = claim(place, change, day).finding(key, lines: change.use.lines)
    finding.chargePeriodStart = day
    return finding
  }

  private static func claim(_ place: Place, _ change: Change, _ day: Day) -> Claim {
    let money = Phrase.money(change.use.gross, place.currency)
    let dimension = place.dimension.rawValue
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: change.use.gross,
      actual: "\(change.new) from \(day)", expected: "\(change.old) as before",
      explanation: Words(
        "The tag \(dimension) of \(place.service) in account \(place.account) changes from \(change.old) to "
          + "\(change.new) on \(day): \(money) of usage from then on are booked to the new value.",
        zh:
          "账号 \(place.account) 的 \(place.service) 的标签 \(dimension) 由 \(change.old) 改为 \(change.new)（\(day)）：此后的用量费用 \(money) 记在新值名下。"
      ),
      recommendation: Words(
        "Book the whole month to one of the two if the tag was only put right.",
        zh: "如果只是更正标签，请将全月记在其中一个值名下。"),
      confidence: .hint, mostSeverity: .low)
  }
}

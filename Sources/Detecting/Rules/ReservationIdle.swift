import BillingModel
import ExactNumbers

/// A reservation lies idle while instances of its type run on demand.
///
/// *Formula.* `RIFee` rows with unused hours, and `Usage` of the same instance type in the same region by
/// any account of the payer: the on-demand cost of as many hours as lie idle. Several reservations of one type
/// take their hours in turn.
/// *Source.* AWS CUR user guide: `reservation/UnusedQuantity`; sharing within an organization is the default.
/// *False positives.* A reservation for one zone, sharing that is switched off, or hours that did not
/// coincide: hence a hint, and an anomaly rather than an error.
struct ReservationIdle: Detector {
  static let id: RuleID = "ReservationIdle"

  var screens: [Screen] {
    [
      Screen(
        rule: Self.id,
        rows: [
          .isOneOf(.lineItemType, ["RIFee"]), .isPositive(.reservationUnusedQuantity),
        ],
        keyedBy: [.subAccountID, .serviceName, .usageType, .regionID, .reservationARN],
        measures: [.sum(.reservationUnusedQuantity), .sum(.reservationUnusedFee)],
        captures: Field.evidence + [.reservationUnusedQuantity])
    ]
  }

  /// On-demand hours of one type of instance.
  private struct OnDemand {
    var hours = Amount.zero
    var cost = Amount.zero
    var lines = 0
  }

  private struct Place: Hashable {
    var payer: Text
    var currency: CurrencyCode
    var region: Text
    var instance: Text
  }

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = try Self.judgePrices(of: facts.bookings) { _ in Judgement() }
    var onDemand = try Self.onDemand(facts.bookings)
    let judged = try judgeSuspects(in: facts, needing: "RIFee") {
      (suspect) throws(AmountOverflow) in
      guard let instance = Self.instance(suspect.key.usageType, among: ["HeavyUsage"]) else {
        return nil
      }
      let place = Place(
        payer: suspect.key.billingAccountID, currency: suspect.currency,
        region: suspect.grouped[.regionID] ?? "", instance: instance)
      guard let running = onDemand[place], running.hours.isPositive else { return nil }
      let idle = suspect.measures[0]
      let hours = min(idle, running.hours)
      let cost = try running.cost.part(hours, of: running.hours)
      onDemand[place]?.hours = try running.hours - hours
      onDemand[place]?.cost = try running.cost - cost
      return Self.claim(suspect, idle, running, hours, cost, place)
    }
    judgement.add(judged)
    return judgement.asAnomalies(facts)
  }

  private static func onDemand(
    _ bookings: [Booking]
  ) throws(AmountOverflow) -> [Place: OnDemand] {
    var result: [Place: OnDemand] = [:]
    let kinds = ["BoxUsage", "InstanceUsage", "NodeUsage", "ESInstance", "Node"]
    for booking in bookings {
      for price in booking.prices {
        guard let rate = price.rate, rate.isPositive, price.sums.unblended.isPositive,
          let instance = instance(price.usageType, among: kinds)
        else { continue }
        let place = Place(
          payer: price.billingAccountID, currency: price.currency, region: price.regionID,
          instance: instance)
        var running = result[place] ?? OnDemand()
        try running.hours += Amount.one.part(price.sums.unblended, of: rate)
        try running.cost += price.sums.unblended
        running.lines += price.sums.lineItems
        result[place] = running
      }
    }
    return result
  }

  /// `USW2-` and `m5.large` of `USW2-BoxUsage:m5.large`, if it is usage of one of these kinds.
  private static func instance(_ usageType: Text, among kinds: [String]) -> Text? {
    let parts = usageType.string.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let kind = kinds.first(where: { parts[0].hasSuffix($0) }) else {
      return nil
    }
    return Text("\(parts[0].dropLast(kind.count)):\(parts[1])")
  }

  private static func claim(
    _ suspect: Suspect, _ idle: Amount, _ running: OnDemand, _ hours: Amount, _ cost: Amount,
    _ place: Place
  ) -> Claim {
    let money = Phrase.money(cost, suspect.currency)
    let (name, subject) = (suspect.commitmentName, suspect.subject)
    return Claim(
      kind: .anomaly, impact: cost, actual: "\(idle) hours idle", expected: "0 hours idle",
      explanation: Words(
        "Reservation \(name.english) of \(subject.english) is idle for \(idle) hours while the same instances run "
          + "on demand for \(running.hours) in \(place.region): \(money) for \(hours) hours.",
        zh: "预留实例\(name.chinese)（\(subject.chinese)）闲置 \(idle) 小时，而 \(place.region) 同型实例按需运行 "
          + "\(running.hours) 小时，本可覆盖的费用为 \(money)（\(hours) 小时）。"),
      recommendation: Words(
        "Check the reservation's zone and scope and whether sharing is on, so that \(money) a month is "
          + "covered.",
        zh: "请检查预留实例的可用区、适用范围以及是否启用共享，使每月 \(money) 得到覆盖。"),
      confidence: .hint)
  }
}

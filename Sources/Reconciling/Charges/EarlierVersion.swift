import BillingModel
import ExactNumbers

/// A version of a payer's period that was replaced: what it charged under each key.
struct EarlierVersion: Sendable {
  let payerPeriod: PayerPeriod
  let day: Day
  private let version: Text
  private let delivery: Int
  private let sums: [ChargeNode.Key: ChargedSums]
  private let booking: Booking
  private let gainedIDs: GainedIDs

  private init(_ booking: Booking, now: [ChargeSummary]) throws(AmountOverflow) {
    self.booking = booking
    payerPeriod = PayerPeriod(booking)
    day = booking.versionDay
    version = booking.version
    delivery = booking.delivery
    var sums: [ChargeNode.Key: ChargedSums] = [:]
    var keys = ChargeNode.KeyMaker()
    for charge in booking.contents.charges {
      try sums[keys.key(of: charge.key), default: ChargedSums()].add(charge)
    }
    self.sums = sums
    gainedIDs = try GainedIDs(then: booking.contents.charges, now: now)
  }

  /// Newest first.
  ///
  /// - Parameter nodes: What is booked now.
  static func all(
    of replaced: [Booking], beside nodes: [ChargeNode]
  ) throws(AmountOverflow) -> [EarlierVersion] {
    let months = Set(replaced.map { PayerPeriod($0) })
    var now: [PayerPeriod: [ChargeSummary]] = [:]
    if !months.isEmpty {
      for charge in nodes.lazy.flatMap(\.charges) where charge.isCredit {
        let month = PayerPeriod(charge.key)
        if months.contains(month) { now[month, default: []].append(charge) }
      }
    }
    var versions: [EarlierVersion] = []
    for booking in replaced {
      versions.append(try EarlierVersion(booking, now: now[PayerPeriod(booking)] ?? []))
    }
    return versions.sorted {
      ($0.day, $0.version, $0.delivery, $0.payerPeriod)
        > ($1.day, $1.version, $1.delivery, $1.payerPeriod)
    }
  }

  /// Credits that had no id when this version was made, and have one of these now.
  func credits(thatGained keys: [ChargeNode.Key]) -> [ChargeSummary] {
    gainedIDs.charges(of: keys)
  }

  /// False if the month had no invoice ids yet when this version was made.
  func holds(_ keys: [ChargeNode.Key]) -> Bool { keys.contains { sums[$0] != nil } }

  func charges(of keys: [ChargeNode.Key]) -> [ChargeSummary] {
    let wanted = Set(keys)
    var keys = ChargeNode.KeyMaker()
    return booking.contents.charges.filter { wanted.contains(keys.key(of: $0.key)) }
  }

  func total(of keys: [ChargeNode.Key]) throws(AmountOverflow) -> Amount {
    try Amount.sum(keys.compactMap { sums[$0]?.total })
  }

  func credit(of keys: [ChargeNode.Key]) throws(AmountOverflow) -> Amount {
    try Amount.sum(keys.compactMap { sums[$0]?.credit })
  }
}

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
  /// Credits that had no invoice id yet.
  private let openCredits: [ChargeSummary]

  private init(_ booking: Booking) throws(AmountOverflow) {
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
    openCredits = booking.contents.charges.filter { $0.isCredit && $0.key.invoiceID.isEmpty }
  }

  /// Newest first.
  static func all(of replaced: [Booking]) throws(AmountOverflow) -> [EarlierVersion] {
    var versions: [EarlierVersion] = []
    for booking in replaced { versions.append(try EarlierVersion(booking)) }
    return versions.sorted {
      ($0.day, $0.version, $0.delivery, $0.payerPeriod)
        > ($1.day, $1.version, $1.delivery, $1.payerPeriod)
    }
  }

  /// Credits without an id that may be some of those which have one now.
  func openCredits(like credits: [ChargeSummary]) -> [ChargeSummary] {
    if openCredits.isEmpty { return [] }
    let places = Set(credits.map { CreditPlace($0.key) })
    return openCredits.filter { places.contains(CreditPlace($0.key)) }
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

/// What a credit keeps when it gets its invoice id.
private struct CreditPlace: Hashable {
  private let currency: CurrencyCode
  private let subAccountID: Text
  private let serviceName: Text
  private let type: ChargeType
  private let day: Day?

  init(_ key: ChargeKey) {
    currency = key.currency
    subAccountID = key.subAccountID
    serviceName = key.serviceName
    type = key.chargeType
    day = key.day
  }
}

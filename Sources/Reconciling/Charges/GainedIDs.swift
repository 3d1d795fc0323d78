import BillingModel
import ExactNumbers

/// Credits of an earlier version that had no invoice id then and have one now: they were there, and only
/// their id came later.
///
/// Rows are not told apart, only their sums at each place (account, service, type, day). What left the
/// open ones of a place, max(0, |open then| − |open now|), is given to what invoices gained there, each
/// penny once: first to an invoice that gained just that, then in the order of their keys.
struct GainedIDs: Sendable {
  private var charges: [ChargeNode.Key: [ChargeSummary]] = [:]

  init(then: [ChargeSummary], now: [ChargeSummary]) throws(AmountOverflow) {
    let before = try PlacedCredits(then)
    if before.open.isEmpty { return }
    let after = try PlacedCredits(now)
    for (place, open) in before.open {
      let stillOpen = after.open[place]?.amount ?? .zero
      var left = Self.part(of: open.amount, try open.amount - stillOpen)
      for (key, gain) in try Self.gains(at: place, from: before, to: after, first: left) {
        let share = Self.part(of: left, gain)
        guard !share.isZero else { continue }
        left = try left - share
        var charge = open.charge
        charge.billedCost = share
        charges[key, default: []].append(charge)
      }
    }
  }

  /// What some invoices gained of them.
  func charges(of keys: [ChargeNode.Key]) -> [ChargeSummary] { keys.flatMap { charges[$0] ?? [] } }

  private static func gains(
    at place: CreditPlace, from before: PlacedCredits, to after: PlacedCredits, first: Amount
  ) throws(AmountOverflow) -> [(key: ChargeNode.Key, gain: Amount)] {
    var gains: [(key: ChargeNode.Key, gain: Amount)] = []
    for (key, amount) in after.named[place] ?? [:] {
      gains.append((key, try amount - (before.named[place]?[key] ?? .zero)))
    }
    return gains.sorted {
      ($0.gain == first) != ($1.gain == first) ? $0.gain == first : $0.key < $1.key
    }
  }

  /// An amount between nothing and a whole.
  private static func part(of whole: Amount, _ amount: Amount) -> Amount {
    guard amount.isNegative == whole.isNegative else { return .zero }
    return amount.magnitude < whole.magnitude ? amount : whole
  }
}

/// The credits of a version by place.
private struct PlacedCredits {
  /// Those without an invoice id, and one that stands for them.
  private(set) var open: [CreditPlace: (amount: Amount, charge: ChargeSummary)] = [:]
  private(set) var named: [CreditPlace: [ChargeNode.Key: Amount]] = [:]

  init(_ charges: [ChargeSummary]) throws(AmountOverflow) {
    var keys = ChargeNode.KeyMaker()
    for charge in charges where charge.isCredit {
      let place = CreditPlace(charge.key)
      if charge.key.invoiceID.isEmpty {
        try open[place, default: (.zero, charge)].amount += charge.billedCost
      } else {
        try named[place, default: [:]][keys.key(of: charge.key), default: .zero] +=
          charge.billedCost
      }
    }
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

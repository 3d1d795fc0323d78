import BillingModel
import ExactNumbers

/// Charges that fold into one finding.
struct ChargeGroup {
  var cost = Amount.zero
  /// Σ |billed cost| of the summaries: credits do not hide what is there.
  var gross = Amount.zero
  var lines = 0

  mutating func add(_ charge: ChargeSummary) throws(AmountOverflow) {
    try cost += charge.billedCost
    try gross += charge.billedCost.magnitude
    lines += charge.sums.lineItems
  }
}

extension Booking {
  var charges: [ChargeSummary] { contents.charges }

  /// Sums of the charges that have a key, by that key.
  func groups<Key: Hashable>(
    by key: (ChargeSummary) -> Key?
  ) throws(AmountOverflow) -> [Key: ChargeGroup] {
    var groups: [Key: ChargeGroup] = [:]
    for charge in charges {
      guard let key = key(charge) else { continue }
      try groups[key, default: ChargeGroup()].add(charge)
    }
    return groups
  }
}

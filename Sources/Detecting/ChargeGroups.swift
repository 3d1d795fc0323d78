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
  /// The line items of some charges, by the fields that tell them from others.
  func selection(over fields: [Field], of isWanted: (ChargeKey) -> Bool) -> Selection {
    let values = charges.filter { isWanted($0.key) }.map { charge in
      Dictionary(uniqueKeysWithValues: fields.map { ($0, charge.key.text($0)) })
    }
    return Selection(Array(Set(values)))
  }

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

extension ChargeKey {
  /// One of the fields by which rules tell charges apart.
  fileprivate func text(_ field: Field) -> Text {
    switch field {
    case .lineItemType: chargeType.text
    case .subAccountID: subAccountID
    case .serviceName: serviceName
    case .productCode: productCode
    case .billingEntity: billingEntity
    case .legalEntity: legalEntity
    case .chargePeriodStart: Text(day?.description ?? "")
    default: preconditionFailure("no rule tells charges apart by \(field)")
    }
  }
}

import BillingModel
import ExactNumbers

/// The tax of charges that have no rows for it, as the agreed rates tell: what costs without tax
/// lack, and what costs with tax contain. Rounded once for each seller and rate.
struct AgreedTax: Sendable {
  private struct Group: Hashable, Sendable {
    let legalEntity: Text
    let rate: Amount
    let charged: Contract.ChargedTax
  }

  private let rates: TaxRates
  private let digits: Int
  private var costs: [Group: Amount] = [:]
  /// Sellers whose tax stands in rows, whatever was agreed.
  private var withRows: Set<Text> = []

  init(_ rates: TaxRates, in currency: CurrencyCode) {
    self.rates = rates
    digits = currency.minorUnitDigits
  }

  mutating func add(_ charge: ChargeSummary) throws(AmountOverflow) {
    guard !rates.isEmpty else { return }
    let key = charge.key
    if key.chargeType.chargeClass == .tax {
      withRows.insert(key.legalEntity)
      return
    }
    guard let entry = rates.entry(key.legalEntity, key.productCode), entry.charged != .rows else {
      return
    }
    let group = Group(legalEntity: key.legalEntity, rate: entry.rate, charged: entry.charged)
    try costs[group, default: .zero] += charge.billedCost
  }

  /// For a part of the same charges.
  var withoutCosts: AgreedTax {
    var part = self
    part.costs = [:]
    return part
  }

  private func groups(_ charged: Contract.ChargedTax) -> [(rate: Amount, cost: Amount)] {
    costs.filter { $0.key.charged == charged && !withRows.contains($0.key.legalEntity) }
      .map { ($0.key.rate, $0.value) }
  }

  /// True if any costs are without tax, and no rows state it.
  var isExclusive: Bool { !groups(.exclusive).isEmpty }
  var isInclusive: Bool { !groups(.inclusive).isEmpty }

  /// Σ cost × rate of costs without tax.
  func due() throws(AmountOverflow) -> Amount {
    var due = Amount.zero
    for (rate, cost) in groups(.exclusive) {
      try due += cost.multiplied(by: rate).rounded(toFractionDigits: digits, .halfAwayFromZero)
    }
    return due
  }

  /// Σ (cost − cost ÷ (1 + rate)) of costs with tax.
  func contained() throws(AmountOverflow) -> Amount {
    var contained = Amount.zero
    for (rate, cost) in groups(.inclusive) {
      let net = try cost.divided(by: try .one + rate)
      try contained += cost - net.rounded(toFractionDigits: digits, .halfAwayFromZero)
    }
    return contained
  }
}

import BillingModel
import ExactNumbers

/// What the line items of a match add up to. All sums are of BilledCost.
struct ChargedSums: Hashable, Sendable {
  private(set) var total = Amount.zero
  private(set) var tax = Amount.zero
  /// Credits and refunds.
  private(set) var credit = Amount.zero
  private(set) var discount = Amount.zero
  private(set) var lineItems = 0
  private(set) var taxLineItems = 0
  private(set) var creditLineItems = 0
  private(set) var discountLineItems = 0

  init() {}

  init(_ charges: some Sequence<ChargeSummary>) throws(AmountOverflow) {
    for charge in charges { try add(charge) }
  }

  /// All that is not tax, credits included.
  var net: Amount { get throws(AmountOverflow) { try total - tax } }

  /// Counts a part of the costs as tax.
  mutating func setApart(tax contained: Amount) throws(AmountOverflow) { try tax += contained }

  mutating func add(_ charge: ChargeSummary) throws(AmountOverflow) {
    try total += charge.billedCost
    lineItems += charge.sums.lineItems
    switch charge.key.chargeType.chargeClass {
    case .tax:
      try tax += charge.billedCost
      taxLineItems += charge.sums.lineItems
    case .credit, .refund:
      try credit += charge.billedCost
      creditLineItems += charge.sums.lineItems
    case .discount:
      try discount += charge.billedCost
      discountLineItems += charge.sums.lineItems
    case .usage, .purchase, .adjustment, .other: break
    }
  }
}

import BillingModel
import ExactNumbers

/// BR-CO-10 … BR-CO-17 of EN 16931 as its schematrons write them. A rule is checked where the
/// amount that it is about is stated.
struct EN16931Checks {
  let totals: StatedTotals
  let exceptions: Set<EN16931Exception>

  func all() throws(AmountOverflow) -> [ArithmeticCheck] {
    let checks = [
      lines(), try allowances(), try charges(), try net(), try taxTotal(), try gross(),
      try payable(), try taxRows(),
    ]
    return checks.compactMap { $0 } + decimals() + [try lineProduct()].compactMap { $0 }
  }

  /// The rounding of XPath: half a cent goes toward +∞.
  private func cents(_ amount: Amount) -> Amount {
    amount.rounded(toFractionDigits: 2, .halfTowardPositive)
  }

  private func equality(
    _ rule: ArithmeticRule, _ stated: Amount?, _ computed: Amount?
  ) -> ArithmeticCheck {
    ArithmeticCheck(rule: rule, holds: stated == computed, stated: stated, computed: computed)
  }

  /// BT-106 = Σ BT-131.
  private func lines() -> ArithmeticCheck? {
    totals.lineTotal.map { equality(.brCO10, $0, cents(totals.lineNetSum ?? .zero)) }
  }

  /// BT-107 = Σ BT-92.
  private func allowances() throws(AmountOverflow) -> ArithmeticCheck? {
    try sum(.brCO11, totals.allowanceTotal, totals.allowances.filter { !$0.isCharge })
  }

  /// BT-108 = Σ BT-99.
  private func charges() throws(AmountOverflow) -> ArithmeticCheck? {
    try sum(.brCO12, totals.chargeTotal, totals.allowances.filter(\.isCharge))
  }

  /// Neither a total nor parts of it is right; parts without a total are not.
  private func sum(
    _ rule: ArithmeticRule, _ stated: Amount?, _ parts: [StatedTotals.Allowance]
  ) throws(AmountOverflow) -> ArithmeticCheck? {
    guard totals.statesTotals else { return nil }
    if stated == nil, parts.isEmpty { return equality(rule, nil, nil) }
    return equality(rule, stated, cents(try Amount.sum(parts.map(\.amount))))
  }

  /// BT-109 = BT-106 − BT-107 + BT-108, unrounded if there is neither allowance nor charge.
  private func net() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let net = totals.net, let lines = totals.lineTotal else { return nil }
    if totals.allowanceTotal == nil, totals.chargeTotal == nil {
      return equality(.brCO13, net, lines)
    }
    let changed = try lines - (totals.allowanceTotal ?? .zero) + (totals.chargeTotal ?? .zero)
    return equality(.brCO13, net, cents(changed))
  }

  /// Each tax total that is broken down = Σ of its rows.
  private func taxTotal() throws(AmountOverflow) -> ArithmeticCheck? {
    var checks: [ArithmeticCheck] = []
    for total in totals.taxTotals {
      guard let amount = total.amount else { continue }
      let rows = total.subtotals.isEmpty ? nil : try Amount.sum(total.subtotals.compactMap(\.tax))
      checks.append(equality(.brCO14, amount, rows.map(cents) ?? amount))
    }
    return checks.first { !$0.holds } ?? checks.first
  }

  /// One tax total in the currency of the document, and BT-112 = BT-109 + BT-110.
  private func gross() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let gross = totals.gross, let net = totals.net, !totals.currency.isEmpty else {
      return nil
    }
    let taxes = totals.taxTotals.filter { $0.currency == totals.currency }.compactMap(\.amount)
    if gross == net, exceptions.contains(.grossEqualsNet) { return equality(.brCO15, gross, net) }
    guard taxes.count == 1 else { return equality(.brCO15, gross, nil) }
    return equality(.brCO15, gross, cents(try net + taxes[0]))
  }

  /// BT-115 = BT-112 − BT-113 + BT-114.
  private func payable() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let payable = totals.payable, let gross = totals.gross else { return nil }
    let expected = if let prepaid = totals.prepaid { cents(try gross - prepaid) } else { gross }
    guard let rounding = totals.rounding else { return equality(.brCO16, payable, expected) }
    return ArithmeticCheck(
      rule: .brCO16, holds: cents(try payable - rounding) == expected, stated: payable,
      computed: try expected + rounding)
  }
}

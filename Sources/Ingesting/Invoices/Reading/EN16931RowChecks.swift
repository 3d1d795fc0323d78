import BillingModel
import ExactNumbers

extension EN16931Checks {
  /// Tax of each row of the breakdown against base × rate, the farthest one.
  func taxRows() throws(AmountOverflow) -> ArithmeticCheck? {
    var checks: [ArithmeticCheck] = []
    for row in totals.taxTotals.flatMap(\.subtotals) {
      if let check = try taxRow(row) { checks.append(check) }
    }
    let failing = checks.filter { !$0.holds }
    return try farthest(failing.isEmpty ? checks : failing)
  }

  private func farthest(_ checks: [ArithmeticCheck]) throws(AmountOverflow) -> ArithmeticCheck? {
    var farthest: (check: ArithmeticCheck, distance: Amount)?
    for check in checks {
      let distance = try ((check.stated ?? .zero) - (check.computed ?? .zero)).magnitude
      if distance > farthest?.distance ?? -.one { farthest = (check, distance) }
    }
    return farthest?.check
  }

  private func taxRow(_ row: TaxSubtotal) throws(AmountOverflow) -> ArithmeticCheck? {
    guard let tax = row.tax else { return nil }
    let whole = row.rate?.rounded(toFractionDigits: 0, .halfTowardPositive) ?? .zero
    if whole.isZero {
      let holds = tax.rounded(toFractionDigits: 0, .halfTowardPositive).isZero
      return ArithmeticCheck(rule: .brCO17, holds: holds, stated: tax, computed: .zero)
    }
    guard let base = row.base, let rate = row.rate else { return nil }
    let percent = try base.magnitude.multiplied(by: rate).divided(by: Amount(100))
    let computed = percent.rounded(toFractionDigits: 2, .halfTowardPositive)
    let distance = try (tax.magnitude - computed).magnitude
    let holds = distance < .one || distance == .one && exceptions.contains(.wholeUnit)
    return ArithmeticCheck(
      rule: .brCO17, holds: holds, stated: tax, computed: base.isNegative ? -computed : computed)
  }

  /// BR-DEC-01 … BR-DEC-28: each term that has too many decimals, or that none has.
  func decimals() -> [ArithmeticCheck] {
    guard let faults = totals.decimals else { return [] }
    if faults.isEmpty {
      return [ArithmeticCheck(rule: .brDEC, holds: true, stated: nil, computed: nil)]
    }
    return faults.sorted { $0.term < $1.term }.map { fault in
      ArithmeticCheck(
        rule: .brDEC, holds: false, stated: fault.amount,
        computed: fault.amount.rounded(toFractionDigits: 2, .halfTowardPositive),
        subject: fault.subject)
    }
  }

  /// PEPPOL-EN16931-R120, which Peppol asks of every line, on the one that is farthest off.
  func lineProduct() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let worst = totals.lines.worstProduct else { return nil }
    let slack = try Amount(2).divided(by: Amount(100))
    return ArithmeticCheck(
      rule: .peppolR120, holds: worst.excess <= slack, stated: worst.stated,
      computed: worst.computed, subject: Text("line \(worst.number)"))
  }
}

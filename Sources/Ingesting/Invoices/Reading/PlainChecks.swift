import BillingModel
import ExactNumbers

/// The arithmetic of documents outside EN 16931. Two sides that are apart by no more than the tolerance
/// count as equal.
struct PlainChecks {
  let totals: StatedTotals
  let tolerance: Amount
  /// Tolerances of single rules.
  let own: [ArithmeticRule: Amount]

  func all() throws(AmountOverflow) -> [ArithmeticCheck] {
    let checks = [
      try lineSum(), try grossSum(), line(.lineGross, totals.lines.worstGross),
      line(.lineProduct, totals.lines.worstProduct), line(.lineTax, totals.lines.worstTax),
      try lineTaxSum(), try lineGrossSum(), try payable(),
    ]
    return checks.compactMap { $0 }
      + [try taxBase(), try taxRate(), try taxSum()].compactMap { $0 }
  }

  private func slack(_ rule: ArithmeticRule) -> Amount { own[rule] ?? tolerance }

  func check(
    _ rule: ArithmeticRule, _ stated: Amount, _ computed: Amount, _ subject: Text? = nil
  ) throws(AmountOverflow) -> ArithmeticCheck {
    let distance = try (stated - computed).magnitude
    return ArithmeticCheck(
      rule: rule, holds: distance <= slack(rule), stated: stated, computed: computed,
      subject: subject)
  }

  /// The stated sum of the lines, else the net total, against the lines.
  private func lineSum() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let stated = totals.lineTotal ?? totals.net, let sum = totals.lineNetSum else {
      return nil
    }
    return try check(.lineSum, stated, sum)
  }

  /// Net + tax = gross; where no net total is stated, it is lines + charges − allowances.
  private func grossSum() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let gross = totals.gross else { return nil }
    let rounding = totals.grossRounding ?? .zero
    if let net = totals.net, let tax = totals.tax {
      return try check(.grossSum, gross, try net + tax + rounding)
    }
    guard totals.net == nil, let lines = totals.lineTotal else { return nil }
    let net = try lines + (totals.chargeTotal ?? .zero) - (totals.allowanceTotal ?? .zero)
    return try check(.grossSum, gross, try net + (totals.tax ?? .zero) + rounding)
  }

  /// The line that is farthest off stands for all.
  private func line(_ rule: ArithmeticRule, _ worst: WorstLine?) -> ArithmeticCheck? {
    guard let worst else { return nil }
    return ArithmeticCheck(
      rule: rule, holds: worst.excess <= slack(rule), stated: worst.stated,
      computed: worst.computed, subject: Text("line \(worst.number)"))
  }

  private func lineTaxSum() throws(AmountOverflow) -> ArithmeticCheck? {
    guard totals.lineNetSum != nil, let stated = totals.tax, let sum = totals.lines.tax else {
      return nil
    }
    return try check(.lineTaxSum, stated, sum)
  }

  private func lineGrossSum() throws(AmountOverflow) -> ArithmeticCheck? {
    guard totals.lineNetSum != nil, let stated = totals.gross, let sum = totals.lines.gross else {
      return nil
    }
    return try check(.lineGrossSum, stated, sum)
  }

  /// What is to be paid of the gross total, where both are known.
  private func payable() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let payable = totals.payable, let gross = totals.wholeGross else { return nil }
    let left = try gross - (totals.withheld ?? .zero) - (totals.prepaid ?? .zero)
    return try check(.payableSum, payable, try left + (totals.rounding ?? .zero))
  }
}

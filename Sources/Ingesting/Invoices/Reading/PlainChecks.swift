import BillingModel
import ExactNumbers

/// The arithmetic of documents outside EN 16931. Two sides that are apart by no more than the tolerance
/// count as equal.
struct PlainChecks {
  let totals: StatedTotals
  let tolerance: Amount

  func all() throws(AmountOverflow) -> [ArithmeticCheck] {
    [try lineSum(), try grossSum(), try lineGross()].compactMap { $0 }
  }

  private func check(
    _ rule: ArithmeticRule, _ stated: Amount, _ computed: Amount
  ) throws(AmountOverflow) -> ArithmeticCheck {
    let distance = try (stated - computed).magnitude
    return ArithmeticCheck(
      rule: rule, holds: distance <= tolerance, stated: stated, computed: computed)
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
    if let net = totals.net, let tax = totals.tax {
      return try check(.grossSum, gross, try net + tax)
    }
    guard totals.net == nil, let lines = totals.lineTotal else { return nil }
    let net = try lines + (totals.chargeTotal ?? .zero) - (totals.allowanceTotal ?? .zero)
    return try check(.grossSum, gross, try net + (totals.tax ?? .zero))
  }

  private func lineGross() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let line = totals.worstLine else { return nil }
    return try check(.lineGross, line.gross, try line.net + line.tax)
  }
}

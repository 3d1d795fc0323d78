import BillingModel
import ExactNumbers

/// The tax breakdown of documents outside EN 16931. Of several rows the one farthest off stands for all.
extension PlainChecks {
  private func farthest(
    _ rule: ArithmeticRule, _ sides: [(subject: Text?, stated: Amount, computed: Amount)]
  ) throws(AmountOverflow) -> ArithmeticCheck? {
    var farthest: (check: ArithmeticCheck, distance: Amount)?
    for side in sides {
      let distance = try (side.stated - side.computed).magnitude
      if let farthest, farthest.distance >= distance { continue }
      farthest = (try check(rule, side.stated, side.computed, side.subject), distance)
    }
    return farthest?.check
  }

  /// Σ bases of one rate = Σ of the lines of that rate and what else it is charged on.
  func taxBase() throws(AmountOverflow) -> ArithmeticCheck? {
    guard let bases = totals.lines.bases else { return nil }
    var stated: [Amount: Amount] = [:]
    for row in totals.taxTotals.flatMap(\.subtotals) {
      guard let rate = row.rate, let base = row.base else { return nil }
      stated[rate] = try (stated[rate] ?? .zero) + base
    }
    guard !stated.isEmpty else { return nil }
    let rates = Set(stated.keys).union(bases.keys).sorted()
    return try farthest(
      .taxBase,
      rates.map { (Text("rate \($0)"), stated[$0] ?? .zero, bases[$0] ?? .zero) })
  }

  /// Base × rate, to the cent, = tax.
  func taxRate() throws(AmountOverflow) -> ArithmeticCheck? {
    var sides: [(subject: Text?, stated: Amount, computed: Amount)] = []
    for row in totals.taxTotals.flatMap(\.subtotals) {
      guard let rate = row.rate, let base = row.base, let tax = row.tax else { continue }
      let computed = try base.multiplied(by: rate).divided(by: Amount(100))
      let cents = computed.rounded(toFractionDigits: 2, .halfAwayFromZero)
      sides.append((Text("rate \(rate)"), tax, cents))
    }
    return try farthest(.taxRate, sides)
  }

  /// Each tax total that is broken down = Σ tax of its rows.
  func taxSum() throws(AmountOverflow) -> ArithmeticCheck? {
    var sides: [(subject: Text?, stated: Amount, computed: Amount)] = []
    for total in totals.taxTotals where !total.subtotals.isEmpty {
      guard let amount = total.amount else { continue }
      sides.append((nil, amount, try Amount.sum(total.subtotals.compactMap(\.tax))))
    }
    return try farthest(.taxSum, sides)
  }
}

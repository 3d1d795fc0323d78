import BillingModel
import ExactNumbers

/// A new version of a month holds far fewer rows than the one that it replaced.
///
/// *Formula.* Line items < 90 % of the replaced version's, which had 100 or more; at stake is what the total
/// moved by, in each currency.
/// *Source.* A delivery restates its whole month, which only grows until it is final.
/// *False positives.* A report that was changed to daily or monthly rows, or to fewer columns of detail.
struct RowsDropped: Detector {
  static let id: RuleID = "RowsDropped"
  /// Smaller months move by more than a tenth for no reason.
  private static let fewest = 100

  func judge(_ facts: PeriodFacts) throws(AmountOverflow) -> Judgement {
    var judgement = Judgement()
    for booking in facts.bookings {
      guard let replaced = facts.replaced[booking.billingAccountID] else {
        judgement.unchecked.append(
          Self.unchecked(booking, "there is no earlier version of the month"))
        continue
      }
      let before = try replaced.groups { $0.key.currency }
      let after = try booking.groups { $0.key.currency }
      for (currency, old) in before.sorted(by: { $0.key < $1.key }) {
        let new = after[currency] ?? ChargeGroup()
        guard old.lines >= Self.fewest, new.lines * 10 < old.lines * 9 else { continue }
        let key = Self.key(booking.billingAccountID, booking.billingPeriod, currency)
        judgement.findings.append(
          try Self.claim(old, new, currency).finding(
            key, lines: new.lines, selection: .all))
      }
    }
    return judgement
  }

  private static func claim(
    _ old: ChargeGroup, _ new: ChargeGroup, _ currency: CurrencyCode
  ) throws(AmountOverflow) -> Claim {
    let moved = try old.cost - new.cost
    let money = Phrase.money(moved.magnitude, currency)
    return Claim(
      kind: .dataQuality, impact: .zero, atStake: moved, actual: "\(new.lines) line items",
      expected: "at least 90 % of \(old.lines) line items",
      explanation: Words(
        "The version holds \(Phrase.count(new.lines, "line item")) where the one before held "
          + "\(old.lines), and its total moved by \(money).",
        zh: "本版本有 \(new.lines) 条明细，上一版本有 \(old.lines) 条，总额变动 \(money)。"),
      recommendation: Words(
        "Check that all files of the delivery arrived and that the report was not changed.",
        zh: "请检查本次交付的文件是否齐全，以及报告设置是否被更改。"),
      confidence: .likely, leastSeverity: .medium)
  }
}

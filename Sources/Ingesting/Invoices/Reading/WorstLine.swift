import BillingModel
import ExactNumbers

/// A line of a document that is farthest off by one rule.
struct WorstLine {
  var stated: Amount
  var computed: Amount
  /// Stated − computed without its sign, less what the line is allowed by itself.
  var excess: Amount
  var number: Int

  /// Compares what a line states with what it ought to, and keeps it if it is farther off.
  @inline(__always)
  static func compare(
    _ worst: inout WorstLine?, _ stated: Amount, _ computed: Amount, allowed: Amount = .zero,
    line: Int
  ) throws(AmountOverflow) {
    let excess = try (stated - computed).magnitude - allowed
    if let worst, worst.excess >= excess { return }
    worst = WorstLine(stated: stated, computed: computed, excess: excess, number: line)
  }
}

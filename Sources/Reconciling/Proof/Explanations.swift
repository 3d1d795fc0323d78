import BillingModel
import ExactNumbers

/// The explained part of each difference, over all matches: a sum that belongs to a whole month and
/// would explain several matches explains none of them.
struct Explanations: Sendable {
  struct Explanation: Sendable {
    let levels: ComparisonLevels
    var explained: [ExplainedAmount]
    var unexplained: Amount
    /// Absent where one side is missing: there is nothing below the total.
    var shares: ReasonShares?
  }

  /// One for each comparison, in their order.
  let all: [Explanation]

  init(_ comparisons: [Comparison], _ surroundings: Surroundings) throws(AmountOverflow) {
    let contested = try Self.contested(comparisons, surroundings)
    var all: [Explanation] = []
    for comparison in comparisons {
      all.append(try Self.explanation(of: comparison, surroundings, contested))
    }
    self.all = all
  }

  private static func explanation(
    of comparison: Comparison, _ surroundings: Surroundings, _ contested: Set<SharedSum>
  ) throws(AmountOverflow) -> Explanation {
    let levels = try ComparisonLevels(comparison)
    guard comparison.hasBothSides else {
      return Explanation(levels: levels, explained: [], unexplained: comparison.difference)
    }
    var evidence = ReasonEvidence(
      comparison: comparison, levels: levels, surroundings: surroundings, contested: contested,
      residual: comparison.difference)
    let explained = try evidence.explain()
    return Explanation(
      levels: levels, explained: explained, unexplained: evidence.residual,
      shares: try ReasonShares(evidence, explained))
  }

  /// Sums that more than one match would claim if each were alone.
  private static func contested(
    _ comparisons: [Comparison], _ surroundings: Surroundings
  ) throws(AmountOverflow) -> Set<SharedSum> {
    var claims: [SharedSum: Int] = [:]
    for comparison in comparisons where comparison.hasBothSides {
      guard !comparison.isWithinTolerance(comparison.difference) else { continue }
      var evidence = ReasonEvidence(
        comparison: comparison, levels: try ComparisonLevels(comparison),
        surroundings: surroundings, contested: [], residual: comparison.difference)
      for explained in try evidence.explain()
      where [.rejectedRows, .notFinal].contains(explained.reason) {
        claims[evidence.sharedSum(explained.reason), default: 0] += 1
      }
    }
    return Set(claims.filter { $0.value > 1 }.keys)
  }
}

package import BillingModel
import ExactNumbers

/// What the end of a run says about owners: how many findings have one, how that is known, and how often
/// each way of inferring it was right.
package enum OwnerLines {
  /// Nothing for a period without findings.
  package static func text(_ report: PeriodReport) -> [String] {
    guard let owner = report.traceability.first(where: { $0.dimension == .owner }),
      let share = owner.share
    else { return [] }
    var parts = [
      "traced to an owner: \(owner.traced.findings) of \(owner.all.findings) findings "
        + "(\(percent(share)))"
    ]
    for money in owner.all.atStake.sorted {
      guard let share = owner.shares[money.currency] else { continue }
      parts.append(
        "\(money.currency) \(owner.traced.atStake[money.currency]) of \(money.amount) at stake "
          + "(\(percent(share)))")
    }
    let tiers = EvidenceTier.allCases.compactMap { tier in
      owner.byTier[tier].map { "\(tier.rawValue) \($0.findings)" }
    }
    return [parts.joined(separator: ", "), "by " + tiers.joined(separator: ", ")]
      + accuracies(report)
  }

  /// One line for each currency: what the inferring tiers say of cost whose tags name the owner.
  private static func accuracies(_ report: PeriodReport) -> [String] {
    let rows = report.accuracy.filter { $0.dimension == .owner }
    return Set(rows.map(\.currency)).sorted().compactMap { currency in
      let tiers = rows.filter { $0.currency == currency }.sorted { $0.tier < $1.tier }
      let told = tiers.compactMap { row in
        row.costAccuracy.map { "\(row.tier.rawValue) \(percent($0)) of \(row.tested.gross)" }
      }
      return told.isEmpty
        ? nil : "right about known owners, \(currency): " + told.joined(separator: ", ")
    }
  }

  /// Cut off after a tenth, so that 99.96 is not 100.
  private static func percent(_ share: Amount) -> String {
    let tenths = share.units / 1_000_000_000_000_000
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

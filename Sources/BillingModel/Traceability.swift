package import ExactNumbers

/// How many findings have a value in one dimension, how it is known, and how much money they are about.
///
/// Every finding counts once. The money of one that another finding already counts is left out.
package struct Traceability: Hashable, Sendable {
  /// Findings, and what they put at stake.
  package struct Part: Hashable, Sendable {
    package fileprivate(set) var findings = 0
    package fileprivate(set) var atStake = CurrencyTotals()

    package init() {}

    fileprivate mutating func add(_ reported: ReportedFinding) throws(AmountOverflow) {
      findings += 1
      let isCounted = reported.causedByID.isEmpty
      try atStake.add(
        isCounted ? reported.finding.amountAtStake : .zero, reported.finding.key.currency)
    }
  }

  package let dimension: Dimension
  package private(set) var all = Part()
  package private(set) var traced = Part()
  /// Each tier that occurs, `unknown` included.
  package private(set) var byTier: [EvidenceTier: Part] = [:]
  /// Of all findings, 0 to 1; absent where there are none.
  package private(set) var share: Amount?
  /// Of the money at stake, 0 to 1; absent for a currency in which nothing is at stake.
  package private(set) var shares: [CurrencyCode: Amount] = [:]

  package init(
    of findings: [ReportedFinding], by dimension: Dimension
  ) throws(AmountOverflow) {
    self.dimension = dimension
    for finding in findings {
      let tier = finding.attribution[dimension].tier
      try all.add(finding)
      try byTier[tier, default: Part()].add(finding)
      if tier != .unknown { try traced.add(finding) }
    }
    if all.findings > 0 {
      share = try Amount(traced.findings).share(of: Amount(all.findings))
    }
    for money in all.atStake.sorted where !money.amount.isZero {
      shares[money.currency] = try traced.atStake[money.currency].share(of: money.amount)
    }
  }
}

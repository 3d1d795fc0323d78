import BillingModel
import ExactNumbers

extension Definition.Detect {
  /// How severe a finding is: its amount at stake, weighed by its confidence, by the bands of its
  /// currency, between what its rule asks for at least and at most.
  func severity(of finding: Finding) throws(AmountOverflow) -> Severity {
    let bands = severityByCurrency[finding.key.currency] ?? severity
    let weight = try finding.amountAtStake.multiplied(by: finding.confidence)
    let byAmount: Severity =
      if weight >= bands.critical {
        .critical
      } else if weight >= bands.high {
        .high
      } else if weight >= bands.medium {
        .medium
      } else if weight >= bands.low {
        .low
      } else {
        .info
      }
    let atLeast = min(byAmount, finding.leastSeverity)
    return finding.mostSeverity.map { max(atLeast, $0) } ?? atLeast
  }
}

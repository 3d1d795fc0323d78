package import BillingModel
package import ExactNumbers

/// Whose the line items of a period are: how that is known, how well, and what would make more of it known.
package struct PeriodAllocation: Sendable {
  /// Whom findings belong to.
  package let ownership: Ownership
  package let coverage: [CoverageRow]
  package let accuracy: [AccuracyRow]
  package let debt: [TagDebtRow]

  /// - Parameters:
  ///   - allocations: The line items of the period, of any number of payers.
  ///   - earlier: Those of the month before.
  ///   - accountNames: What accounts are called.
  ///   - debtLimit: The most changes to propose for each currency.
  package init(
    _ allocations: [AllocationSummary], earlier: [AllocationSummary],
    accountNames: [Text: Text], _ attributor: Attributor, debtLimit: Int
  ) throws(AmountOverflow) {
    var memo = AttributionMemo(attributor)
    let evidence = try LineEvidence(
      allocations, earlier: earlier, accountNames: accountNames, &memo)
    ownership = try Ownership(allocations, evidence, &memo)
    coverage = try TagCoverage.rows(allocations, evidence, &memo)
    accuracy = try TagAccuracy.rows(allocations, evidence, ownership, &memo)
    debt = try TagDebt.rows(allocations, evidence, &memo, limit: debtLimit)
  }
}

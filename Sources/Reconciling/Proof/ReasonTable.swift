import BillingModel
import ExactNumbers

/// One row of the table of reasons: a name, the level it shows at, and the formula that gives its
/// amount.
struct Reason: Sendable {
  let name: DifferenceReason
  let level: ReconciliationLevel
  /// nil if the condition does not hold; 0 for a hint, which explains nothing of the total.
  let amount: @Sendable (ReasonEvidence) throws(AmountOverflow) -> Amount?

  private init(
    _ name: DifferenceReason, at level: ReconciliationLevel,
    _ amount: @escaping @Sendable (ReasonEvidence) throws(AmountOverflow) -> Amount?
  ) {
    self.name = name
    self.level = level
    self.amount = amount
  }

  /// In the order in which they are tried, each on what the earlier ones left. What each condition
  /// and amount means is told in `ReconciliationReasons.md`, row by row.
  static let table: [Reason] = [
    Reason(.rejectedRows, at: .total) { e throws(AmountOverflow) in try e.rejectedRows() },
    Reason(.taxOnInvoiceOnly, at: .category) { e throws(AmountOverflow) in
      try e.taxOnInvoiceOnly()
    },
    Reason(.restated, at: .total) { e throws(AmountOverflow) in try e.restated() },
    Reason(.lateCredit, at: .category) { e throws(AmountOverflow) in try e.lateCredit() },
    Reason(.creditMemoUnapplied, at: .category) { e throws(AmountOverflow) in
      try e.creditMemoUnapplied()
    },
    Reason(.dataTransferPresentation, at: .service) { e throws(AmountOverflow) in
      e.levels.foldsDataTransfer ? .zero : nil
    },
    Reason(.discountPresentation, at: .category) { e throws(AmountOverflow) in
      try e.discountPresentation()
    },
    Reason(.currencyConversion, at: .total) { e throws(AmountOverflow) in
      e.comparison.isInOneCurrency ? nil : .zero
    },
    Reason(.rounding, at: .total) { e throws(AmountOverflow) in
      e.comparison.isWithinTolerance(e.residual) ? e.residual : nil
    },
    Reason(.notFinal, at: .total) { e throws(AmountOverflow) in try e.notFinal() },
  ]
}

/// What a reason's formula is computed from.
struct ReasonEvidence: Sendable {
  let comparison: Comparison
  let levels: ComparisonLevels
  let surroundings: Surroundings
  /// Sums that more than one match would claim: nobody gets them.
  let contested: Set<SharedSum>
  /// What the reasons before left of the difference.
  var residual: Amount

  /// All reasons that hold, in the order of the table, with their amounts.
  mutating func explain() throws(AmountOverflow) -> [ExplainedAmount] {
    var explained: [ExplainedAmount] = []
    for reason in Reason.table {
      // A residual within the tolerance is rounding, and asks for no other reason.
      guard reason.isHint || reason.name == .rounding || !comparison.isWithinTolerance(residual)
      else { continue }
      guard let amount = try reason.amount(self) else { continue }
      if amount.isZero {
        if reason.isHint { explained.append(ExplainedAmount(reason.name, .zero)) }
        continue
      }
      guard comparison.isInOneCurrency, comparison.fits(amount, in: residual) else { continue }
      residual = try residual - amount
      explained.append(ExplainedAmount(reason.name, amount))
    }
    return explained
  }
}

extension Reason {
  private static let hints: Set<DifferenceReason> = [
    .dataTransferPresentation, .discountPresentation, .currencyConversion,
  ]

  fileprivate var isHint: Bool { Self.hints.contains(name) }
}

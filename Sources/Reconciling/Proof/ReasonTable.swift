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

  /// In the order in which they are tried, each on what the earlier ones left.
  ///
  /// | Reason | holds if | amount |
  /// |---|---|---|
  /// | RejectedRows | rows of the month were rejected, and this is its only match or the sum is the whole residual | Σ readable cost of the rejected rows |
  /// | TaxOnInvoiceOnly | the documents state tax, no charge is tax | the tax stated |
  /// | Restated | an earlier version of the month equalled the documents | that version − this one |
  /// | LateCredit | credits came after the invoice date | −Σ of those credits |
  /// | CreditMemoUnapplied | a credit document names the invoice, no charge is a credit | the credit document |
  /// | DataTransferPresentation | the documents show data transfer as a service of its own | hint |
  /// | DiscountPresentation | one side shows discounts on their own, the other within its prices | hint |
  /// | CurrencyConversion | a document is in another currency and states no amount in this one | hint |
  /// | Rounding | the residual is within the tolerance | the residual |
  /// | NotFinal | rows of the issuer have no invoice id yet and are the whole residual | their sum |
  static let table: [Reason] = [
    Reason(.rejectedRows, at: .total) { e throws(AmountOverflow) in try e.rejectedRows() },
    Reason(.taxOnInvoiceOnly, at: .category) { e throws(AmountOverflow) in e.taxOnInvoiceOnly() },
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

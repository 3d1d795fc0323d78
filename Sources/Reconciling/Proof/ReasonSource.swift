import BillingModel
import ExactNumbers

/// What the amount of a reason was made of: its difference is what the documents and the missing
/// charges add up to, less what is charged beside them.
struct ReasonSource {
  var documents: [Invoice] = []
  /// Charges that the documents were made from and the match does not hold.
  var missing: [ChargeSummary] = []
  /// Charges of the match that the documents were not made from.
  var surplus: [ChargeSummary] = []
}

extension ReasonEvidence {
  /// nil for a reason whose amount belongs to the match as a whole.
  func source(of part: ExplainedAmount) throws(AmountOverflow) -> ReasonSource? {
    switch part.reason {
    case .restated: try restatedSource()
    case .lateCredit: try lateCreditSource(of: part.amount)
    case .creditMemoUnapplied: ReasonSource(documents: unappliedCredits)
    case .notFinal: ReasonSource(missing: surroundings.openCharges(beside: comparison))
    case .taxOnInvoiceOnly: ReasonSource()  // Only a tax: ``ReasonShares`` knows where it stands.
    default: nil
    }
  }

  private func restatedSource() throws(AmountOverflow) -> ReasonSource? {
    guard let version = try restatingVersion() else { return nil }
    return ReasonSource(
      missing: version.charges(of: comparison.group.nodes.map(\.key)),
      surplus: comparison.group.nodes.flatMap { node in
        node.charges.filter { PayerPeriod($0.key) == version.payerPeriod }
      })
  }

  private func lateCreditSource(of amount: Amount) throws(AmountOverflow) -> ReasonSource? {
    guard let invoiceDate = comparison.invoiceDate else { return nil }
    let openIsLate = try amount == -lateCredits(withOpen: true)
    let keys = comparison.group.nodes.map(\.key)
    var source = ReasonSource()
    for month in comparison.group.months {
      let (now, then) = lateCredits(of: month, since: invoiceDate)
      source.surplus += now
      guard let then else { continue }
      source.missing += then.charges(of: keys).filter(\.isCredit)
      if !openIsLate { source.missing += then.credits(thatGained: keys) }
    }
    return source
  }
}

import BillingModel
import ExactNumbers

/// The formulas of the table, one a function.
extension ReasonEvidence {
  private var keys: [ChargeNode.Key] { comparison.group.nodes.map(\.key) }
  private var months: [PayerPeriod] { comparison.group.months }

  /// Which invoice a rejected row belongs to is not known. Its cost is explained only where no other
  /// match could have it, or where it is the whole residual of exactly one match.
  func rejectedRows() throws(AmountOverflow) -> Amount? {
    guard !contested.contains(sharedSum(.rejectedRows)) else { return nil }
    let cost = try surroundings.states.rejectedCost(of: months, in: comparison.currency)
    let isOurs = surroundings.isOnlyMatch(comparison) || comparison.isWhole(residual, cost)
    return isOurs ? cost : nil
  }

  func taxOnInvoiceOnly() throws(AmountOverflow) -> Amount? {
    guard let tax = comparison.invoiced.tax else { return nil }
    if comparison.agreedTax.isExclusive { return try agreedTax(within: tax) }
    let isCharged = comparison.charged.taxLineItems > 0 || comparison.agreedTax.isInclusive
    return isCharged ? nil : tax
  }

  /// Where the rates are agreed, the tax is explained as far as they go.
  private func agreedTax(within stated: Amount) throws(AmountOverflow) -> Amount? {
    let stated = try stated - comparison.charged.tax
    let due = try comparison.agreedTax.due()
    if comparison.isWithinTolerance(try stated - due) { return stated }
    guard stated.isNegative == due.isNegative else { return nil }
    return stated.magnitude < due.magnitude ? stated : due
  }

  func restated() throws(AmountOverflow) -> Amount? {
    guard let version = try restatingVersion() else { return nil }
    return try total(with: version) - comparison.charged.total
  }

  /// The newest earlier version that agreed with the documents explains what moved since.
  func restatingVersion() throws(AmountOverflow) -> EarlierVersion? {
    for version in surroundings.versions(of: months) {
      let before = try total(with: version)
      let rest = try comparison.invoiced.total - before
      if comparison.isWithinTolerance(rest), before != comparison.charged.total { return version }
    }
    return nil
  }

  /// The total of the match as it was when this version was booked.
  private func total(with version: EarlierVersion) throws(AmountOverflow) -> Amount {
    let now = comparison.chargedByMonth[version.payerPeriod]?.total ?? .zero
    return try comparison.charged.total - now + version.total(of: keys)
  }

  /// AWS fills in invoice ids line by line. Credits that were there without one may be on the invoice or
  /// not: they are late only where that explains all that is left.
  func lateCredit() throws(AmountOverflow) -> Amount? {
    guard comparison.invoiceDate != nil, comparison.charged.creditLineItems > 0 else { return nil }
    let all = try -lateCredits(withOpen: true)
    if !all.isNegative, comparison.isWhole(residual, all) { return all }
    let late = try lateCredits(withOpen: false)
    return late.isNegative ? -late : nil
  }

  /// Σ of the credits that came after the invoice, and with those that had no id at its date and have one now.
  func lateCredits(withOpen: Bool) throws(AmountOverflow) -> Amount {
    var late = Amount.zero
    guard let invoiceDate = comparison.invoiceDate else { return late }
    for month in months {
      let (now, then) = lateCredits(of: month, since: invoiceDate)
      try late += ChargedSums(now).credit
      guard let then else { continue }
      late = try late - then.credit(of: keys)
      if !withOpen { late = try late - ChargedSums(then.credits(thatGained: keys)).credit }
    }
    return late
  }

  /// All credits of a month and the newest version of the day of the invoice or before, where there is
  /// one with ids; else the credits of days after the invoice, and none.
  func lateCredits(
    of month: PayerPeriod, since invoiceDate: Day
  ) -> (now: [ChargeSummary], then: EarlierVersion?) {
    let credits = comparison.group.nodes.flatMap { node in
      node.charges.filter { $0.isCredit && PayerPeriod($0.key) == month }
    }
    let then = surroundings.versions(of: [month]).first { $0.day <= invoiceDate }
    if let then, then.holds(keys) { return (credits, then) }
    return (credits.filter { $0.key.day.map { $0 > invoiceDate } ?? false }, nil)
  }

  /// Where the charges hold credits, one of them may be this one: then it must be all that is left.
  func creditMemoUnapplied() throws(AmountOverflow) -> Amount? {
    let unapplied = unappliedCredits
    guard !unapplied.isEmpty else { return nil }
    let total = try InvoicedSums(unapplied, in: comparison.currency).total
    let isOurs =
      comparison.charged.creditLineItems == 0 || comparison.isWhole(residual, total)
    return isOurs ? total : nil
  }

  var unappliedCredits: [Invoice] {
    let group = comparison.group
    return group.invoices.filter {
      group.appliedByReference.contains(BilledDocument.name(of: $0))
    }
  }

  /// The same discount as rows on one side and inside the prices on the other moves nothing in the
  /// total: said only where the net totals agree.
  func discountPresentation() throws(AmountOverflow) -> Amount? {
    let isInvoiced = comparison.invoiced.discount != nil
    let isCharged = comparison.charged.discountLineItems > 0
    guard isInvoiced != isCharged, let net = comparison.invoiced.net else { return nil }
    return comparison.isWithinTolerance(try net - comparison.charged.net) ? .zero : nil
  }

  func notFinal() throws(AmountOverflow) -> Amount? {
    guard !contested.contains(sharedSum(.notFinal)) else { return nil }
    let sum = try surroundings.openSum(beside: comparison)
    return comparison.isWhole(residual, sum) ? sum : nil
  }

  func sharedSum(_ reason: DifferenceReason) -> SharedSum {
    SharedSum(
      reason: reason, months: months, currency: comparison.currency,
      issuers: reason == .notFinal ? comparison.group.issuerNames : [])
  }
}

extension ChargeSummary {
  var isCredit: Bool {
    key.chargeType.chargeClass == .credit || key.chargeType.chargeClass == .refund
  }
}

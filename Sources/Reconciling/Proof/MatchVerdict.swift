import BillingModel
import ExactNumbers

/// Decides the result of a match and builds its row.
struct MatchVerdict: Sendable {
  /// Invoices of a month are missing from this day of the next month on.
  let invoicesExpectedBy: Int
  /// The day of the run, as far as one match asks for it.
  let asOf: RunDay
  let states: PeriodStates

  /// The row of a group of charges and documents.
  func match(
    _ comparison: Comparison, _ explanation: Explanations.Explanation
  ) throws(AmountOverflow) -> Match {
    let group = comparison.group
    if let withdrawal = group.withdrawal { return withdrawn(withdrawal, comparison) }
    let (periods, inferred) = group.periods(asOf: asOf)
    let period = periods.last ?? asOf.previousPeriod
    let result = result(of: comparison, in: period, explanation.explained)
    var explanation = explanation
    // A side that is not due yet is no difference to explain.
    if result == .notFinal, !comparison.hasBothSides {
      explanation.unexplained = .zero
      if !comparison.difference.isZero {
        explanation.explained = [ExplainedAmount(.notFinal, comparison.difference)]
      }
    }
    var match = Match(
      billingPeriod: period, id: MatchID.of(group, in: period), invoiceIDs: group.invoiceIDs,
      documents: [], documentKinds: [], issuer: group.issuer,
      billingAccountID: group.billingAccountID, currency: comparison.currency,
      difference: comparison.difference, explained: explanation.explained,
      unexplained: explanation.unexplained, tolerance: comparison.tolerance, result: result,
      lineItems: comparison.charged.lineItems,
      items: try ItemReasons(comparison, explanation).annotated())
    match.periodInferred = inferred
    match.otherPeriods = periods.dropLast()
    match.setDocuments(group.shownDocuments)
    match.takenBack = group.takenBack.map { BilledDocument.name(of: $0.invoice) }.sorted()
    try match.setAmounts(comparison)
    return match
  }

  /// The row of what was taken back: stated, and not counted.
  private func withdrawn(_ withdrawal: Withdrawal, _ comparison: Comparison) -> Match {
    let group = comparison.group
    let (periods, inferred) = group.periods(asOf: asOf)
    let period = periods.last ?? asOf.previousPeriod
    let place = group.invoices.map(\.place).min().map {
      "\($0.file.string.prefix(12)).\($0.record)"
    }
    let stated = withdrawal.isMet && comparison.isInOneCurrency ? comparison.invoiced.total : nil
    var match = Match(
      billingPeriod: period,
      id: Text("\(MatchID.of(group, in: period))/cancelled/\(place ?? "-")"),
      invoiceIDs: [], documents: [], documentKinds: [], issuer: group.issuer,
      billingAccountID: group.billingAccountID, currency: comparison.currency, difference: .zero,
      explained: [], unexplained: .zero, tolerance: .zero, result: .cancelled, lineItems: 0,
      items: [
        MatchItem(
          level: .total, key: "Total", invoiced: stated, charged: nil, difference: .zero,
          reason: withdrawal.isMet
            ? "taken back by its seller" : "takes back a document that is not here")
      ])
    match.periodInferred = inferred
    match.otherPeriods = periods.dropLast()
    match.setDocuments(group.shownDocuments)
    guard withdrawal.isMet, comparison.isInOneCurrency else { return match }
    match.invoicedNet = comparison.invoiced.net
    match.invoicedTax = comparison.invoiced.tax
    match.invoicedTotal = comparison.invoiced.total
    return match
  }

  /// The row of a document that repeats another: stated, and not counted.
  func duplicate(
    _ document: BilledDocument, of original: Match
  ) throws(AmountOverflow) -> Match {
    let invoice = document.invoice
    let currency = invoice.currency.text.isEmpty ? original.currency : invoice.currency
    let stated = try InvoicedSums([invoice], in: currency)
    let name = BilledDocument.name(of: invoice)
    let place = "\(invoice.sha256.string.prefix(12)).\(invoice.index)"
    var match = Match(
      billingPeriod: original.billingPeriod, id: Text("\(original.id)/duplicate/\(name)/\(place)"),
      invoiceIDs: original.invoiceIDs, documents: [], documentKinds: [], issuer: original.issuer,
      billingAccountID: original.billingAccountID, currency: currency, difference: .zero,
      explained: [], unexplained: .zero, tolerance: .zero, result: .duplicateInvoice, lineItems: 0,
      items: [
        MatchItem(
          level: .total, key: "Total", invoiced: stated.total, charged: nil, difference: .zero,
          reason: Text("repeats \(original.documents.map(\.string).joined(separator: "; "))"))
      ])
    match.setDocuments([invoice])
    match.countedTotal = try document.counted.flatMap { counted throws(AmountOverflow) in
      try DocumentAmounts(counted, in: currency)?.total
    }
    match.invoicedNet = stated.net
    match.invoicedTax = stated.tax
    match.invoicedTotal = stated.total
    return match
  }

  // MARK: The result

  private func result(
    of comparison: Comparison, in period: BillingPeriod, _ explained: [ExplainedAmount]
  ) -> MatchResult {
    guard comparison.hasDocuments else { return resultWithoutDocuments(comparison, period) }
    guard comparison.hasCharges else { return resultWithoutCharges(comparison) }
    if comparison.group.months.contains(where: states.unproved.contains) { return .notProved }
    if !comparison.isInOneCurrency { return .discrepant }
    if comparison.difference.isZero { return .matched }
    if comparison.isWithinTolerance(comparison.difference) { return .matchedWithinRounding }
    let isOpen = comparison.group.nodes.contains(where: \.isOpen) && !areInvoicesDue(period)
    return isOpen || explained.contains { $0.reason == .notFinal } ? .notFinal : .discrepant
  }

  private func resultWithoutDocuments(
    _ comparison: Comparison, _ period: BillingPeriod
  ) -> MatchResult {
    let awaitsIDs = comparison.group.nodes.contains(where: \.awaitsInvoiceID)
    return awaitsIDs || !areInvoicesDue(period) ? .notFinal : .missingInvoice
  }

  private func resultWithoutCharges(_ comparison: Comparison) -> MatchResult {
    let payer = comparison.group.billingAccountID
    let periods = comparison.group.periods(asOf: asOf).periods
    func any(_ months: Set<PayerPeriod>) -> Bool {
      periods.contains { PeriodStates.contains(months, payer: payer, period: $0) }
    }
    if any(states.halfFinal) { return .notFinal }
    return any(states.unproved) ? .notProved : .missingCharges
  }

  /// From the day of the following month on which invoices are expected.
  private func areInvoicesDue(_ period: BillingPeriod) -> Bool {
    asOf.isOnOrAfter(period.end.advanced(by: invoicesExpectedBy - 1))
  }
}

extension Match {
  /// Names and kinds side by side, sorted by name.
  fileprivate mutating func setDocuments(_ invoices: [Invoice]) {
    let sorted = invoices.map { (name: BilledDocument.name(of: $0), kind: $0.kind) }
      .sorted { ($0.name, Text($0.kind.rawValue)) < ($1.name, Text($1.kind.rawValue)) }
    documents = sorted.map(\.name)
    documentKinds = sorted.map(\.kind)
    places = Set(invoices.map(\.place)).sorted()
  }

  fileprivate mutating func setAmounts(_ comparison: Comparison) throws(AmountOverflow) {
    if comparison.hasDocuments, comparison.isInOneCurrency {
      invoicedNet = comparison.invoiced.net
      invoicedTax = comparison.invoiced.tax
      invoicedTotal = comparison.invoiced.total
    }
    unconverted = comparison.invoiced.unconverted.sorted {
      ($0.currency, $0.amount) < ($1.currency, $1.amount)
    }
    if comparison.hasCharges {
      chargedNet = try comparison.charged.net
      chargedTax = comparison.charged.tax
      chargedTotal = comparison.charged.total
    }
  }
}

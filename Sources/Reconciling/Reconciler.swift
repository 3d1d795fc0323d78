package import BillingModel
package import ExactNumbers

/// Meets charges with documents: Σ BilledCost of an invoice id must be what its invoice charges.
package struct Reconciler: Sendable {
  /// The day of the run: it tells which invoices are due.
  let asOf: RunDay
  /// Invoices of a month are missing from this day of the next month on (1 to 28).
  package var invoicesExpectedBy = 10
  package var tolerance = Tolerance.standard
  package var toleranceByCurrency: [CurrencyCode: Tolerance] = [:]
  /// Orders that tell whose a document is.
  package var purchaseOrders: [Contract.PurchaseOrder] = []
  /// Rates of sellers whose tax has no rows in the export.
  package var taxRates: [Contract.TaxRate] = []

  package init(asOf: Day) { self.asOf = RunDay(asOf) }

  private var tolerances: Tolerances {
    Tolerances(standard: tolerance, byCurrency: toleranceByCurrency)
  }

  /// What belongs together, before anything is compared.
  func groups(_ nodes: [ChargeNode], _ invoices: [Invoice]) -> [MatchGroup] {
    let selection = DocumentSelection(invoices, chargedIDs: ChargeNode.currencies(of: nodes))
    let links = DocumentLinks(
      nodes: nodes, documents: selection.counted, orders: purchaseOrders, tolerances: tolerances)
    return MatchGroup.all(nodes: nodes, selection: selection, links: links)
  }

  /// Reconciles all periods at hand; one result a billing period, sorted.
  ///
  /// - Parameters:
  ///   - bookings: what is booked, one a payer and period.
  ///   - replaced: older versions of the same months.
  ///   - invoices: every document that ever came. Receipts and refused documents match nothing.
  package func reconcile(
    bookings: [Booking], replaced: [Booking], invoices: [Invoice]
  ) throws(AmountOverflow) -> [Reconciliation] {
    let nodes = ChargeNode.all(of: bookings)
    let groups = groups(nodes, invoices)
    var reconciliations = Reconciliations(periods: bookings.map(\.billingPeriod))
    for proof in try proved(groups, nodes: nodes, bookings: bookings, replaced: replaced) {
      reconciliations.add(proof)
    }
    try reconciliations.foldIssuersWithoutInvoices(
      DocumentedIssuers(invoices: invoices, groups: groups))
    return reconciliations.sorted
  }

  /// Compares the sides of each group, explains the differences and decides the results.
  private func proved(
    _ groups: [MatchGroup], nodes: [ChargeNode], bookings: [Booking], replaced: [Booking]
  ) throws(AmountOverflow) -> [ProvedMatch] {
    var comparisons: [Comparison] = []
    let rates = TaxRates(taxRates)
    for group in groups {
      comparisons.append(try Comparison(group, tolerance: tolerances[group.currency], rates))
    }
    let states = try PeriodStates(bookings, nodes: nodes)
    let explanations = try Explanations(
      comparisons,
      Surroundings(states: states, nodes: nodes, replaced: replaced, comparisons: comparisons))
    var proofs: [ProvedMatch] = []
    for (comparison, explanation) in zip(comparisons, explanations.all) {
      let verdict = MatchVerdict(
        invoicesExpectedBy: invoicesExpectedBy, asOf: asOf.anew, states: states)
      let match = try verdict.match(comparison, explanation)
      proofs.append(ProvedMatch(match: match, span: verdict.asOf.span))
      for duplicate in comparison.group.duplicates {
        proofs.append(
          ProvedMatch(match: try verdict.duplicate(duplicate, of: match), span: .always))
      }
    }
    return proofs.withUniqueIDs()
  }
}

extension Reconciler {
  /// Every match of all periods at hand, without its proof.
  ///
  /// - Parameters:
  ///   - bookings: what is booked; of their charges only payer, period, currency, invoice id, issuer and
  ///     the sum count, so that one charge for each of these is enough.
  ///   - invoices: every document that ever came.
  package func outlines(bookings: [Booking], invoices: [Invoice]) -> [MatchOutline] {
    let nodes = ChargeNode.all(of: bookings)
    let groups = groups(nodes, invoices)
    let documented = DocumentedIssuers(invoices: invoices, groups: groups)
    return groups.map { group in
      let (periods, _) = group.periods(asOf: asOf)
      return MatchOutline(
        periods: periods,
        parts: group.parts + [documented.contains(group.issuer) ? "documented" : "undocumented"],
        documents: group.documentNames)
    }
  }
}

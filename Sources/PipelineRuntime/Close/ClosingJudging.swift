import BillingModel
import ExactNumbers
import Normalizing

/// What closing a period looks at, beside findings: what moved, what is open, what is expected, and
/// whether it may be signed off.
struct ClosingJudging {
  private let facts: PeriodFacts
  private let book: LoadedBook
  private let records: ClosingRecords
  private let attributor: Attributor
  private let definition: Definition
  /// All matches that hold a part of the period, also those shown in a later one.
  private let matches: [Match]

  init(
    _ facts: PeriodFacts, _ book: LoadedBook, _ records: ClosingRecords, _ attributor: Attributor,
    _ reconciliations: [BillingPeriod: Reconciliation], _ definition: Definition
  ) {
    self.facts = facts
    self.book = book
    self.records = records
    self.attributor = attributor
    self.definition = definition
    let period = facts.billingPeriod
    let later = reconciliations.filter { $0.key != period }.flatMap(\.value.matches)
      .filter { $0.otherPeriods.contains(period) }
    matches = facts.reconciliation.matches + later.sorted { $0.id < $1.id }
  }

  // MARK: What moved

  /// Since the version before of each payer, and since the period was signed off.
  func restatement() throws(AmountOverflow) -> [RestatementRow] {
    var rows: [RestatementRow] = []
    for before in book.previous where before.billingPeriod == facts.billingPeriod {
      guard
        let booking = facts.bookings.first(where: {
          $0.billingAccountID == before.billingAccountID
        })
      else { continue }
      let versions = try PeriodState.versions(before, booking)
      rows += try comparison(.delivery, versions.before, versions.after).rows()
    }
    if let signed = records.states[facts.billingPeriod] {
      let now = try PeriodState(facts.bookings, matches: facts.reconciliation.matches)
      rows += try comparison(.signOff, signed, now).rows()
    }
    return rows
  }

  private func comparison(
    _ since: RestatementBase, _ before: PeriodState, _ after: PeriodState
  ) -> StateComparison {
    StateComparison(since: since, before: before, after: after, attributor: attributor)
  }

  // MARK: What is open

  /// Each with the day of the night that showed it first.
  func openItems() -> [OpenItem] {
    let known = Dictionary(
      (records.openItems[facts.billingPeriod] ?? []).map { ($0.matchID, $0.openSince) },
      uniquingKeysWith: { first, _ in first })
    let reconciliation = facts.reconciliation
    let items =
      reconciliation.matches.filter { !$0.result.isSettled }.map {
        OpenItem($0, openSince: known[$0.id] ?? facts.asOf.dayToRecord)
      }
      + reconciliation.issuersWithoutInvoices.map { entry in
        let id = OpenItem.id(of: entry, in: facts.billingPeriod)
        return OpenItem(
          entry, in: facts.billingPeriod, openSince: known[id] ?? facts.asOf.dayToRecord)
      }
    return items.sorted(by: OpenItem.precedes)
  }

  func aged(_ items: [OpenItem]) -> [AgedItem] {
    items.map { AgedItem(item: $0, age: AgeBand.of($0.openSince, asOf: facts.asOf)) }
  }

  // MARK: What is expected

  func expectedInvoices() throws(AmountOverflow) -> [ExpectedInvoice] {
    let list = try ExpectedInvoiceList(
      facts, matches: matches, invoicesExpectedBy: definition.reconcile.invoicesExpectedBy)
    return list.invoices(silent: chargedBefore)
  }

  /// Issuers of the contract with an invoice in the month before.
  private var chargedBefore: Set<ChargedIssuer> {
    guard let issuers = facts.contract.invoiceIssuers else { return [] }
    var found: [ChargedIssuer: CurrencyCode] = [:]
    for booking in book.booked where booking.billingPeriod == facts.billingPeriod.previous {
      for charge in booking.contents.charges
      where !charge.key.invoiceID.isEmpty && issuers.contains(charge.key.invoiceIssuer) {
        let issuer = ChargedIssuer(
          billingAccountID: charge.key.billingAccountID, issuer: charge.key.invoiceIssuer)
        found[issuer] = min(found[issuer] ?? charge.key.currency, charge.key.currency)
      }
    }
    return Set(
      found.map { issuer, currency in
        ChargedIssuer(
          billingAccountID: issuer.billingAccountID, issuer: issuer.issuer, currency: currency)
      })
  }

  // MARK: Whether it may be closed

  func verdict() throws(AmountOverflow) -> ClosingVerdict {
    try ClosingVerdict(facts, matches: matches, unexplained: definition.close.unexplained)
  }
}

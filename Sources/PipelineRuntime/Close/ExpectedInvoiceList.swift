import BillingModel
import ExactNumbers

/// Which invoices the charges of a period let expect: one for each invoice id, one for the usage of
/// an issuer whose rows name none yet, and one for each issuer of the contract that has gone
/// silent.
///
/// AWS gives one invoice for the usage of a month for each invoicing entity, one for each
/// Marketplace seller, one for each upfront purchase and a credit memo for each refund (AWS
/// Invoices FAQ).
struct ExpectedInvoiceList {
  private struct Key: Hashable {
    var billingAccountID: Text
    var issuer: Text
    var currency: CurrencyCode
    var invoiceID: Text
  }

  private struct Sum {
    var charged = Amount.zero
    var billTypes: Set<Text> = []
    /// True while the export may still fill in an invoice id.
    var awaitsID = false
  }

  private let period: BillingPeriod
  private let asOf: RunDay
  /// From this day on an invoice is missing.
  private let due: Day
  private let matches: [Match]
  private var sums: [Key: Sum] = [:]

  /// - Parameter matches: All that hold a part of the period, also those shown in a later one.
  init(
    _ facts: PeriodFacts, matches: [Match], invoicesExpectedBy: Int
  ) throws(AmountOverflow) {
    period = facts.billingPeriod
    asOf = facts.asOf
    due = period.end.advanced(by: invoicesExpectedBy - 1)
    self.matches = matches.filter { $0.result != .duplicateInvoice }
    for booking in facts.bookings {
      for charge in booking.contents.charges {
        let key = Key(
          billingAccountID: charge.key.billingAccountID, issuer: charge.key.invoiceIssuer,
          currency: charge.key.currency, invoiceID: charge.key.invoiceID)
        try sums[key, default: Sum()].charged += charge.billedCost
        if !charge.key.billType.isEmpty { sums[key]?.billTypes.insert(charge.key.billType) }
        if key.invoiceID.isEmpty, booking.format != .focus10 { sums[key]?.awaitsID = true }
      }
    }
  }

  /// - Parameters:
  ///   - silent: Issuers of the contract, as they were charged a month earlier.
  func invoices(silent: Set<ChargedIssuer>) -> [ExpectedInvoice] {
    let charged = Set(
      sums.keys.map { ChargedIssuer(billingAccountID: $0.billingAccountID, issuer: $0.issuer) })
    return
      (sums.map { invoice($0.key, $0.value) }
      + silent.filter { issuer in
        !charged.contains {
          $0.billingAccountID == issuer.billingAccountID && $0.issuer == issuer.issuer
        }
      }.map(silentInvoice)).sorted(by: ExpectedInvoice.precedes)
  }

  private func invoice(_ key: Key, _ sum: Sum) -> ExpectedInvoice {
    let documents = documents(of: key)
    let status: ExpectedStatus =
      if !documents.isEmpty { .arrived } else if sum.awaitsID || asOf.isBefore(due) {
        .awaited
      } else { .overdue }
    let billTypes = key.invoiceID.isEmpty ? ["Anniversary"] : sum.billTypes.sorted()
    var invoice = ExpectedInvoice(
      billingAccountID: key.billingAccountID, issuer: key.issuer,
      billType: Text(billTypes.map(\.string).joined(separator: ";")), invoiceID: key.invoiceID,
      currency: key.currency, charged: sum.charged, expectedBy: due.advanced(by: -1),
      status: status)
    invoice.documents = documents
    return invoice
  }

  private func documents(of key: Key) -> [Text] {
    let own = matches.filter { match in
      guard match.billingAccountID == key.billingAccountID, match.currency == key.currency
      else { return false }
      guard key.invoiceID.isEmpty else { return match.invoiceIDs.contains(key.invoiceID) }
      return match.invoiceIDs.isEmpty && match.chargedTotal != nil && match.issuer == key.issuer
    }
    return Set(own.flatMap(\.documents)).sorted()
  }

  private func silentInvoice(_ issuer: ChargedIssuer) -> ExpectedInvoice {
    let documents = matches.filter {
      $0.chargedTotal == nil && $0.billingAccountID == issuer.billingAccountID
        && $0.issuer == issuer.issuer
    }.flatMap(\.documents)
    var invoice = ExpectedInvoice(
      billingAccountID: issuer.billingAccountID, issuer: issuer.issuer, billType: "Anniversary",
      invoiceID: "", currency: issuer.currency, charged: .zero,
      expectedBy: due.advanced(by: -1), status: .noneCharged)
    invoice.documents = Set(documents).sorted()
    return invoice
  }
}

/// An issuer that charged a payer.
struct ChargedIssuer: Hashable {
  var billingAccountID: Text
  var issuer: Text
  /// Of the first of its invoices by bytes.
  var currency: CurrencyCode = ""
}

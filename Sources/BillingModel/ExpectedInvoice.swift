package import ExactNumbers

/// Where an expected invoice stands.
package enum ExpectedStatus: String, Sendable, Hashable, CaseIterable {
  case arrived, awaited, overdue
  /// An issuer of the contract that charged the payer a month earlier, and nothing in this one.
  case noneCharged = "none charged"
}

/// An invoice that the charges of a period let expect, or that an issuer of the contract should
/// have caused: a row of `expected-invoices.csv`.
package struct ExpectedInvoice: Hashable, Sendable {
  package var billingAccountID: Text
  package var issuer: Text
  /// In the export's words; `Anniversary`, the usage of a month, for rows that name no invoice yet.
  package var billType: Text
  /// Empty while no row names it.
  package var invoiceID: Text
  package var currency: CurrencyCode
  package var charged: Amount
  /// The last day on which it is in time.
  package var expectedBy: Day
  package var status: ExpectedStatus
  package var documents: [Text] = []

  package init(
    billingAccountID: Text, issuer: Text, billType: Text, invoiceID: Text,
    currency: CurrencyCode, charged: Amount, expectedBy: Day, status: ExpectedStatus
  ) {
    self.billingAccountID = billingAccountID
    self.issuer = issuer
    self.billType = billType
    self.invoiceID = invoiceID
    self.currency = currency
    self.charged = charged
    self.expectedBy = expectedBy
    self.status = status
  }

  package static func precedes(_ a: ExpectedInvoice, _ b: ExpectedInvoice) -> Bool {
    a.order.lexicographicallyPrecedes(b.order)
  }

  private var order: [Text] {
    [billingAccountID, issuer, billType, invoiceID, currency.text]
  }
}

package import ExactNumbers

/// How a match came out.
package enum MatchResult: String, Sendable, Hashable, CaseIterable, Codable {
  case matched = "Matched"
  case matchedWithinRounding = "MatchedWithinRounding"
  case discrepant = "Discrepant"
  case missingInvoice = "MissingInvoice"
  case missingCharges = "MissingCharges"
  case notFinal = "NotFinal"
  case notProved = "NotProved"
  case duplicateInvoice = "DuplicateInvoice"
  case cancelled = "Cancelled"
}

/// The level at which invoiced and charged amounts are compared; each sums to the one above.
package enum ReconciliationLevel: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
  case total = "Total"
  case category = "Category"
  case service = "Service"
  case subAccount = "SubAccount"

  package static func < (a: ReconciliationLevel, b: ReconciliationLevel) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// Why invoice and charges differ. A reason explains an amount only if a formula gives that amount
/// from data at hand; else it is a hint, and explains 0.
package enum DifferenceReason: String, Sendable, Hashable, CaseIterable, Codable {
  case rejectedRows = "RejectedRows"
  case taxOnInvoiceOnly = "TaxOnInvoiceOnly"
  case restated = "Restated"
  case lateCredit = "LateCredit"
  case creditMemoUnapplied = "CreditMemoUnapplied"
  case dataTransferPresentation = "DataTransferPresentation"
  case discountPresentation = "DiscountPresentation"
  case currencyConversion = "CurrencyConversion"
  case rounding = "Rounding"
  case notFinal = "NotFinal"
  case unexplained = "Unexplained"
}

/// A reason with the amount that its formula gave.
package struct ExplainedAmount: Hashable, Sendable, Codable {
  package var reason: DifferenceReason
  /// 0 for a hint.
  package var amount: Amount

  package init(_ reason: DifferenceReason, _ amount: Amount) {
    self.reason = reason
    self.amount = amount
  }
}

/// One side by side comparison inside a match: a row of `reconciliation-items.csv`.
package struct MatchItem: Hashable, Sendable, Codable {
  package var level: ReconciliationLevel
  package var key: Text
  package var invoiced: Amount?
  package var charged: Amount?
  package var difference: Amount
  package var reason: Text

  package init(
    level: ReconciliationLevel, key: Text, invoiced: Amount?, charged: Amount?,
    difference: Amount, reason: Text
  ) {
    self.level = level
    self.key = key
    self.invoiced = invoiced
    self.charged = charged
    self.difference = difference
    self.reason = reason
  }
}

/// A connected set of AWS invoice ids and documents: a row of `reconciliation.csv`.
package struct Match: Hashable, Sendable, Codable {
  package var billingPeriod: BillingPeriod
  /// True where the period was inferred from the issue date of a document without charges.
  package var periodInferred = false
  /// Other periods that hold a part of this match.
  package var otherPeriods: [BillingPeriod] = []
  /// Stable: made of period, payer, issuer, currency and invoice ids.
  package var id: Text
  package var invoiceIDs: [Text]
  /// `dialect:number` of each document, sorted.
  package var documents: [Text]
  package var documentKinds: [DocumentKind]
  /// Where the documents lie, sorted: a number may name a document that counts and one that does not.
  package var places: [Place] = []
  /// Documents of these charges that their seller took back, `dialect:number`, sorted.
  package var takenBack: [Text] = []
  package var issuer: Text
  package var billingAccountID: Text
  package var currency: CurrencyCode
  package var invoicedNet: Amount?
  package var invoicedTax: Amount?
  package var invoicedTotal: Amount?
  /// What documents state in another currency, where they say nothing in this one: not compared.
  package var unconverted: [Money] = []
  /// Of a duplicate: what the document that counts states, where it can be told in this currency.
  package var countedTotal: Amount?
  package var chargedNet: Amount?
  package var chargedTax: Amount?
  package var chargedTotal: Amount?
  /// Invoiced − charged.
  package var difference: Amount
  package var explained: [ExplainedAmount]
  package var unexplained: Amount
  package var tolerance: Amount
  package var result: MatchResult
  package var lineItems: Int
  package var items: [MatchItem]

  package init(
    billingPeriod: BillingPeriod, id: Text, invoiceIDs: [Text], documents: [Text],
    documentKinds: [DocumentKind], issuer: Text, billingAccountID: Text, currency: CurrencyCode,
    difference: Amount, explained: [ExplainedAmount], unexplained: Amount, tolerance: Amount,
    result: MatchResult, lineItems: Int, items: [MatchItem]
  ) {
    self.billingPeriod = billingPeriod
    self.id = id
    self.invoiceIDs = invoiceIDs
    self.documents = documents
    self.documentKinds = documentKinds
    self.issuer = issuer
    self.billingAccountID = billingAccountID
    self.currency = currency
    self.difference = difference
    self.explained = explained
    self.unexplained = unexplained
    self.tolerance = tolerance
    self.result = result
    self.lineItems = lineItems
    self.items = items
  }
}

extension Match {
  /// The first level, from the total down, at which the sides differ by more than the tolerance.
  package var firstDifference: ReconciliationLevel? {
    items.filter { $0.difference.magnitude > tolerance }.map(\.level).min()
  }
}

/// All matches of a billing period, and the issuers for which no document of any kind ever came.
package struct Reconciliation: Hashable, Sendable, Codable {
  package var billingPeriod: BillingPeriod
  package var matches: [Match] = []
  package var issuersWithoutInvoices: [IssuerWithoutInvoices] = []
  /// The ids of matches that hold a part of this period and are shown in a later one.
  package var shownLater: [Text] = []
  /// The days of the run on which all this is so.
  package var span = DaySpan.always

  package init(billingPeriod: BillingPeriod) { self.billingPeriod = billingPeriod }
}

/// An issuer whose charges cannot be reconciled since no document of it ever came.
package struct IssuerWithoutInvoices: Hashable, Sendable, Codable {
  package var issuer: Text
  package var billingAccountID: Text
  package var currency: CurrencyCode
  package var charged: Amount

  package init(issuer: Text, billingAccountID: Text, currency: CurrencyCode, charged: Amount) {
    self.issuer = issuer
    self.billingAccountID = billingAccountID
    self.currency = currency
    self.charged = charged
  }
}

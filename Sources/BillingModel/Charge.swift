package import ExactNumbers

/// What the line items of one ``ChargeSummary`` have in common.
package struct ChargeKey: Hashable, Sendable, Codable {
  /// The payer: CUR `bill/PayerAccountId`, FOCUS `BillingAccountId`.
  package var billingAccountID: Text
  package var billingPeriod: BillingPeriod
  /// Empty while the line has no invoice yet, and in exports without the column (FOCUS 1.0).
  package var invoiceID: Text
  /// Who issues the invoice: CUR `bill/InvoicingEntity`, FOCUS `InvoiceIssuerName`.
  package var invoiceIssuer: Text
  package var billingEntity: Text
  /// The seller of record: CUR `lineItem/LegalEntity`, FOCUS `PublisherName`.
  package var legalEntity: Text
  package var billType: Text
  package var chargeType: ChargeType
  package var currency: CurrencyCode
  package var subAccountID: Text
  package var subAccountName: Text
  /// CUR `product/ProductName`, FOCUS `ServiceName`; the product code where there is no name.
  package var serviceName: Text
  package var productCode: Text
  /// Data transfer is its own service on an AWS invoice and a usage type of each service in CUR.
  package var isDataTransfer: Bool
  /// The day of `UsageStartDate` / `ChargePeriodStart`; absent where that is unreadable.
  package var day: Day?

  package init(
    billingAccountID: Text, billingPeriod: BillingPeriod, invoiceID: Text, invoiceIssuer: Text,
    billingEntity: Text, legalEntity: Text, billType: Text, chargeType: ChargeType,
    currency: CurrencyCode, subAccountID: Text, subAccountName: Text, serviceName: Text,
    productCode: Text, isDataTransfer: Bool, day: Day?
  ) {
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
    self.invoiceID = invoiceID
    self.invoiceIssuer = invoiceIssuer
    self.billingEntity = billingEntity
    self.legalEntity = legalEntity
    self.billType = billType
    self.chargeType = chargeType
    self.currency = currency
    self.subAccountID = subAccountID
    self.subAccountName = subAccountName
    self.serviceName = serviceName
    self.productCode = productCode
    self.isDataTransfer = isDataTransfer
    self.day = day
  }
}

/// The cost of a group of line items, under both readings.
package struct CostSums: Hashable, Sendable, Codable {
  /// Σ `UnblendedCost` (FOCUS: `BilledCost`). Split cost allocation rows add 0.
  package var unblended: Amount
  /// Σ `NetUnblendedCost`; a row that does not state it adds its `UnblendedCost`.
  package var netUnblended: Amount
  /// How many rows state `NetUnblendedCost`; those of split cost allocation count as if they did.
  package var netRows: Int
  package var lineItems: Int

  /// Without a net cost, no row states one.
  package init(unblended: Amount, netUnblended: Amount? = nil, netRows: Int = 0, lineItems: Int) {
    self.unblended = unblended
    self.netUnblended = netUnblended ?? unblended
    self.netRows = netRows
    self.lineItems = lineItems
  }

  package mutating func add(_ other: CostSums) throws(AmountOverflow) {
    try unblended += other.unblended
    try netUnblended += other.netUnblended
    netRows += other.netRows
    lineItems += other.lineItems
  }
}

/// Exact sums of the line items that share a ``ChargeKey``.
package struct ChargeSummary: Hashable, Sendable, Codable {
  package var key: ChargeKey
  package var sums: CostSums
  /// The cost that the invoice must show: which of the two readings, is decided for the whole group
  /// payer × InvoiceId (see ``ChargeBook``).
  package var billedCost: Amount

  package init(key: ChargeKey, sums: CostSums, billedCost: Amount) {
    self.key = key
    self.sums = sums
    self.billedCost = billedCost
  }
}

/// Exact sums of the line items that carry one set of tags, for tag coverage and owners.
package struct AllocationSummary: Hashable, Sendable, Codable {
  package var billingAccountID: Text
  package var billingPeriod: BillingPeriod
  package var invoiceID: Text
  package var currency: CurrencyCode
  package var chargeType: ChargeType
  package var subAccountID: Text
  package var serviceName: Text
  package var tags: TagSet
  package var sums: CostSums
  package var billedCost: Amount
  /// The days of the billing period that its charge periods cover, none where they lie outside; absent where no row
  /// says so, or it was booked before they were kept.
  package var days: DaysOfMonth?

  package init(
    billingAccountID: Text, billingPeriod: BillingPeriod, invoiceID: Text, currency: CurrencyCode,
    chargeType: ChargeType, subAccountID: Text, serviceName: Text, tags: TagSet, sums: CostSums,
    billedCost: Amount
  ) {
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
    self.invoiceID = invoiceID
    self.currency = currency
    self.chargeType = chargeType
    self.subAccountID = subAccountID
    self.serviceName = serviceName
    self.tags = tags
    self.sums = sums
    self.billedCost = billedCost
  }
}

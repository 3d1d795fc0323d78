/// A field of a line item, by the name that `summarize --by` and the documents use: FOCUS's where
/// FOCUS has one, else CUR's.
///
/// A dictionary by field is stored as an object under these names, not as an array in the order of a
/// hash table.
package enum Field: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
  case lineItemID = "LineItemId"
  case timeInterval = "TimeInterval"
  case invoiceID = "InvoiceId"
  case invoiceIssuer = "InvoiceIssuerName"
  case billingEntity = "BillingEntity"
  case legalEntity = "LegalEntity"
  case billType = "BillType"
  case billingAccountID = "BillingAccountId"
  case billingPeriodStart = "BillingPeriodStart"
  case subAccountID = "SubAccountId"
  case subAccountName = "SubAccountName"
  case lineItemType = "LineItemType"
  /// FOCUS: `Correction` where a row corrects one that an invoice held already.
  case chargeClass = "ChargeClass"
  case chargePeriodStart = "ChargePeriodStart"
  case chargePeriodEnd = "ChargePeriodEnd"
  case productCode = "ProductCode"
  case serviceName = "ServiceName"
  case usageType = "UsageType"
  case operation = "Operation"
  case availabilityZone = "AvailabilityZone"
  case regionID = "RegionId"
  case resourceID = "ResourceId"
  case consumedQuantity = "ConsumedQuantity"
  case pricingUnit = "PricingUnit"
  case billingCurrency = "BillingCurrency"
  case pricingCurrency = "PricingCurrency"
  case unblendedRate = "UnblendedRate"
  case unblendedCost = "UnblendedCost"
  case netUnblendedCost = "NetUnblendedCost"
  case publicOnDemandRate = "PublicOnDemandRate"
  case publicOnDemandCost = "PublicOnDemandCost"
  /// All discounts of a row, where they stand in columns.
  case totalDiscount = "TotalDiscount"
  case chargeDescription = "ChargeDescription"
  case taxType = "TaxType"
  case skuID = "SkuId"
  case savingsPlanARN = "SavingsPlanArn"
  case reservationARN = "ReservationArn"
  case reservationCount = "NumberOfReservations"
  case reservationUnusedQuantity = "ReservationUnusedQuantity"
  case reservationUnusedFee = "ReservationUnusedRecurringFee"
  case savingsPlanCommitment = "SavingsPlanTotalCommitment"
  case savingsPlanUsed = "SavingsPlanUsedCommitment"
  /// The term of a reservation or a savings plan.
  case commitmentStart = "CommitmentStart"
  case commitmentEnd = "CommitmentEnd"
  case splitParentResourceID = "SplitParentResourceId"
  /// What a row of split cost allocation was given of its parent's cost, and what of the rest that nobody used.
  case splitCost = "SplitCost"
  case splitUnusedCost = "SplitUnusedCost"
  /// The resource whose cost is split: the parent of such a row, else the row's own.
  case splitResourceID = "SplitResourceId"
  /// What usage under a commitment costs once its fee is spread over it.
  case reservationEffectiveCost = "ReservationEffectiveCost"
  case savingsPlanEffectiveCost = "SavingsPlanEffectiveCost"
  case tags = "Tags"
}

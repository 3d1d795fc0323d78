package import ExactNumbers

/// Exact sums of the line items of one price in one account and region over a billing period.
package struct PriceSummary: Hashable, Sendable, Codable {
  package var billingAccountID: Text
  package var billingPeriod: BillingPeriod
  package var currency: CurrencyCode
  package var chargeType: ChargeType
  package var subAccountID: Text
  package var serviceName: Text
  package var productCode: Text
  package var usageType: Text
  package var regionID: Text
  package var pricingUnit: Text
  package var skuID: Text
  /// What one unit costs; absent where the export states none, for types other than `Usage`, and for
  /// spot instances, whose rate moves by the hour.
  package var rate: Amount?
  package var sums: CostSums

  package init(
    billingAccountID: Text, billingPeriod: BillingPeriod, currency: CurrencyCode,
    chargeType: ChargeType, subAccountID: Text, serviceName: Text, productCode: Text,
    usageType: Text, regionID: Text, pricingUnit: Text, skuID: Text, rate: Amount?,
    sums: CostSums
  ) {
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
    self.currency = currency
    self.chargeType = chargeType
    self.subAccountID = subAccountID
    self.serviceName = serviceName
    self.productCode = productCode
    self.usageType = usageType
    self.regionID = regionID
    self.pricingUnit = pricingUnit
    self.skuID = skuID
    self.rate = rate
    self.sums = sums
  }

  /// All that tells two summaries apart, in a fixed order.
  package var parts: [Text] {
    [
      billingAccountID, Text(billingPeriod.description), currency.text, chargeType.text,
      subAccountID, serviceName, productCode, usageType, regionID, pricingUnit, skuID,
      Text(rate?.description ?? ""),
    ]
  }
}

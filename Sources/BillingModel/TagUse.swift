package import ExactNumbers

/// What the line items of one account's service that one spelling of a tag's value covers cost: what rules about tags
/// judge. Usage only, since nobody can tag tax, fees and credits.
package struct TagUse: Hashable, Sendable {
  package var billingAccountID: Text
  package var billingPeriod: BillingPeriod
  package var currency: CurrencyCode
  package var subAccountID: Text
  package var serviceName: Text
  package var dimension: Dimension
  /// Empty where no tag says anything.
  package var value: Text
  /// The value as it was typed.
  package var spelling: Text
  /// The rules list values for the dimension, and not this one.
  package var isUnlisted: Bool
  package var lineItems: Int
  /// Σ |billed cost|
  package var gross: Amount
  /// The days of the usage; absent where they were not kept yet.
  package var days: DaysOfMonth?

  package init(
    billingAccountID: Text, billingPeriod: BillingPeriod, currency: CurrencyCode,
    subAccountID: Text, serviceName: Text, dimension: Dimension, value: Text, spelling: Text,
    isUnlisted: Bool,
    lineItems: Int, gross: Amount, days: DaysOfMonth?
  ) {
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
    self.currency = currency
    self.subAccountID = subAccountID
    self.serviceName = serviceName
    self.dimension = dimension
    self.value = value
    self.spelling = spelling
    self.isUnlisted = isUnlisted
    self.lineItems = lineItems
    self.gross = gross
    self.days = days
  }
}

import BillingModel

/// Sets of `LineItemType` that screens compare with. FOCUS says `Usage` for all kinds of usage.
enum LineItemTypes {
  /// Usage that is metered, at whatever price.
  static let metered: [Text] = ["Usage", "DiscountedUsage", "SavingsPlanCoveredUsage"]
  /// What is paid hour by hour for a commitment, used or not.
  static let commitmentFees: [Text] = ["RIFee", "SavingsPlanRecurringFee"]
  /// Types whose cost is below zero, or may be.
  static let mayBeNegative: [Text] = [
    "Adjustment", "BundledDiscount", "Credit", "Discount", "EdpDiscount", "PrivateRateDiscount",
    "Refund", "RiVolumeDiscount", "SavingsPlanNegation", "SppDiscount", "Tax",
  ]
}

extension Condition {
  /// FOCUS writes a refund as negative usage or a negative purchase of the class `Correction`.
  static let isNoCorrection = anyOf([
    .isAbsent(.chargeClass), .isNoneOf(.chargeClass, ["Correction"]),
  ])
}

extension Field {
  /// What every evidence row carries, to say where, when and whose.
  static let evidence: [Field] = [
    .lineItemID, .chargePeriodStart, .chargePeriodEnd, .regionID, .tags,
  ]
}

import BillingModel
import Testing

@Suite struct ChargeTypeTests {
  /// `lineItem/LineItemType` of the AWS CUR user guide, and FOCUS 1.2's `ChargeCategory`.
  @Test(
    arguments: [
      ("Usage", .usage), ("DiscountedUsage", .usage), ("SavingsPlanCoveredUsage", .usage),
      ("SavingsPlanNegation", .usage), ("Fee", .purchase), ("RIFee", .purchase),
      ("SavingsPlanUpfrontFee", .purchase), ("SavingsPlanRecurringFee", .purchase),
      ("Purchase", .purchase), ("Tax", .tax), ("Credit", .credit), ("Refund", .refund),
      ("Adjustment", .adjustment), ("EdpDiscount", .discount), ("PrivateRateDiscount", .discount),
      ("BundledDiscount", .discount), ("RiVolumeDiscount", .discount), ("SppDiscount", .discount),
      ("Discount", .discount), ("SomeFutureDiscount", .discount),
    ] as [(ChargeType, ChargeClass)])
  func `a known type has its class`(type: ChargeType, expected: ChargeClass) {
    #expect(type.chargeClass == expected)
  }

  @Test(
    arguments: ["", "usage", "TAX", "Tax ", "Discounted", "DiscountX", "Support"] as [ChargeType])
  func `a type that no table knows is other`(type: ChargeType) {
    #expect(type.chargeClass == .other)
  }
}

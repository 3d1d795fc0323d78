import BillingModel
import ExactNumbers
import Tabulating

/// The query of a pass over exports: slots are the fields, in their order.
enum ExportQuery {
  /// Numbers of the derivations.
  enum Reading {
    static let instant = 0
    static let day = 1
    static let period = 2
    static let transfer = 3
    static let currency = 4
    static let periodHours = 5
    static let intervalStart = 6
    static let intervalEnd = 7
    static let isGrain = 8
    static let isHour = 9
    static let lastDay = 10
    static let firstDayOfMonth = 11
    static let isLong = 12
  }

  static let derivations: [Derivation] = [
    { Moment(bytes: $0)?.seconds },
    { Moment(bytes: $0)?.day.number },
    { Moment(bytes: $0)?.day.period.index },
    { DataTransfer.isUsageType(Text(decoding: $0)) ? 1 : 0 },
    { CurrencyCode(Text(decoding: $0)).isWellFormed ? 1 : nil },
    { Moment(bytes: $0)?.day.period.hourCount },
    { Interval(bytes: $0)?.start.seconds },
    { Interval(bytes: $0)?.end.seconds },
    { Interval(bytes: $0).map { $0.isGrain ? 1 : 0 } },
    { Interval(bytes: $0).map { $0.isHour ? 1 : 0 } },
    // The end of a charge period is exclusive: midnight belongs to the day before.
    { Moment(bytes: $0).map { Moment(seconds: $0.seconds - 1).day.number } },
    { Moment(bytes: $0)?.day.period.firstDay.number },
    { Interval(bytes: $0).map { $0.isLong ? 1 : 0 } },
  ]

  static let period = KeyPart.derived(Field.billingPeriodStart.slot, by: Reading.period)
  static let day = KeyPart.derived(Field.chargePeriodStart.slot, by: Reading.day)

  /// In the order of ``ChargeKey``.
  static let chargeKey: [KeyPart] = [
    .text(Field.billingAccountID.slot), period, .text(Field.invoiceID.slot),
    .text(Field.invoiceIssuer.slot), .text(Field.billingEntity.slot),
    .text(Field.legalEntity.slot), .text(Field.billType.slot), .text(Field.lineItemType.slot),
    .text(Field.billingCurrency.slot), .text(Field.subAccountID.slot),
    .text(Field.subAccountName.slot), .text(Field.serviceName.slot),
    .text(Field.productCode.slot), .derived(Field.usageType.slot, by: Reading.transfer), day,
  ]

  /// Charges by region, usage type and unit: groups of one charge lie side by side.
  static let usageKey: [KeyPart] =
    chargeKey + [
      .text(Field.regionID.slot), .text(Field.usageType.slot), .text(Field.pricingUnit.slot),
    ]

  /// In the order of ``AllocationSummary``.
  static let allocationKey: [KeyPart] = [
    .text(Field.billingAccountID.slot), period, .text(Field.invoiceID.slot),
    .text(Field.billingCurrency.slot), .text(Field.lineItemType.slot),
    .text(Field.subAccountID.slot), .text(Field.serviceName.slot), .raw(by: 0),
  ]

  /// In the order of ``PriceSummary``.
  static let priceKey: [KeyPart] = [
    .text(Field.billingAccountID.slot), period, .text(Field.billingCurrency.slot),
    .text(Field.lineItemType.slot), .text(Field.subAccountID.slot),
    .text(Field.serviceName.slot), .text(Field.productCode.slot), .text(Field.usageType.slot),
    .text(Field.regionID.slot), .text(Field.pricingUnit.slot), .text(Field.skuID.slot),
    .text(Field.unblendedRate.slot),
  ]

  /// The days of the billing period that rows cover.
  static func days(ofGrouping grouping: Int) -> TableMarks {
    TableMarks(
      grouping: grouping,
      from: SlotReading(Field.chargePeriodStart.slot, by: Reading.day),
      to: SlotReading(Field.chargePeriodEnd.slot, by: Reading.lastDay),
      origin: SlotReading(Field.billingPeriodStart.slot, by: Reading.firstDayOfMonth))
  }

  /// Rows whose tags are spelled or quoted in another way may carry the same tags.
  static let tagReading: RawReading = { signature, record in
    TagRecord.tags(record, signature).joined
  }

  /// Rows of split cost allocation repeat the money of their parent.
  static let splitRows: [RowTest] = [
    .isOneOf(Field.operation.slot, [Array("EKSPod-EC2".utf8), Array("ECSTask-EC2".utf8)]),
    .isPresent(Field.splitParentResourceID.slot),
  ]

  static func query(
    slots: Int = Field.allCases.count, sums: [Int], groupings: [[KeyPart]],
    rawReadings: [RawReading] = [tagReading], screens: [Screen]
  ) -> TableQuery {
    TableQuery(
      slots: slots, derivations: derivations, amount: Field.unblendedCost.slot,
      unit: (Field.billingCurrency.slot, Reading.currency),
      required: [(Field.billingPeriodStart.slot, Reading.period)], zeroed: splitRows, sums: sums,
      orAmount: Field.netUnblendedCost.slot, groupings: groupings, rawReadings: rawReadings,
      spelling: { Array(Text(decoding: $0).string.utf8) },
      partition: [.text(Field.billingAccountID.slot), period],
      watches: screens.map(\.watch), instant: Reading.instant,
      latest: Field.chargePeriodStart.slot)
  }
}

/// Data transfer by usage type: AWS invoices show it as a service of its own.
enum DataTransfer {
  private static let parts = [
    "DataTransfer", "AWS-In-Bytes", "AWS-Out-Bytes", "In-Bytes-Internet", "Out-Bytes-Internet",
    "In-ABytes", "Out-ABytes", "CloudFront-In-Bytes", "CloudFront-Out-Bytes",
  ]

  static func isUsageType(_ usageType: Text) -> Bool {
    parts.contains { usageType.string.contains($0) }
  }
}

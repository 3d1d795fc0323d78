import BillingModel
import ExactNumbers

/// The legacy Cost and Usage Report. Its tag columns, and the details of commitments, are those that the
/// month's rows use.
enum LegacyReport {
  static func layout(for bill: Bill) -> Layout {
    let keys = Set(bill.rows.flatMap { $0.tags.map(\.key) }).sorted()
    let tags = keys.map { key in
      Layout.Column("resourceTags/user:" + key, "OptionalString") { row, _ in
        row.tags.first { $0.key == key }?.value ?? ""
      }
    }
    let details = Set(bill.rows.flatMap(\.details.keys)).sorted().map { name in
      Layout.Column(name, "OptionalString") { row, _ in row.details[name] ?? "" }
    }
    return Layout(
      columns: identity + usage + money + product + pricing + commitment + details + tags)
  }

  private typealias Column = Layout.Column

  private static let identity = [
    Column("identity/LineItemId", "String") { row, _ in row.lineItemID },
    Column("identity/TimeInterval", "Interval") { row, _ in
      Spelling.midnight(row.interval.lowerBound) + "/" + Spelling.midnight(row.interval.upperBound)
    },
    Column("bill/InvoiceId", "OptionalString") { row, _ in row.invoiceID },
    Column("bill/InvoicingEntity", "OptionalString") { row, _ in row.seller.legalEntity },
    Column("bill/BillingEntity", "String") { row, _ in row.billingEntity },
    Column("bill/BillType", "String") { row, _ in row.billType },
    Column("bill/PayerAccountId", "String") { _, bill in bill.payer.id },
    Column("bill/BillingPeriodStartDate", "DateTime") { _, bill in
      Spelling.midnight(bill.period.firstDay)
    },
    Column("bill/BillingPeriodEndDate", "DateTime") { _, bill in
      Spelling.midnight(bill.period.end)
    },
  ]

  private static let usage = [
    Column("lineItem/UsageAccountId", "String") { row, _ in row.account },
    Column("lineItem/LineItemType", "String") { row, _ in row.type },
    Column("lineItem/UsageStartDate", "DateTime") { row, _ in
      Spelling.midnight(row.usageDates.lowerBound)
    },
    Column("lineItem/UsageEndDate", "DateTime") { row, _ in
      Spelling.midnight(row.usageDates.upperBound)
    },
    Column("lineItem/ProductCode", "String") { row, _ in row.product.code },
    Column("lineItem/UsageType", "OptionalString") { row, _ in row.usageType },
    Column("lineItem/Operation", "OptionalString") { row, _ in row.operation },
    Column("lineItem/AvailabilityZone", "OptionalString") { row, _ in row.zone },
    Column("lineItem/ResourceId", "OptionalString") { row, _ in row.resource },
    Column("lineItem/UsageAmount", "OptionalBigDecimal") { row, _ in Spelling.decimal(row.usage) },
    Column("lineItem/NormalizationFactor", "OptionalBigDecimal") { _, _ in "" },
  ]

  private static let money = [
    Column("lineItem/CurrencyCode", "String") { row, _ in row.currency },
    Column("lineItem/UnblendedRate", "OptionalString") { row, _ in
      row.rate.map(Spelling.decimal) ?? ""
    },
    Column("lineItem/UnblendedCost", "OptionalBigDecimal") { row, _ in Spelling.decimal(row.cost) },
    Column("lineItem/BlendedRate", "OptionalString") { row, _ in
      row.rate.map(Spelling.decimal) ?? ""
    },
    Column("lineItem/BlendedCost", "OptionalBigDecimal") { row, _ in Spelling.decimal(row.cost) },
    Column("lineItem/LineItemDescription", "OptionalString") { row, _ in row.description },
    Column("lineItem/TaxType", "OptionalString") { row, _ in row.taxType },
    Column("lineItem/LegalEntity", "OptionalString") { row, _ in row.seller.legalEntity },
  ]

  private static let product = [
    Column("product/ProductName", "OptionalString") { row, _ in row.product.name },
    Column("product/location", "OptionalString") { row, _ in
      Region.all.first { $0.id == row.region }?.name ?? ""
    },
    Column("product/regionCode", "OptionalString") { row, _ in row.region },
    Column("product/servicecode", "OptionalString") { row, _ in row.product.code },
    Column("product/sku", "OptionalString") { row, _ in row.rate == nil ? "" : row.skuID },
  ]

  private static let pricing = [
    Column("pricing/currency", "OptionalString") { row, _ in
      row.rate == nil ? "" : row.pricingCurrency
    },
    Column("pricing/publicOnDemandCost", "OptionalBigDecimal") { row, _ in
      Spelling.decimal(row.publicCost)
    },
    Column("pricing/publicOnDemandRate", "OptionalString") { row, _ in
      row.publicRate.map(Spelling.decimal) ?? ""
    },
    Column("pricing/term", "OptionalString") { row, _ in
      row.publicRate == nil ? "" : row.reservationARN.isEmpty ? "OnDemand" : "Reserved"
    },
    Column("pricing/unit", "OptionalString") { row, _ in row.unit },
  ]

  private static let commitment = [
    Column("reservation/EffectiveCost", "OptionalBigDecimal") { row, _ in
      row.reservationARN.isEmpty ? "" : Spelling.decimal(row.effectiveCost ?? .zero)
    },
    Column("reservation/ReservationARN", "OptionalString") { row, _ in row.reservationARN },
    Column("savingsPlan/SavingsPlanARN", "OptionalString") { row, _ in row.savingsPlanARN },
    Column("savingsPlan/SavingsPlanEffectiveCost", "OptionalBigDecimal") { row, _ in
      row.savingsPlanARN.isEmpty ? "" : Spelling.decimal(row.effectiveCost ?? .zero)
    },
  ]
}

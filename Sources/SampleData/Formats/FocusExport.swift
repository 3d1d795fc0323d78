import BillingModel
import ExactNumbers

/// FOCUS exports: version 1.2 with AWS columns, and 1.0, which knows no invoice.
enum FocusExport {
  static let layout12 = Layout(
    columns: (columns + columnsSince12 + extensions).sorted { $0.name < $1.name },
    hasNegations: false)
  static let layout10 = Layout(
    columns: (columns + extensions + extensions10).sorted { $0.name < $1.name }, hasNegations: false
  )

  private typealias Column = Layout.Column

  private static let columns = account + charge + commitment + quantity + price + service

  private static let account = [
    Column("BillingAccountId", "string") { _, bill in bill.payer.id },
    Column("BillingAccountName", "string") { _, bill in bill.payer.name },
    Column("BillingCurrency", "string") { row, _ in row.currency },
    Column("BillingPeriodEnd", "timestamp") { _, bill in Spelling.midnightMillis(bill.period.end) },
    Column("BillingPeriodStart", "timestamp") { _, bill in
      Spelling.midnightMillis(bill.period.firstDay)
    },
    Column("InvoiceIssuerName", "string") { row, _ in row.seller.legalEntity },
    Column("ProviderName", "string") { _, _ in "AWS" },
    Column("PublisherName", "string") { row, _ in row.seller.legalEntity },
    Column("SubAccountId", "string") { row, _ in row.account },
    Column("SubAccountName", "string") { row, bill in bill.payer.account(row.account)?.name ?? "" },
  ]

  private static let charge = [
    Column("BilledCost", "double") { row, _ in Spelling.double(billedCost(row)) },
    Column("ChargeCategory", "string") { row, _ in category(row) },
    Column("ChargeClass", "string") { row, _ in row.type == "Refund" ? "Correction" : "" },
    Column("ChargeDescription", "string") { row, _ in row.description },
    Column("ChargeFrequency", "string") { row, _ in
      switch category(row) {
      case "Usage": "Usage-Based"
      case "Purchase": "Recurring"
      default: "One-Time"
      }
    },
    Column("ChargePeriodEnd", "timestamp") { row, _ in
      Spelling.midnightMillis(row.usageDates.upperBound)
    },
    Column("ChargePeriodStart", "timestamp") { row, _ in
      Spelling.midnightMillis(row.usageDates.lowerBound)
    },
    Column("ContractedCost", "double") { row, _ in Spelling.double(row.cost) },
    Column("EffectiveCost", "double") { row, _ in Spelling.double(row.effectiveCost ?? row.cost) },
    Column("ListCost", "double") { row, _ in Spelling.double(row.cost) },
  ]

  private static let commitment = [
    Column("CommitmentDiscountCategory", "string") { row, _ in
      !row.savingsPlanARN.isEmpty ? "Spend" : row.reservationARN.isEmpty ? "" : "Usage"
    },
    Column("CommitmentDiscountId", "string") { row, _ in row.savingsPlanARN + row.reservationARN },
    Column("CommitmentDiscountName", "string") { _, _ in "" },
    Column("CommitmentDiscountStatus", "string") { row, _ in isCovered(row) ? "Used" : "" },
    Column("CommitmentDiscountType", "string") { row, _ in
      !row.savingsPlanARN.isEmpty
        ? "Compute Savings Plan" : row.reservationARN.isEmpty ? "" : "Reserved Instance"
    },
  ]

  private static let quantity = [
    Column("ConsumedQuantity", "double") { row, _ in
      category(row) == "Usage" ? Spelling.double(row.usage) : ""
    },
    Column("ConsumedUnit", "string") { row, _ in category(row) == "Usage" ? row.unit : "" },
    Column("PricingQuantity", "double") { row, _ in Spelling.double(row.usage) },
    Column("PricingUnit", "string") { row, _ in row.unit },
    Column("PricingCategory", "string") { row, _ in
      category(row) != "Usage" ? "" : isCovered(row) ? "Committed" : "Standard"
    },
  ]

  private static let price = [
    Column("ContractedUnitPrice", "double") { row, _ in row.rate.map(Spelling.double) ?? "" },
    Column("ListUnitPrice", "double") { row, _ in row.publicRate.map(Spelling.double) ?? "" },
    Column("SkuId", "string") { row, _ in row.rate == nil ? "" : row.skuID },
    Column("SkuPriceId", "string") { row, _ in
      row.rate == nil ? "" : row.skuID + ".JRTCKXETXF.6YS6EN2CT7"
    },
  ]

  private static let service = [
    Column("AvailabilityZone", "string") { row, _ in row.zone },
    Column("RegionId", "string") { row, _ in row.region },
    Column("RegionName", "string") { row, _ in
      Region.all.first { $0.id == row.region }?.name ?? ""
    },
    Column("ResourceId", "string") { row, _ in row.resource },
    Column("ResourceName", "string") { _, _ in "" },
    Column("ResourceType", "string") { _, _ in "" },
    Column("ServiceCategory", "string") { row, _ in categories[row.product] ?? "Other" },
    Column("ServiceName", "string") { row, _ in row.product.name },
    Column("Tags", "map<string,string>") { row, _ in
      Spelling.object(row.tags.map { ($0.key, $0.value) })
    },
  ]

  private static let columnsSince12 = [
    Column("BillingAccountType", "string") { _, _ in "Management Account" },
    Column("CapacityReservationId", "string") { _, _ in "" },
    Column("CapacityReservationStatus", "string") { _, _ in "" },
    Column("CommitmentDiscountQuantity", "double") { row, _ in
      isCovered(row) ? Spelling.double(row.usage) : ""
    },
    Column("CommitmentDiscountUnit", "string") { row, _ in isCovered(row) ? row.unit : "" },
    Column("InvoiceId", "string") { row, _ in row.invoiceID },
    Column("PricingCurrency", "string") { row, _ in row.pricingCurrency },
    Column("PricingCurrencyContractedUnitPrice", "double") { row, _ in
      row.rate.map(Spelling.double) ?? ""
    },
    Column("PricingCurrencyEffectiveCost", "double") { row, _ in
      Spelling.double(row.effectiveCost ?? row.cost)
    },
    Column("PricingCurrencyListUnitPrice", "double") { row, _ in
      row.publicRate.map(Spelling.double) ?? ""
    },
    Column("ServiceSubcategory", "string") { _, _ in "" },
    Column("SkuMeter", "string") { row, _ in row.usageType },
    Column("SkuPriceDetails", "map<string,string>") { _, _ in "{}" },
    Column("SubAccountType", "string") { _, _ in "Member Account" },
  ]

  private static let extensions = [
    Column("x_Discounts", "map<string,string>") { _, _ in "{}" },
    Column("x_Operation", "string") { row, _ in row.operation },
    Column("x_ServiceCode", "string") { row, _ in row.product.code },
  ]
  private static let extensions10 = [
    Column("x_CostCategories", "map<string,string>") { _, _ in "{}" },
    Column("x_UsageType", "string") { row, _ in row.usageType },
  ]

  private static let categories: [Product: String] = [
    .ec2: "Compute", .savingsPlans: "Compute", .lambda: "Compute", .rds: "Databases",
    .s3: "Storage", .cloudFront: "Networking", .support: "Management and Governance",
    .chinaSupport: "Management and Governance",
  ]

  private static func isCovered(_ row: LineItem) -> Bool {
    row.type == "SavingsPlanCoveredUsage" || row.type == "DiscountedUsage"
  }

  private static func billedCost(_ row: LineItem) -> Amount {
    row.type == "SavingsPlanCoveredUsage" ? .zero : row.cost
  }

  private static func category(_ row: LineItem) -> String {
    switch row.type {
    case "Tax", "Credit": row.type
    case "Refund": "Credit"
    case "Fee", "RIFee", "SavingsPlanRecurringFee": "Purchase"
    default: "Usage"
    }
  }
}

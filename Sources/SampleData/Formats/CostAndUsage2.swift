import BillingModel
import ExactNumbers

/// CUR 2.0, the Data Exports table `COST_AND_USAGE_REPORT`: maps are JSON texts, costs are doubles,
/// rates are texts.
enum CostAndUsage2 {
  static let layout = Layout(
    columns: bill + lineItem + money + maps + product + pricing + commitment)

  private typealias Column = Layout.Column

  private static let bill = [
    Column("bill_bill_type", "string") { row, _ in row.billType },
    Column("bill_billing_entity", "string") { row, _ in row.billingEntity },
    Column("bill_billing_period_end_date", "timestamp") { _, bill in
      Spelling.midnightMillis(bill.period.end)
    },
    Column("bill_billing_period_start_date", "timestamp") { _, bill in
      Spelling.midnightMillis(bill.period.firstDay)
    },
    Column("bill_invoice_id", "string") { row, _ in row.invoiceID },
    Column("bill_invoicing_entity", "string") { row, _ in row.seller.legalEntity },
    Column("bill_payer_account_id", "string") { _, bill in bill.payer.id },
    Column("bill_payer_account_name", "string") { _, bill in bill.payer.name },
    Column("identity_line_item_id", "string") { row, _ in row.lineItemID },
    Column("identity_time_interval", "string") { row, _ in
      Spelling.midnight(row.interval.lowerBound) + "/" + Spelling.midnight(row.interval.upperBound)
    },
  ]

  private static let lineItem = [
    Column("line_item_availability_zone", "string") { row, _ in row.zone },
    Column("line_item_line_item_description", "string") { row, _ in row.description },
    Column("line_item_line_item_type", "string") { row, _ in row.type },
    Column("line_item_operation", "string") { row, _ in row.operation },
    Column("line_item_product_code", "string") { row, _ in row.product.code },
    Column("line_item_resource_id", "string") { row, _ in row.resource },
    Column("line_item_tax_type", "string") { row, _ in row.taxType },
    Column("line_item_usage_account_id", "string") { row, _ in row.account },
    Column("line_item_usage_account_name", "string") { row, bill in
      bill.payer.account(row.account)?.name ?? ""
    },
    Column("line_item_usage_amount", "double") { row, _ in Spelling.double(row.usage) },
    Column("line_item_usage_end_date", "timestamp") { row, _ in
      Spelling.midnightMillis(row.usageDates.upperBound)
    },
    Column("line_item_usage_start_date", "timestamp") { row, _ in
      Spelling.midnightMillis(row.usageDates.lowerBound)
    },
    Column("line_item_usage_type", "string") { row, _ in row.usageType },
  ]

  private static let money = [
    Column("line_item_blended_cost", "double") { row, _ in Spelling.double(row.cost) },
    Column("line_item_currency_code", "string") { row, _ in row.currency },
    Column("line_item_legal_entity", "string") { row, _ in row.seller.legalEntity },
    Column("line_item_unblended_cost", "double") { row, _ in Spelling.double(row.cost) },
    Column("line_item_unblended_rate", "string") { row, _ in
      row.rate.map(Spelling.decimal) ?? ""
    },
  ]

  /// One tag, two spellings in one row: `user_cost_center` and `resourceTags/user:CostCenter`. Tags that
  /// AWS makes keep its own prefix in place of `user`.
  private static let maps = [
    Column("resource_tags", "map<string,string>") { row, _ in
      Spelling.object(
        row.tags.map { ((isOfAWS($0) ? "" : "user_") + snakeCase($0.key), $0.value) })
    },
    Column("tags", "map<string,string>") { row, _ in
      Spelling.object(
        row.tags.map { ("resourceTags/" + (isOfAWS($0) ? "" : "user:") + $0.key, $0.value) })
    },
  ]

  private static func isOfAWS(_ tag: LineItem.Tag) -> Bool { tag.key.hasPrefix("aws:") }

  private static let product = [
    Column("product", "map<string,string>") { row, _ in
      Spelling.object(
        [("product_name", row.product.name)] + (row.region.isEmpty ? [] : [("region", row.region)]))
    },
    Column("product_region_code", "string") { row, _ in row.region },
    Column("product_servicecode", "string") { row, _ in row.product.code },
    Column("product_sku", "string") { row, _ in row.rate == nil ? "" : row.skuID },
  ]

  private static let pricing = [
    Column("pricing_currency", "string") { row, _ in row.rate == nil ? "" : row.pricingCurrency },
    Column("pricing_public_on_demand_cost", "double") { row, _ in
      Spelling.double(row.publicCost)
    },
    Column("pricing_public_on_demand_rate", "string") { row, _ in
      row.publicRate.map(Spelling.decimal) ?? ""
    },
    Column("pricing_term", "string") { row, _ in
      row.publicRate == nil ? "" : row.reservationARN.isEmpty ? "OnDemand" : "Reserved"
    },
    Column("pricing_unit", "string") { row, _ in row.unit },
  ]

  private static let commitment = [
    Column("reservation_effective_cost", "double") { row, _ in
      Spelling.double(row.reservationARN.isEmpty ? .zero : row.effectiveCost ?? .zero)
    },
    Column("reservation_reservation_a_r_n", "string") { row, _ in row.reservationARN },
    Column("savings_plan_savings_plan_a_r_n", "string") { row, _ in row.savingsPlanARN },
    Column("savings_plan_savings_plan_effective_cost", "double") { row, _ in
      Spelling.double(row.savingsPlanARN.isEmpty ? .zero : row.effectiveCost ?? .zero)
    },
  ]

  /// `CostCenter`, `cost-center` and `COST_CENTER` all become `cost_center`, as AWS writes map keys.
  static func snakeCase(_ key: String) -> String {
    var result = ""
    var isAfterSmall = false
    for letter in key {
      if letter == "-" || letter == " " || letter == ":" {
        result += "_"
      } else {
        if letter.isUppercase, isAfterSmall { result += "_" }
        result += letter.lowercased()
      }
      isAfterSmall = letter.isLowercase
    }
    return result
  }
}

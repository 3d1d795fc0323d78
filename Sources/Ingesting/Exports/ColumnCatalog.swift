import BillingModel

/// The column names of each export format: AWS CUR user guide (legacy and CUR 2.0 data dictionaries),
/// FOCUS 1.0 and 1.2 with the AWS columns.
///
/// Several names mean: the first whose field is not empty. `product{product_name}` is a member of a map
/// column.
enum ColumnCatalog {
  static func names(_ field: Field, _ format: ExportFormat) -> [String] {
    switch format {
    case .legacy: legacy[field] ?? []
    case .cur2: cur2[field] ?? []
    case .focus10, .focus12: focus[field] ?? []
    }
  }

  /// Without these there is nothing to sum or nobody to book it to.
  static let needed: [Field] = [
    .billingAccountID, .billingPeriodStart, .lineItemType, .subAccountID, .billingCurrency,
    .unblendedCost,
  ]

  /// Families of the legacy report whose columns are only there if a line of the month needs them: a
  /// missing one means that no line has it.
  static let asNeeded: Set<Field> = [
    .savingsPlanARN, .reservationARN, .splitParentResourceID, .reservationEffectiveCost,
    .savingsPlanEffectiveCost,
  ]

  /// Of columns that come together: a field that is as needed, and the ones that nothing can hold without it.
  static let companions: [Field: Set<Field>] = [
    .splitParentResourceID: [.splitCost, .splitUnusedCost]
  ]

  private static let legacy: [Field: [String]] = [
    .lineItemID: ["identity/LineItemId"],
    .timeInterval: ["identity/TimeInterval"],
    .invoiceID: ["bill/InvoiceId"],
    .invoiceIssuer: ["bill/InvoicingEntity"],
    .billingEntity: ["bill/BillingEntity"],
    .legalEntity: ["lineItem/LegalEntity"],
    .billType: ["bill/BillType"],
    .billingAccountID: ["bill/PayerAccountId"],
    .billingPeriodStart: ["bill/BillingPeriodStartDate"],
    .subAccountID: ["lineItem/UsageAccountId"],
    .subAccountName: ["lineItem/UsageAccountName"],
    .lineItemType: ["lineItem/LineItemType"],
    .chargePeriodStart: ["lineItem/UsageStartDate"],
    .chargePeriodEnd: ["lineItem/UsageEndDate"],
    .productCode: ["lineItem/ProductCode"],
    .serviceName: ["product/ProductName", "lineItem/ProductCode"],
    .usageType: ["lineItem/UsageType"],
    .operation: ["lineItem/Operation"],
    .availabilityZone: ["lineItem/AvailabilityZone"],
    .regionID: ["product/regionCode", "product/region"],
    .resourceID: ["lineItem/ResourceId"],
    .consumedQuantity: ["lineItem/UsageAmount"],
    .pricingUnit: ["pricing/unit"],
    .billingCurrency: ["lineItem/CurrencyCode"],
    .pricingCurrency: ["pricing/currency"],
    .unblendedRate: ["lineItem/UnblendedRate"],
    .unblendedCost: ["lineItem/UnblendedCost"],
    .netUnblendedCost: ["lineItem/NetUnblendedCost"],
    .publicOnDemandRate: ["pricing/publicOnDemandRate"],
    .publicOnDemandCost: ["pricing/publicOnDemandCost"],
    .totalDiscount: ["discount/TotalDiscount"],
    .chargeDescription: ["lineItem/LineItemDescription"],
    .taxType: ["lineItem/TaxType"],
    .skuID: ["product/sku"],
    .savingsPlanARN: ["savingsPlan/SavingsPlanARN"],
    .reservationARN: ["reservation/ReservationARN"],
    .reservationCount: ["reservation/NumberOfReservations"],
    .reservationUnusedQuantity: ["reservation/UnusedQuantity"],
    .reservationUnusedFee: ["reservation/UnusedRecurringFee"],
    .savingsPlanCommitment: ["savingsPlan/TotalCommitmentToDate"],
    .savingsPlanUsed: ["savingsPlan/UsedCommitment"],
    .commitmentStart: ["reservation/StartTime", "savingsPlan/StartTime"],
    .commitmentEnd: ["reservation/EndTime", "savingsPlan/EndTime"],
    .splitParentResourceID: ["splitLineItem/ParentResourceId"],
    .splitCost: ["splitLineItem/SplitCost"],
    .splitUnusedCost: ["splitLineItem/UnusedCost"],
    .splitResourceID: ["splitLineItem/ParentResourceId", "lineItem/ResourceId"],
    .reservationEffectiveCost: ["reservation/EffectiveCost"],
    .savingsPlanEffectiveCost: ["savingsPlan/SavingsPlanEffectiveCost"],
  ]

  private static let cur2: [Field: [String]] = [
    .lineItemID: ["identity_line_item_id"],
    .timeInterval: ["identity_time_interval"],
    .invoiceID: ["bill_invoice_id"],
    .invoiceIssuer: ["bill_invoicing_entity"],
    .billingEntity: ["bill_billing_entity"],
    .legalEntity: ["line_item_legal_entity"],
    .billType: ["bill_bill_type"],
    .billingAccountID: ["bill_payer_account_id"],
    .billingPeriodStart: ["bill_billing_period_start_date"],
    .subAccountID: ["line_item_usage_account_id"],
    .subAccountName: ["line_item_usage_account_name"],
    .lineItemType: ["line_item_line_item_type"],
    .chargePeriodStart: ["line_item_usage_start_date"],
    .chargePeriodEnd: ["line_item_usage_end_date"],
    .productCode: ["line_item_product_code"],
    .serviceName: [
      "product_product_name", "product{product_name}", "line_item_product_code",
    ],
    .usageType: ["line_item_usage_type"],
    .operation: ["line_item_operation"],
    .availabilityZone: ["line_item_availability_zone"],
    .regionID: ["product_region_code", "product_region", "product{region}"],
    .resourceID: ["line_item_resource_id"],
    .consumedQuantity: ["line_item_usage_amount"],
    .pricingUnit: ["pricing_unit"],
    .billingCurrency: ["line_item_currency_code"],
    .pricingCurrency: ["pricing_currency"],
    .unblendedRate: ["line_item_unblended_rate"],
    .unblendedCost: ["line_item_unblended_cost"],
    .netUnblendedCost: ["line_item_net_unblended_cost"],
    .publicOnDemandRate: ["pricing_public_on_demand_rate"],
    .publicOnDemandCost: ["pricing_public_on_demand_cost"],
    .totalDiscount: ["discount_total_discount"],
    .chargeDescription: ["line_item_line_item_description"],
    .taxType: ["line_item_tax_type"],
    .skuID: ["product_sku"],
    .savingsPlanARN: ["savings_plan_savings_plan_a_r_n"],
    .reservationARN: ["reservation_reservation_a_r_n"],
    .reservationCount: ["reservation_number_of_reservations"],
    .reservationUnusedQuantity: ["reservation_unused_quantity"],
    .reservationUnusedFee: ["reservation_unused_recurring_fee"],
    .savingsPlanCommitment: ["savings_plan_total_commitment_to_date"],
    .savingsPlanUsed: ["savings_plan_used_commitment"],
    .commitmentStart: ["reservation_start_time", "savings_plan_start_time"],
    .commitmentEnd: ["reservation_end_time", "savings_plan_end_time"],
    .splitParentResourceID: ["split_line_item_parent_resource_id"],
    .splitCost: ["split_line_item_split_cost"],
    .splitUnusedCost: ["split_line_item_unused_cost"],
    .splitResourceID: ["split_line_item_parent_resource_id", "line_item_resource_id"],
    .reservationEffectiveCost: ["reservation_effective_cost"],
    .savingsPlanEffectiveCost: ["savings_plan_savings_plan_effective_cost"],
  ]

  private static let focus: [Field: [String]] = [
    .invoiceID: ["InvoiceId"],
    .invoiceIssuer: ["InvoiceIssuerName"],
    .billingEntity: ["ProviderName"],
    .legalEntity: ["PublisherName"],
    .billingAccountID: ["BillingAccountId"],
    .billingPeriodStart: ["BillingPeriodStart"],
    .subAccountID: ["SubAccountId"],
    .subAccountName: ["SubAccountName"],
    .lineItemType: ["ChargeCategory"],
    .chargeClass: ["ChargeClass"],
    .chargePeriodStart: ["ChargePeriodStart"],
    .chargePeriodEnd: ["ChargePeriodEnd"],
    .productCode: ["x_ServiceCode"],
    .serviceName: ["ServiceName", "x_ServiceCode"],
    // AWS left x_UsageType out of FOCUS 1.2 and writes the usage type as the meter of the SKU.
    .usageType: ["x_UsageType", "SkuMeter"],
    .operation: ["x_Operation"],
    .availabilityZone: ["AvailabilityZone"],
    .regionID: ["RegionId"],
    .resourceID: ["ResourceId"],
    .consumedQuantity: ["ConsumedQuantity"],
    .pricingUnit: ["PricingUnit"],
    .billingCurrency: ["BillingCurrency"],
    .pricingCurrency: ["PricingCurrency"],
    .unblendedCost: ["BilledCost"],
    .publicOnDemandRate: ["ListUnitPrice"],
    .chargeDescription: ["ChargeDescription"],
    .skuID: ["SkuId"],
  ]

  /// The unit of ``Field/consumedQuantity``.
  static func quantityUnit(_ format: ExportFormat) -> String {
    switch format {
    case .legacy: "pricing/unit"
    case .cur2: "pricing_unit"
    case .focus10, .focus12: "ConsumedUnit"
    }
  }

  /// Whether a column holds tags.
  static func isTag(_ column: String, _ format: ExportFormat) -> Bool {
    switch format {
    case .legacy: column.utf8.starts(with: "resourceTags/".utf8)
    case .cur2: isTagMap(column, format) || column.utf8.starts(with: "resource_tags_".utf8)
    case .focus10, .focus12: isTagMap(column, format)
    }
  }

  /// Whether a column holds all tags as one JSON object.
  static func isTagMap(_ column: String, _ format: ExportFormat) -> Bool {
    switch format {
    case .legacy: false
    case .cur2: column == "resource_tags" || column == "tags"
    case .focus10, .focus12: column == "Tags"
    }
  }
}

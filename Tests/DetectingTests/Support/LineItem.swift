import BillingModel
import ExactNumbers

/// A row of an export, field by field. What is not stated is absent.
typealias LineItem = [Field: Text]

/// An ordinary row of on-demand usage: ten hours at 0.50.
func usage(_ changes: [Field: Text?] = [:]) -> LineItem {
  var row: LineItem = [
    .lineItemID: "line-1", .timeInterval: "2026-04-03T00:00:00Z/2026-04-04T00:00:00Z",
    .invoiceID: "INV-1", .invoiceIssuer: "Amazon Web Services, Inc.", .billingEntity: "AWS",
    .legalEntity: "Amazon Web Services, Inc.", .billType: "Anniversary",
    .billingAccountID: "100000000001", .billingPeriodStart: "2026-04-01T00:00:00Z",
    .subAccountID: "200000000001", .lineItemType: "Usage",
    .chargePeriodStart: "2026-04-03T00:00:00Z", .chargePeriodEnd: "2026-04-04T00:00:00Z",
    .productCode: "AmazonEC2", .serviceName: "Amazon Elastic Compute Cloud",
    .usageType: "BoxUsage:m5.large", .operation: "RunInstances",
    .availabilityZone: "us-east-1a", .regionID: "us-east-1", .resourceID: "i-0001",
    .consumedQuantity: "10", .pricingUnit: "Hrs", .billingCurrency: "USD",
    .pricingCurrency: "USD", .unblendedRate: "0.50", .unblendedCost: "5.00",
    .publicOnDemandRate: "0.50", .chargeDescription: "$0.50 per m5.large hour", .skuID: "SKU1",
  ]
  for (field, value) in changes { row[field] = value }
  return row
}

/// A row of another type, without rate, quantity and resource.
func charge(_ type: Text, cost: Text, _ changes: [Field: Text?] = [:]) -> LineItem {
  var row = usage([
    .lineItemID: Text("line-\(type)"), .lineItemType: type, .unblendedCost: cost,
    .consumedQuantity: nil, .unblendedRate: nil, .publicOnDemandRate: nil, .resourceID: nil,
    .usageType: "", .skuID: nil, .chargeDescription: type,
  ])
  for (field, value) in changes { row[field] = value }
  return row
}

extension LineItem {
  func amount(_ field: Field) -> Amount? {
    self[field].flatMap { try? Amount(parsing: $0.string) }
  }
}

extension Amount: ExpressibleByStringLiteral {
  /// For values written down in tests.
  public init(stringLiteral value: String) {
    do {
      self = try Amount(parsing: value)
    } catch {
      preconditionFailure("not an amount: \(value)")
    }
  }
}

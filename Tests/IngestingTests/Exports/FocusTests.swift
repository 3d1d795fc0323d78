import BillingModel
import Ingesting
import Testing

@Suite struct FocusTests {
  @Test(
    arguments: [
      (["x_UsageType", "SkuMeter"], ["USE1-DataTransfer-Out-Bytes", "Data Transfer"], true),
      (["SkuMeter"], ["USE1-DataTransfer-Out-Bytes"], true), (["SkuMeter"], ["BoxUsage"], false),
      (["SkuMeter"], ["NULL"], false),
    ] as [([String], [String], Bool)])
  func `FOCUS has the usage type in x_UsageType, or as the meter of the SKU`(
    columns: [String], values: [String], isTransfer: Bool
  ) throws {
    let header = [
      "BillingAccountId", "BillingPeriodStart", "ChargeCategory", "SubAccountId", "BillingCurrency",
      "BilledCost", "ServiceName", "InvoiceId",
    ]
    let row = ["1", "2026-05-01 00:00:00", "Usage", "2", "USD", "1.5", "Amazon EC2", "INV1"]
    let transfer = Screen(
      rule: "R", rows: [.containsOneOf(.usageType, ["DataTransfer"])], keyedBy: [.usageType],
      measures: [], captures: [])
    let found = try contents(
      of: [SampleFile("a.csv", ExportSample.csv(header + columns, [row + values]))], [transfer])
    #expect(found.charges.map(\.key.isDataTransfer) == [isTransfer])
    #expect(found.suspects.map(\.key) == (isTransfer ? [[.usageType: Text(values[0])]] : []))
    #expect(found.unchecked == [])
  }
}

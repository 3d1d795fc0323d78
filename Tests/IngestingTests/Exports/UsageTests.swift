import BillingModel
import ExactNumbers
import Ingesting
import Testing

@Suite struct UsageTests {
  @Test func `usage is summed by day, region and usage type`() throws {
    let second = ["lineItem/UsageStartDate": "2026-05-02T05:00:00Z"]
    let usage = try contents(of: [
      [:], ["lineItem/UnblendedCost": "0.6", "lineItem/UsageAmount": "6"], second,
      ["lineItem/UsageType": "EBS:VolumeUsage.gp3", "pricing/unit": "GB-Mo"],
    ]).usage
    #expect(usage.map(\.series.key.usageType) == ["BoxUsage:m5.large", "EBS:VolumeUsage.gp3"])
    #expect(usage.map(\.series.key.unit) == ["Hrs", "GB-Mo"])
    #expect(
      usage.first?.series.days == [
        UsageSeries.DayUsage(
          day: Day("2026-05-01")!, billedCost: amount("3"), quantity: amount("30"), lineItems: 2),
        UsageSeries.DayUsage(
          day: Day("2026-05-02")!, billedCost: amount("2.4"), quantity: amount("24"), lineItems: 1),
      ])
  }

  @Test func `usage costs what its invoice is billed by`() throws {
    let usage = try contents(of: [
      ["lineItem/NetUnblendedCost": "2"],
      ["bill/InvoiceId": "INV2", "lineItem/NetUnblendedCost": "1"],
      [
        "bill/InvoiceId": "INV2", "lineItem/LineItemType": "EdpDiscount",
        "lineItem/UnblendedCost": "-1",
      ],
    ]).usage
    // INV1 is billed by its net cost, INV2 by its cost, since it holds a discount row.
    #expect(usage.flatMap(\.series.days).map(\.billedCost) == [amount("4.4")])
  }

  @Test func `fees, tax and days that cannot be read are no daily series`() throws {
    let usage = try contents(of: [
      ["lineItem/LineItemType": "Tax"], ["lineItem/LineItemType": "Fee"],
      ["lineItem/UsageStartDate": "soon"],
    ]).usage
    #expect(usage.isEmpty)
  }

  @Test func `a day on which no row states a quantity has none`() throws {
    let usage = try contents(of: [["lineItem/UsageAmount": ""]]).usage
    #expect(usage.first?.series.days.map(\.quantity) == [nil])
  }

  @Test func `charges are the sums over their usage types`() throws {
    let contents = try contents(of: [
      ["lineItem/UsageType": "b"], ["lineItem/UsageType": "a"],
      ["lineItem/UsageType": "a", "pricing/unit": "GB"],
    ])
    #expect(contents.charges.map(\.sums) == [CostSums(unblended: amount("7.2"), lineItems: 3)])
    #expect(contents.usage.count == 3)
  }
}

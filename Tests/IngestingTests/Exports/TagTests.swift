import BillingModel
import Ingesting
import TestSupport
import Testing

@Suite struct TagTests {
  private func tags(_ header: [String], _ values: [String]) throws -> [BillingModel.Tag] {
    let bytes = ExportSample.csv(header, [values])
    return try contents(of: [SampleFile("a", bytes)]).allocations[0].tags.tags
  }

  private let cur2 = [
    "resource_tags", "bill_payer_account_id", "bill_billing_period_start_date",
    "line_item_line_item_type", "line_item_usage_account_id", "line_item_currency_code",
    "line_item_unblended_cost", "product", "tags",
  ]

  private func cur2Row(_ resourceTags: String, _ tags: String, product: String = "{}") -> [String] {
    [
      resourceTags, "1", "2026-05-01T00:00:00.000Z", "Usage", "2", "USD", "-9.6322E-6", product,
      tags,
    ]
  }

  @Test func `legacy tags keep the spelling of their columns; empty ones are none`() throws {
    let tags = try contents(of: [["resourceTags/user:CostCenter": "CC-1"]]).allocations[0].tags.tags
    #expect(tags == [BillingModel.Tag("resourceTags/user:CostCenter", "CC-1")])
  }

  @Test func `a set of tags tells the days of its rows, over all files`() throws {
    func row(_ owner: String, _ start: String) -> [String: String] {
      ["resourceTags/user:Owner": owner, "lineItem/UsageStartDate": start]
    }
    let files = [
      [row("a", "2026-05-01T00:00:00Z"), row("b", "2026-05-31T23:00:00Z"), row("c", "soon")],
      [row("a", "2026-05-03 00:00:00"), row("a", "2026-05-01T07:00:00Z")],
    ].enumerated().map { SampleFile(Text("\($0)"), ExportSample.legacy($1)) }
    for workers in [1, 2] {
      let days = try contents(of: files, workers: workers).allocations.map(\.days)
      #expect(days == [DaysOfMonth([1, 3]), DaysOfMonth([31]), nil])
    }
  }

  /// Late usage of April and a fee of June in the bill of May; rows of many days cover them all.
  @Test(arguments: [
    ("2026-04-30T00:00:00Z", "2026-05-01T00:00:00Z", 0..<0),
    ("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", 0..<0),
    ("2026-05-03T00:00:00Z", "2026-05-21T00:00:00Z", 3..<21),
    ("2026-05-03T23:00:00Z", "2026-05-04T00:00:01Z", 3..<5),
    ("2026-04-28T00:00:00Z", "2026-05-03T00:00:00Z", 1..<3),
    ("2026-05-30T00:00:00Z", "2027-05-30T00:00:00Z", 30..<32),
    ("2026-05-07T00:00:00Z", "never", 7..<8),
    ("2026-05-07T00:00:00Z", "2026-05-01T00:00:00Z", 7..<8),
  ])
  func `days are those of the month that a charge period covers`(
    start: String, end: String, days: Range<Int>
  ) throws {
    let row = ["lineItem/UsageStartDate": start, "lineItem/UsageEndDate": end]
    #expect(try contents(of: [row]).allocations.map(\.days) == [DaysOfMonth(days)])
  }

  /// A month of thirty days has no thirty-first.
  @Test func `the day after a short month is none of it`() throws {
    let row = [
      "bill/BillingPeriodStartDate": "2026-04-01T00:00:00Z",
      "lineItem/UsageStartDate": "2026-04-29T00:00:00Z",
      "lineItem/UsageEndDate": "2026-05-02T00:00:00Z",
    ]
    #expect(try contents(of: [row]).allocations.map(\.days) == [DaysOfMonth([29, 30])])
  }

  @Test func `a tag that CUR 2.0 spells twice is one tag, with its case kept`() throws {
    let row = cur2Row(
      #"{"user_cost_center":"CC-1001","aws_created_by":"x"}"#,
      #"{"resourceTags/user:CostCenter":"CC-1001"}"#)
    #expect(
      try tags(cur2, row) == [
        BillingModel.Tag("aws_created_by", "x"),
        BillingModel.Tag("resourceTags/user:CostCenter", "CC-1001"),
      ])
  }

  @Test func `spellings with different values are both kept`() throws {
    let row = cur2Row(#"{"user_owner":"ann"}"#, #"{"resourceTags/user:Owner":"Ann"}"#)
    #expect(try tags(cur2, row).map(\.value) == ["Ann", "ann"])
  }

  @Test func `a map that is no JSON stays visible`() throws {
    #expect(
      try tags(cur2, cur2Row("{broken", "")) == [BillingModel.Tag("resource_tags", "{broken")])
  }

  @Test func `FOCUS tags are a map, and NULL is none`() throws {
    let header = [
      "BillingAccountId", "BillingPeriodStart", "ChargeCategory", "SubAccountId",
      "BillingCurrency", "BilledCost", "Tags",
    ]
    let row = ["1", "2026-05-01 00:00:00", "Usage", "2", "USD", "1"]
    #expect(
      try tags(header, row + [#"{"Owner": "李雷", "empty": ""}"#]) == [
        BillingModel.Tag("Owner", "李雷")
      ])
    #expect(try tags(header, row + ["NULL"]).isEmpty)
  }

  @Test func `the same tags from other columns and quotes are one allocation`() throws {
    let header = ExportSample.legacyHeader
    let swapped = header.dropLast(2) + [header[header.count - 1], header[header.count - 2]]
    let values = ExportSample.row([
      "resourceTags/user:CostCenter": "CC", "resourceTags/user:Owner": "ann",
    ])
    let other = values.dropLast(2) + ["ann", "CC"]
    let plain = Array(
      (swapped.joined(separator: ",") + "\n"
        + other.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")).utf8)
    let contents = try contents(of: [
      SampleFile("a", ExportSample.csv(header, [values])), SampleFile("b", plain),
    ])
    #expect(contents.allocations.count == 1)
    #expect(contents.allocations.first?.sums.lineItems == 2)
  }

  @Test func `the service of CUR 2.0 is the product map's name`() throws {
    let bytes = ExportSample.csv(
      cur2, [cur2Row("", "", product: #"{"region": "us-east-1", "product_name":"Amazon S3"}"#)])
    let charge = try contents(of: [SampleFile("a", bytes)]).charges.first
    #expect(charge?.key.serviceName == "Amazon S3")
    #expect(charge?.billedCost == amount("-0.0000096322"))
  }
}

import BillingModel
import Ingesting
import Testing

@Suite struct EvidenceTagTests {
  private typealias Tag = BillingModel.Tag

  private func screen(_ captures: [Field] = [.tags], _ trip: Screen.Trip = .row) -> Screen {
    Screen(
      rule: "R", rows: [], groupedBy: trip == .row ? [] : [.lineItemType], trip: trip,
      keyedBy: [], measures: [], captures: captures)
  }

  private func evidence(
    _ header: [String], _ rows: [[String]], _ screen: Screen
  ) throws -> [EvidenceRow] {
    let file = SampleFile("a", ExportSample.csv(header, rows))
    return try contents(of: [file], [screen]).suspects.flatMap(\.first)
  }

  private func cur2(
    _ columns: [String], _ values: [String]..., screen: Screen? = nil
  ) throws -> [TagSet?] {
    let header = [
      "bill_payer_account_id", "bill_billing_period_start_date", "line_item_line_item_type",
      "line_item_usage_account_id", "line_item_currency_code", "line_item_unblended_cost",
    ]
    let row = ["1", "2026-05-01T00:00:00.000Z", "Usage", "2", "USD", "1"]
    return try evidence(header + columns, values.map { row + $0 }, screen ?? self.screen())
      .map(\.tags)
  }

  @Test func `a row of evidence carries the tags of its map`() throws {
    let rows = try cur2(["resource_tags"], [#"{"user_owner":"李雷, 1","user_env":""}"#], ["{}"], [""])
    #expect(rows == [TagSet([Tag("user_owner", "李雷, 1")]), .empty, .empty])
  }

  @Test func `so does a row of a group, found in the second look`() throws {
    let rows = try cur2(
      ["resource_tags"], [#"{"user_owner":"ann"}"#], [#"{"user_owner":"bo"}"#],
      screen: screen([.tags], .repeats))
    #expect(rows == [TagSet([Tag("user_owner", "ann")]), TagSet([Tag("user_owner", "bo")])])
  }

  @Test func `the tags of FOCUS are a map, and NULL is none`() throws {
    let header = [
      "BillingAccountId", "BillingPeriodStart", "ChargeCategory", "SubAccountId",
      "BillingCurrency", "BilledCost", "Tags",
    ]
    let row = ["1", "2026-05-01 00:00:00", "Usage", "2", "USD", "1"]
    let found = try evidence(
      header, [row + [#"{"Owner":"ann"}"#], row + ["NULL"]], screen())
    #expect(found.map(\.tags) == [TagSet([Tag("Owner", "ann")]), .empty])
    #expect(found.allSatisfy { $0.fields.isEmpty })
  }

  @Test func `tags of several columns are those that the allocations have`() throws {
    #expect(
      try cur2(
        ["resource_tags", "product", "tags", "resource_tags_user_env"],
        [#"{"user_owner":"ann"}"#, "{}", #"{"resourceTags/user:Owner":"ann"}"#, "dev"]) == [
          TagSet([Tag("resourceTags/user:Owner", "ann"), Tag("resource_tags_user_env", "dev")])
        ])
    let tagged = ["resourceTags/user:CostCenter": "7, \"8\"", "resourceTags/user:Owner": "ann"]
    let legacy = try contents(of: [tagged], [screen()])
    #expect(legacy.suspects.flatMap(\.first).map(\.tags) == legacy.allocations.map(\.tags))
    #expect(legacy.allocations.map(\.tags.tags.count) == [2])
  }

  @Test func `a file without tag columns has no tags, and files of one pass differ`() throws {
    let files = [
      SampleFile("a", ExportSample.legacy([["resourceTags/user:Owner": "ann"]])),
      SampleFile(
        "b",
        ExportSample.csv(
          ExportSample.legacyHeader.dropLast(2).map { $0 },
          [ExportSample.row().dropLast(2).map { $0 }])),
    ]
    let found = try contents(of: files, [screen()]).suspects.flatMap(\.first)
    #expect(found.map(\.tags) == [TagSet([Tag("resourceTags/user:Owner", "ann")]), .empty])
  }

  @Test func `a screen that does not ask for tags gets none`() throws {
    #expect(try cur2(["resource_tags"], [#"{"user_owner":"ann"}"#], screen: screen([])) == [nil])
  }
}

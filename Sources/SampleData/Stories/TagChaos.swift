import BillingModel
import ExactNumbers

/// Tags as people really type them.
enum TagChaos {
  /// What an account's usage of one kind is tagged with, from a day of the month on.
  private struct Retagging {
    var account: String
    var usageType: String
    var fromDay = 1
    var tags: [LineItem.Tag]

    init(_ account: String, _ usageType: String, from day: Int = 1, _ tags: [(String, String)]) {
      self.account = account
      self.usageType = usageType
      self.fromDay = day
      self.tags = tags.map { LineItem.Tag(key: $0.0, value: $0.1) }
    }
  }

  private static let retaggings = [
    Retagging(
      "200000000002", "BoxUsage:m5.xlarge",
      [("成本中心", "ＣＣ－２１１０"), ("环境", "生产"), ("负责人", "Retail-US@Meridian.example")]),
    Retagging(
      "200000000002", "EBS:VolumeUsage.gp3",
      [("Cost Centre", "cc-2110"), ("ENV", "PRD"), ("BU", "零售事业部")]),
    Retagging(
      "200000000004", "BoxUsage:m5.2xlarge",
      [("CostCenter", "n/a"), ("Environment", "-"), ("Owner", "unknown")]),
    Retagging("200000000008", "TimedStorage-ByteHrs", []),
    Retagging(
      "200000000008", "BoxUsage:r5.2xlarge",
      [("CostCenter", "CC-2700"), ("costcenter", "CC-9999"), ("Environment", "prod")]),
    Retagging("200000000006", "US-Requests-Tier2-HTTPS", [("Environment", "prod")]),
    Retagging("200000000006", "US-Requests-Tier2-HTTPS", from: 11, [("Environment", "Production")]),
    Retagging("200000000006", "US-Requests-Tier2-HTTPS", from: 21, [("Environment", "ｐｒｏｄ")]),
    Retagging("200000000005", "Lambda-GB-Second", [("Application", "caf\u{E9}")]),
    Retagging("200000000005", "Request", [("Application", "cafe\u{301}")]),
    Retagging(
      "200000000012", "USW2-BoxUsage:t3.medium",
      [("Tier", "frontend"), ("等级", "一级"), ("部门", "数据智能部")]),
    Retagging(
      "200000000009", "BoxUsage:m5.large",
      [("Owner", "Roux, Julie \"JR\""), ("重要性", "核心"), ("WBS", "b-77")]),
  ]

  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, "2026-08") { bill in
      for index in bill.rows.indices where bill.rows[index].type == "Usage" {
        let row = bill.rows[index]
        let day = bill.period.firstDay.distance(to: row.interval.lowerBound) + 1
        let last = retaggings.last {
          $0.account == row.account && $0.usageType == row.usageType && $0.fromDay <= day
        }
        if let last { bill.rows[index].tags = last.tags }
      }
    }
    return Story(
      "tag-chaos",
      readme: """
        # tag-chaos

        Payer 100000000001 (USD), 2026-08, CUR 2.0, where every tag stands in two maps and two spellings; \
        both invoices are `Matched`. Planted, and what must become of it:

        | account, usage type | tags | must become |
        |---|---|---|
        | 200000000002 BoxUsage:m5.xlarge | 成本中心=ＣＣ－２１１０, 环境=生产, 负责人=Retail-US@… | CostCenter CC-2110, Environment prod, Owner retail-us@meridian.example |
        | 200000000002 EBS:VolumeUsage.gp3 | Cost Centre=cc-2110, ENV=PRD, BU=零售事业部 | CostCenter CC-2110, Environment prod, BusinessUnit Retail |
        | 200000000004 BoxUsage:m5.2xlarge | CostCenter=n/a, Environment=-, Owner=unknown | placeholders: the account's CC-2300, prod, payments@meridian.example |
        | 200000000008 TimedStorage-ByteHrs | none | the account's values, tier `account` |
        | 200000000008 BoxUsage:r5.2xlarge | CostCenter=CC-2700, costcenter=CC-9999 | CC-2700: the better key wins |
        | 200000000006 US-Requests-Tier2-HTTPS | Environment=prod, from the 11th Production, from the 21st ｐｒｏｄ | prod throughout, tier `tag`, then `value` |
        | 200000000005 Lambda-GB-Second, Request | Application=café, composed and decomposed | two applications: other bytes are another text |
        | 200000000012 USW2-BoxUsage:t3.medium | Tier=frontend, 等级=一级, 部门=数据智能部 | no Environment by tag, Criticality critical, BusinessUnit Data |
        | 200000000009 BoxUsage:m5.large | Owner=Roux, Julie "JR", 重要性=核心, WBS=b-77 | Owner roux, julie "jr", Criticality critical, CostCenter B-77 |
        """,
      nights: [
        Story.Night(
          "2026-09-05", Reports.cur2(bill, chunks: 2).files + [try Reports.summaries(bill)])
      ])
  }
}

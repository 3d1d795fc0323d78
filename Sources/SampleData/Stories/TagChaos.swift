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
      [
        ("Cost Centre", "cc-2110"), ("ENV", "PRD"), ("BU", "零售事业部"),
        ("Owner", "edge-platform@meridian.example"), ("Name", "edge-cache-1"),
      ]),
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
    Retagging(
      "200000000005", "Lambda-GB-Second",
      [("Application", "caf\u{E9}"), ("Onwer", "emil.sousa@meridian.example")]),
    Retagging(
      "200000000005", "Request",
      [("Application", "cafe\u{301}"), ("Onwer", "emil.sousa@meridian.example")]),
    Retagging(
      "200000000012", "USW2-BoxUsage:t3.medium",
      [("Tier", "frontend"), ("等级", "一级"), ("部门", "数据智能部")]),
    Retagging(
      "200000000009", "BoxUsage:m5.large",
      [("Owner", "Roux, Julie \"JR\""), ("重要性", "核心"), ("WBS", "b-77")]),
    Retagging("200000000001", "EUW3-BoxUsage:m5.large", [("Owner", julie), stack]),
    Retagging(
      "200000000001", "EUW3-BoxUsage:m5.large", from: 31,
      [("Owner", "platform@meridian.example"), stack]),
    Retagging("200000000001", "EUW3-DataTransfer-Out-Bytes", [("OWNER", julie), stack]),
    Retagging("200000000001", "EUW3-EBS:VolumeUsage.gp3", [stack]),
    Retagging("200000000001", "EUW3-InstanceUsage:db.t3.medium", [("Owner", "TBD")]),
    Retagging("200000000001", "EUW3-RDS:GP3-Storage", [("Owner", "tbd")]),
    Retagging("200000000007", "EUW3-BoxUsage:c5.large", [("Owner", "TBD")]),
    Retagging(
      "200000000011", "EUC1-TimedStorage-ByteHrs",
      [("Owner", "qa@meridian.example"), ("Environment", "tset")]),
  ]
  private static let julie = "julie.roux@meridian.example"
  private static let stack = ("aws:cloudformation:stack-name", "boutique-web")

  /// A line that costs more than its rate times its usage, and how its owner must be known.
  private struct Overcharge {
    var account: String
    var usageType: String
    var day: Int
    var excess: Amount
    /// Nil for those of its usage type.
    var tags: [LineItem.Tag]?
    var owner: String
    var evidence: String
  }

  private static let overcharges = [
    Overcharge(
      account: "200000000006", usageType: "TimedStorage-ByteHrs", day: 6, excess: "2.2",
      owner: "studios@meridian.example", evidence: "tag"),
    Overcharge(
      account: "200000000003", usageType: "InstanceUsage:db.m5.large", day: 4, excess: "1.85",
      owner: "logistics-ops@meridian.example", evidence: "alias"),
    Overcharge(
      account: "200000000010", usageType: "TimedStorage-ByteHrs", day: 9, excess: "1.45",
      owner: "security@meridian.example", evidence: "alias"),
    Overcharge(
      account: "200000000002", usageType: "BoxUsage:m5.xlarge", day: 3, excess: "2.4",
      owner: "retail-us@meridian.example", evidence: "value"),
    Overcharge(
      account: "200000000009", usageType: "BoxUsage:m5.large", day: 7, excess: "1.6",
      owner: "roux, julie \"jr\"", evidence: "value"),
    Overcharge(
      account: "200000000001", usageType: "EUW3-EBS:VolumeUsage.gp3", day: 4, excess: "2.95",
      owner: julie, evidence: "attached: the stack is hers by 98.8 % of its tagged cost"),
    Overcharge(
      account: "200000000004", usageType: "BoxUsage:m5.2xlarge", day: 5, excess: "3.1",
      owner: "payments@meridian.example", evidence: "account: the tag is a placeholder"),
    Overcharge(
      account: "200000000008", usageType: "TimedStorage-ByteHrs", day: 3, excess: "4.75",
      owner: "data-platform@meridian.example", evidence: "account"),
    Overcharge(
      account: "200000000011", usageType: "EUC1-BoxUsage:t3.large", day: 2, excess: "1.3",
      owner: "qa@meridian.example", evidence: "account"),
    Overcharge(
      account: "200000000012", usageType: "USW2-BoxUsage:t3.medium", day: 5, excess: "1.2",
      owner: "goran.ilic@meridian.example", evidence: "organization: the unit above its own"),
    Overcharge(
      account: "200000000001", usageType: "EUW3-BoxUsage:m5.large", day: 8, excess: "3.3", tags: [],
      owner: julie, evidence: "majority"),
    Overcharge(
      account: "200000000007", usageType: "EUW3-BoxUsage:c5.large", day: 6, excess: "2.65",
      tags: [LineItem.Tag(key: "Name", value: "edge-proxy-2")],
      owner: "edge-platform@meridian.example", evidence: "name"),
    Overcharge(
      account: "200000000001", usageType: "EUW3-InstanceUsage:db.t3.medium", day: 5,
      excess: "1.75", owner: "nobody", evidence: "unknown: in `tag-debt.csv`"),
    Overcharge(
      account: "200000000005", usageType: "Lambda-GB-Second", day: 7, excess: "2.1",
      owner: "nobody", evidence: "unknown: in `tag-debt.csv`"),
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
      for (number, overcharge) in overcharges.enumerated() {
        try bill.change(
          "overcharge \(number)", overcharge.account, overcharge.usageType, on: overcharge.day
        ) {
          $0.cost = try $0.cost + overcharge.excess
          $0.tags = overcharge.tags ?? $0.tags
        }
      }
    }
    let found = overcharges.map {
      "| \($0.account) \($0.usageType), day \($0.day) | \($0.excess) | \($0.owner) | \($0.evidence) |"
    }.joined(separator: "\n")
    return Story(
      "tag-chaos",
      readme: """
        # tag-chaos

        Payer 100000000001 (USD), 2026-08, CUR 2.0, where every tag stands in two maps and two spellings; \
        both invoices are `Matched`. Planted, and what must become of it:

        | account, usage type | tags | must become |
        |---|---|---|
        | 200000000002 BoxUsage:m5.xlarge | 成本中心=ＣＣ－２１１０, 环境=生产, 负责人=Retail-US@… | CostCenter CC-2110, Environment prod, Owner retail-us@meridian.example |
        | 200000000002 EBS:VolumeUsage.gp3 | Cost Centre=cc-2110, ENV=PRD, BU=零售事业部, Owner and Name of edge-… | CostCenter CC-2110, Environment prod, BusinessUnit Retail |
        | 200000000004 BoxUsage:m5.2xlarge | CostCenter=n/a, Environment=-, Owner=unknown | placeholders: the account's CC-2300, prod, payments@meridian.example |
        | 200000000008 TimedStorage-ByteHrs | none | the account's values, tier `account` |
        | 200000000008 BoxUsage:r5.2xlarge | CostCenter=CC-2700, costcenter=CC-9999 | CC-2700: the better key wins |
        | 200000000006 US-Requests-Tier2-HTTPS | Environment=prod, from the 11th Production, from the 21st ｐｒｏｄ | prod throughout, tier `tag`, then `value` |
        | 200000000005 Lambda-GB-Second, Request | Application=café, composed and decomposed | two applications: other bytes are another text |
        | 200000000012 USW2-BoxUsage:t3.medium | Tier=frontend, 等级=一级, 部门=数据智能部 | no Environment by tag, Criticality critical, BusinessUnit Data |
        | 200000000009 BoxUsage:m5.large | Owner=Roux, Julie "JR", 重要性=核心, WBS=b-77 | Owner roux, julie "jr", Criticality critical, CostCenter B-77 |
        | 200000000001 EUW3-BoxUsage:m5.large, DataTransfer-Out-Bytes | Owner, OWNER, and a CloudFormation stack | Owner julie.roux@…; on the 31st platform@… |
        | 200000000001 EUW3-EBS:VolumeUsage.gp3 | the same stack alone | Owner julie.roux@…, tier `attached` |
        | 200000000005 Lambda-GB-Second, Request | Onwer=emil.sousa@… | Owner unknown; `tag-debt.csv`: an alias |
        | 200000000001 EUW3-InstanceUsage:db.t3.medium, EUW3-RDS:GP3-Storage, 200000000007 EUW3-BoxUsage:c5.large | Owner=TBD, tbd | Owner unknown; `tag-debt.csv`: a value |
        | 200000000011 EUC1-TimedStorage-ByteHrs | Environment=tset | tset; `tag-debt.csv`: probably test |

        Fourteen lines cost more than rate × usage. Each must be found as CostNotRateTimesUsage, with its owner \
        known so; 12 of 14 are traced, 28.75 of 32.60 USD:

        | account, usage type | too much, USD | owner | evidence |
        |---|---|---|---|
        \(found)

        `tag-accuracy.csv` must show what contradicts: the account list about 200000000009 and the volumes of \
        200000000002, and the stack about the 31st.
        """,
      nights: [
        Story.Night(
          "2026-09-05", Reports.cur2(bill, chunks: 2).files + [try Reports.summaries(bill)])
      ])
  }
}

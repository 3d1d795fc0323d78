import BillingModel
import ExactNumbers

@testable import Normalizing

/// A small set of rules with every feature in it.
enum Fixture {
  static let rules: TagRules = {
    var rules = TagRules()
    rules.keyPrefixes = ["resourceTags/user:", "user:"]
    rules.snakePrefixes = ["resource_tags_user_", "user_"]
    rules.reservedPrefixes = ["aws:", "resourceTags/aws:", "aws_", "resource_tags_aws_"]
    rules.placeholders = ["n/a", "unknown", "none", "-", "未知"]
    rules.attachedBy = ["aws:autoscaling:groupName", "aws:cloudformation:stack-name", "Rack"]
    rules.resourceNames = ["Name", "名称"]
    rules.names = [
      NameRule("*-prod-*", .environment, "production"),
      NameRule("edge-*", of: [.resource], .owner, "edge-team"),
      NameRule("Acme * Lab", of: [.account], .environment, "dev"),
    ]

    var environment = DimensionRules()
    environment.letterCase = .lower
    environment.values = [
      .init("prod", spellings: ["production", "prd", "生产"]),
      .init("dev", spellings: ["development", "开发"]),
    ]
    environment.rules = [
      TagRule(name: "environment", key: "Environment", aliases: ["env", "DeployEnv", "环境"]),
      TagRule(name: "stage", key: "Stage", listedOnly: true),
    ]
    var costCenter = DimensionRules()
    costCenter.letterCase = .upper
    costCenter.rules = [TagRule(name: "cost-center", key: "CostCenter", aliases: ["CC", "成本中心"])]
    var owner = DimensionRules()
    owner.rules = [
      TagRule(name: "owner", key: "Owner", aliases: ["aws created by"]),
      TagRule(name: "team", key: "Team"),
    ]
    rules.dimensions = [.environment: environment, .costCenter: costCenter, .owner: owner]
    return rules
  }()

  static let accounts = AccountDirectory(
    [
      Account(
        id: "200000000001", name: "one",
        dimensions: [.owner: "account-owner", .environment: "Production", .application: "n/a"]),
      Account(id: "100000000001", name: "payer", dimensions: [.owner: "finops"]),
      Account(id: "200000000003", name: "Acme Big Lab", dimensions: [:], unit: "Shop/Online/Prod"),
      Account(
        id: "200000000004", name: "four", dimensions: [.owner: "four-owner"], unit: "Shop/Online"),
    ],
    units: [
      "Shop": [.owner: "shop-owner", .costCenter: "cc-1"],
      "Shop/Online": [.owner: "n/a", .costCenter: "cc-2"],
    ])

  static let attributor = Attributor(rules: rules, accounts: accounts)

  static let names = accounts.accounts.mapValues(\.name)

  static func tags(_ tags: [Text: Text]) -> TagSet { TagSet(tags.map { Tag($0, $1) }) }

  /// Charges of one set of tags in May 2026 of payer 100000000001.
  static func allocation(
    _ cost: String, _ tags: [Text: Text] = [:], account: Text = "200000000009",
    service: Text = "Amazon EC2", currency: CurrencyCode = "USD", type: ChargeType = "Usage",
    lineItems: Int = 1, period: BillingPeriod = may
  ) throws -> AllocationSummary {
    let amount = try Amount(parsing: cost)
    return AllocationSummary(
      billingAccountID: "100000000001", billingPeriod: period, invoiceID: "",
      currency: currency, chargeType: type, subAccountID: account, serviceName: service,
      tags: Fixture.tags(tags), sums: CostSums(unblended: amount, lineItems: lineItems),
      billedCost: amount)
  }

  static let may = BillingPeriod(year: 2026, month: 5)!

  /// All that is known of a period's line items, with at most `limit` changes for each currency.
  static func allocation(
    of allocations: [AllocationSummary], earlier: [AllocationSummary] = [],
    limit: Int = 20
  ) throws -> PeriodAllocation {
    try PeriodAllocation(
      allocations, earlier: earlier, accountNames: names, attributor, debtLimit: limit)
  }
}

/// Amounts written in the tests.
extension Amount: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) {
    do {
      self = try Amount(parsing: text)
    } catch {
      preconditionFailure("not a number: \(text)")
    }
  }
}

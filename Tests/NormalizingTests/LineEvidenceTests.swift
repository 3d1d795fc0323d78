import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Normalizing

@Suite struct LineEvidenceTests {
  private let stack: Text = "aws:cloudformation:stack-name"

  /// What is known of the first of some line items.
  private func first(
    _ allocations: [AllocationSummary], earlier: [AllocationSummary] = [],
    accountNames: [Text: Text] = Fixture.names
  ) throws -> Attribution {
    var memo = AttributionMemo(Fixture.attributor)
    let evidence = try LineEvidence(
      allocations, earlier: earlier, accountNames: accountNames, &memo)
    return try evidence.attribution(memo.reading(allocations[0].tags), LineScope(allocations[0]))
  }

  private func owner(
    _ allocations: [AllocationSummary], earlier: [AllocationSummary] = []
  ) throws -> AttributedValue {
    try first(allocations, earlier: earlier)[.owner]
  }

  // MARK: Attached

  @Test(
    arguments: [
      "aws:cloudformation:stack-name", "resourceTags/aws:cloudformation:stack-name",
      "aws_cloudformation_stack_name", "resource_tags_aws_cloudformation_stack_name",
    ] as [Text])
  func `a line item takes what its stack carries, whichever way its tag is spelled`(_ key: Text)
    throws
  {
    let found = try owner([
      Fixture.allocation("5", [key: "shop"]),
      Fixture.allocation("1", [stack: "shop", "user:Owner": "anna"]),
    ])
    #expect(
      found
        == AttributedValue(
          value: "anna", tier: .attached, rule: stack, raw: Text("\(key)=shop")))
  }

  @Test(
    arguments: [
      (["9", "1"], "anna"), (["8.9", "1.1"], ""), (["-9", "1"], "anna"), (["0", "0"], ""),
      (["0", "1"], "bo"), (["5", "5"], ""), (["9.000000000000000001", "1"], "anna"),
    ] as [([String], Text)])
  func `nine tenths of the gross cost decide`(_ costs: [String], _ expected: Text) throws {
    let donors = try zip(costs, ["anna", "bo"] as [Text]).map {
      try Fixture.allocation($0, [stack: "shop", "user:Owner": $1])
    }
    let silent = try Fixture.allocation("1000", [stack: "shop"])
    #expect(try owner([silent] + donors).value == expected)
  }

  @Test func `other stacks, accounts, currencies and periods do not speak`() throws {
    let asked = try Fixture.allocation("1", [stack: "shop"])
    let tags: [Text: Text] = [stack: "shop", "user:Owner": "anna"]
    for other in [
      try Fixture.allocation("1", [stack: "Shop", "user:Owner": "anna"]),
      try Fixture.allocation("1", ["aws:cloudformation:stack-id": "shop", "user:Owner": "anna"]),
      try Fixture.allocation("1", tags, account: "200000000008"),
      try Fixture.allocation("1", tags, currency: "CNY"),
      try Fixture.allocation("1", tags, period: Fixture.may.next),
    ] {
      #expect(try owner([asked, other]) == .unknown)
    }
    #expect(
      try owner([asked, Fixture.allocation("1", tags, service: "Amazon S3")]).value == "anna")
  }

  @Test func `the narrowest group that says something speaks`() throws {
    let group: Text = "aws:autoscaling:groupName"
    let asked = try Fixture.allocation("1", [stack: "shop", group: "web", "user:rack": "7"])
    let ofStack = try Fixture.allocation("1", [stack: "shop", "user:Owner": "anna"])
    let ofGroup = try Fixture.allocation("1", [group: "web", "user:Owner": "bo"])
    let ofRack = try Fixture.allocation("1", ["Rack": "7", "user:Owner": "cy"])
    #expect(try owner([asked, ofRack, ofStack, ofGroup]).value == "bo")
    #expect(try owner([asked, ofRack, ofStack]).value == "anna")
    let found = try owner([asked, ofRack])
    #expect(
      found == AttributedValue(value: "cy", tier: .attached, rule: "Rack", raw: "user:rack=7"))
  }

  @Test func `own tags go before, and the account list behind`() throws {
    let account: Text = "200000000001"
    let donor = try Fixture.allocation(
      "9", [stack: "shop", "user:Owner": "anna"], account: account)
    let own = try Fixture.allocation("1", [stack: "shop", "user:Team": "bo"], account: account)
    let silent = try Fixture.allocation("1", [stack: "shop"], account: account)
    #expect(try owner([own, donor]).value == "bo")
    #expect(try owner([silent, donor]).value == "anna")
    #expect(try owner([silent]).value == "account-owner")
  }

  // MARK: Earlier

  @Test func `the month before speaks for resources of the same name`() throws {
    let april = Fixture.may.previous
    let asked = try Fixture.allocation("1", ["user:Name": " DB-1"])
    let before = try [
      Fixture.allocation("95", ["user:name": "db-1", "user:Owner": "anna"], period: april),
      Fixture.allocation("5", ["user:名称": "db-1", "user:Owner": "bo"], period: april),
      Fixture.allocation("900", ["user:Name": "db-2", "user:Owner": "bo"], period: april),
      Fixture.allocation(
        "900", ["user:Name": "db-1", "user:Owner": "bo"], account: "200000000008", period: april),
    ]
    #expect(
      try owner([asked], earlier: before)
        == AttributedValue(value: "anna", tier: .earlier, rule: "month-before", raw: " DB-1"))
    #expect(try owner([asked], earlier: Array(before.dropFirst())).value == "bo")
    #expect(try owner([asked] + before) == .unknown)
    let nameless = try Fixture.allocation("1", ["user:Name": "n/a"])
    #expect(try owner([nameless], earlier: before) == .unknown)
  }

  @Test func `a group of this month goes before the month before`() throws {
    let tags: [Text: Text] = ["user:Name": "db", stack: "shop"]
    let found = try owner(
      [
        Fixture.allocation("1", tags),
        Fixture.allocation("1", [stack: "shop", "user:Owner": "anna"]),
      ], earlier: [Fixture.allocation("1", ["user:Name": "db", "user:Owner": "bo"])])
    #expect(found.value == "anna")
  }

  // MARK: Units and names

  @Test func `the nearest unit that says something speaks, behind the account`() throws {
    let deep = try first([Fixture.allocation("1", account: "200000000003")])
    #expect(
      deep[.owner]
        == AttributedValue(value: "shop-owner", tier: .organization, rule: "Shop", raw: ""))
    #expect(deep[.costCenter].value == "CC-2" && deep[.costCenter].rule == "Shop/Online")
    let listed = try first([Fixture.allocation("1", account: "200000000004")])
    #expect(listed[.owner].tier == .account && listed[.costCenter].tier == .organization)
  }

  @Test func `names speak last`() throws {
    let resource = try first([Fixture.allocation("1", ["user:Name": "EDGE-proxy"])])
    #expect(
      resource[.owner]
        == AttributedValue(value: "edge-team", tier: .name, rule: "edge-*", raw: "EDGE-proxy"))
    let account = try first([Fixture.allocation("1", account: "200000000003")])
    #expect(account[.environment].value == "dev" && account[.environment].tier == .name)
    let exported = try first(
      [Fixture.allocation("1")], accountNames: ["200000000009": "x-PROD-y"])
    #expect(exported[.environment].value == "prod")
    let listed = try first(
      [Fixture.allocation("1", ["user:Name": "edge-1"], account: "200000000001")])
    #expect(listed[.owner].tier == .account)
  }

  @Test(
    arguments: [
      ("*-prod-*", "shop-prod-1", true), ("*-prod-*", "ｓｈｏｐ－PROD-", true),
      ("*-prod-*", "shop-prod", false), ("a*b*c", "abc", true), ("a*b*c", "axbxxbc", true),
      ("a*b*c", "acb", false), ("abc", "ABC", true), ("abc", "abcd", false),
      ("ab*ba", "aba", false),
      ("ab*ba", "abba", true), ("*", "x", true), ("a**b", "ab", true), ("a?b", "axb", false),
      ("*aab", "aaab", true), ("*é*", "cafe\u{301}", false),
    ] as [(Text, Text, Bool)])
  func `a star stands for any run of characters`(_ pattern: Text, _ name: Text, _ fits: Bool) throws
  {
    let folded = try #require(FoldedName(name))
    #expect(NameGlob(pattern).matches(folded) == fits)
  }

  // MARK: Findings

  private func finding(_ tagSets: [[Text: Text]], resource: Text = "", account: Text) throws
    -> AttributedValue
  {
    var key = FindingKey(
      rule: "TotalOff", billingAccountID: "100000000001", billingPeriod: Fixture.may,
      currency: "USD")
    key.subAccountID = account
    key.serviceName = "Amazon EC2"
    key.resourceID = resource
    let allocations = try [
      Fixture.allocation("6", [stack: "shop", "user:Owner": "anna"], account: "200000000009"),
      Fixture.allocation("5", account: "200000000009"),
      Fixture.allocation("1", account: "200000000003"),
    ]
    return try Fixture.allocation(of: allocations).ownership.attribution(
      of: key, tagSets: tagSets.map(Fixture.tags))[.owner]
  }

  @Test func `a finding is owned by the stack of its rows, by the weakest evidence of them`()
    throws
  {
    let own: [Text: Text] = ["user:Owner": "anna"]
    let account: Text = "200000000009"
    #expect(try finding([[stack: "shop"]], account: account).tier == .attached)
    #expect(try finding([own, [stack: "shop"]], account: account).tier == .attached)
    #expect(try finding([[stack: "shop"], [:]], account: account).tier == .majority)
    #expect(try finding([[stack: "shop"], ["user:Owner": "bo"]], account: account).value == "anna")
  }

  @Test func `a finding goes to the unit before the majority, and by name last`() throws {
    #expect(try finding([[:]], account: "200000000003").tier == .organization)
    let edge: [Text: Text] = ["user:Name": "edge-1"]
    #expect(try finding([edge], account: "200000000009").tier == .majority)
    #expect(try finding([edge], account: "200000000007").value == "edge-team")
    #expect(try finding([edge, [:]], account: "200000000007") == .unknown)
    #expect(try finding([], resource: "edge-7", account: "200000000007").tier == .name)
  }
}

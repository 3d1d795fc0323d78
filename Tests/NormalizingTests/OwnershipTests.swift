import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Normalizing

@Suite struct OwnershipTests {
  private func key(
    account: Text = "200000000009", service: Text = "Amazon EC2", currency: CurrencyCode = "USD",
    period: BillingPeriod = Fixture.may
  ) -> FindingKey {
    var key = FindingKey(
      rule: "TotalOff", billingAccountID: "100000000001", billingPeriod: period,
      currency: currency)
    key.subAccountID = account
    key.serviceName = service
    return key
  }

  private func owner(_ allocations: [AllocationSummary], _ key: FindingKey) throws
    -> AttributedValue
  {
    try Fixture.allocation(of: allocations).ownership.attribution(of: key)[.owner]
  }

  private let majority = AttributedValue(
    value: "anna", tier: .majority, rule: "account-and-service", raw: "")

  @Test func `what all line items say is the finding's own, by the weakest evidence`() throws {
    let found = try owner(
      [
        Fixture.allocation("9", ["user:Owner": "anna"]),
        Fixture.allocation("1", ["user:owner": "anna"]),
        Fixture.allocation("0", ["user:Owner": "anna"]),
      ], key())
    #expect(
      found == AttributedValue(value: "anna", tier: .alias, rule: "owner", raw: "user:owner=anna"))
  }

  @Test func `one line item that says nothing leaves a majority`() throws {
    #expect(
      try owner(
        [Fixture.allocation("9", ["user:Owner": "anna"]), Fixture.allocation("1")], key())
        == majority)
  }

  @Test(
    arguments: [
      (["51", "49"], "anna"), (["50", "50"], ""), (["49", "51"], "bo"), (["-51", "49"], "anna"),
      (["0", "0"], ""), (["50", "30", "20"], ""), (["50.000000000000000001", "50"], "anna"),
    ] as [([String], Text)])
  func `a majority is more than half of the gross cost`(_ costs: [String], _ expected: Text) throws
  {
    let names: [Text] = ["anna", "bo", "cy"]
    let allocations = try zip(costs, names).map { try Fixture.allocation($0, ["user:Owner": $1]) }
    let found = try owner(allocations, key())
    #expect(found.value == expected)
    #expect(found.tier == (expected.isEmpty ? .unknown : .majority))
  }

  // MARK: The finding's own tags

  private func own(_ tagSets: [[Text: Text]], account: Text = "200000000001") throws
    -> AttributedValue
  {
    let allocations = try [
      Fixture.allocation("9", ["user:Owner": "bo"], account: account),
      Fixture.allocation("1", ["user:Owner": "cy"], account: account),
    ]
    return try Fixture.allocation(of: allocations).ownership.attribution(
      of: key(account: account), tagSets: tagSets.map(Fixture.tags))[.owner]
  }

  @Test func `what all rows of a finding say goes before account and majority`() throws {
    #expect(
      try own([["user:Owner": "anna", "user:Env": "prod"], ["user:owner": "anna"]])
        == AttributedValue(value: "anna", tier: .alias, rule: "owner", raw: "user:owner=anna"))
  }

  @Test func `rows that say different things, or nothing, leave it to the account`() throws {
    let unsure: [[[Text: Text]]] = [
      [], [[:]], [["user:Owner": "anna"], ["user:Owner": "bo"]], [["user:Owner": "anna"], [:]],
      [["user:Owner": "anna"], ["user:Owner": "n/a"]],
    ]
    for tagSets in unsure {
      #expect(try own(tagSets).value == "account-owner")
      #expect(try own(tagSets, account: "200000000009") == majority.with(value: "bo"))
    }
  }

  @Test func `each dimension is told by its own`() throws {
    let found = try Fixture.allocation(of: []).ownership.attribution(
      of: key(account: "200000000001"),
      tagSets: [["user:Env": "dev"], ["user:Env": "开发", "user:Owner": "anna"]].map(Fixture.tags))
    #expect(found[.environment].value == "dev" && found[.environment].tier == .value)
    #expect(found[.owner].value == "account-owner")
  }

  @Test func `the account goes before the majority, and after what all say`() throws {
    let account: Text = "200000000001"
    let one = try Fixture.allocation("9", ["user:Owner": "anna"], account: account)
    let other = try Fixture.allocation("1", account: account)
    #expect(try owner([one, other], key(account: account)).value == "account-owner")
    #expect(try owner([one], key(account: account)).value == "anna")
    #expect(try owner([], key(account: account)).tier == .account)
  }

  @Test func `other accounts, services, currencies and periods do not speak`() throws {
    let allocations = try [
      Fixture.allocation("1", ["user:Owner": "anna"]),
      Fixture.allocation("9", ["user:Owner": "bo"], account: "200000000008"),
      Fixture.allocation("9", ["user:Owner": "bo"], service: "Amazon S3"),
      Fixture.allocation("9", ["user:Owner": "bo"], currency: "CNY"),
      Fixture.allocation("9", ["user:Owner": "bo"], period: Fixture.may.next),
    ]
    #expect(try owner(allocations, key()).value == "anna")
    #expect(try owner(allocations, key(service: "Amazon S3")).value == "bo")
    #expect(try owner(allocations, key(account: "200000000007")) == .unknown)
  }

  @Test func `a finding without a service asks the whole account`() throws {
    let allocations = try [
      Fixture.allocation("6", ["user:Owner": "anna"]),
      Fixture.allocation("5", ["user:Owner": "bo"], service: "Amazon S3"),
    ]
    #expect(try owner(allocations, key(service: "")) == majority)
  }

  @Test func `charges without a service count once in their account`() throws {
    let allocations = try [
      Fixture.allocation("5", ["user:Owner": "bo"], service: ""),
      Fixture.allocation("6", ["user:Owner": "anna"]),
    ]
    #expect(try owner(allocations, key(service: "")) == majority)
  }

  @Test func `a finding without an account belongs to the payer's own entry`() throws {
    let found = try owner(
      [Fixture.allocation("6", ["user:Owner": "anna"])], key(account: "", service: ""))
    #expect(found.value == "finops")
    #expect(found.tier == .account)
  }

  @Test func `the order of the charges changes nothing`() throws {
    var random = SeededGenerator(seed: 7)
    let keys: [Text] = ["user:Owner", "user:owner", "resourceTags/user:Owner", "user:OWNER"]
    let allocations = try keys.map { try Fixture.allocation("1", [$0: "anna"]) }
    let found = try owner(allocations, key())
    for _ in 0..<10 {
      #expect(try owner(allocations.shuffled(using: &random), key()) == found, "seed 7")
    }
  }
}

extension AttributedValue {
  fileprivate func with(value: Text) -> AttributedValue {
    AttributedValue(value: value, tier: tier, rule: rule, raw: raw)
  }
}

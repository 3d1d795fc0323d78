import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Normalizing

@Suite struct AttributorTests {
  private func read(_ tags: [Text: Text], _ dimension: Dimension, account: Text = "")
    -> AttributedValue
  {
    Fixture.attributor.attribution(tags: Fixture.tags(tags), subAccountID: account)[dimension]
  }

  @Test(
    arguments: [
      "resourceTags/user:CostCenter", "user:CostCenter", "CostCenter", "user_cost_center",
      "resource_tags_user_cost_center",
    ] as [Text])
  func `the five spellings that exports give one key are one key, spelled right`(_ key: Text) {
    #expect(
      read([key: "CC-1001"], .costCenter)
        == AttributedValue(
          value: "CC-1001", tier: .tag, rule: "cost-center", raw: Text("\(key)=CC-1001")))
  }

  @Test(
    arguments: [
      "user:costcenter", "user:cost-center", "user:COST CENTER", "cost_center", "user:ＣｏｓｔＣｅｎｔｅｒ",
      "user:CC", "user:cc", "resourceTags/user:成本中心", "user_cc",
    ] as [Text])
  func `another key, or another spelling of it, is an alias`(_ key: Text) {
    #expect(read([key: "CC-1001"], .costCenter).tier == .alias)
    #expect(read([key: "CC-1001"], .costCenter).value == "CC-1001")
  }

  @Test(
    arguments: [
      ("Production", "prod"), ("PRD", "prod"), (" prod", "prod"), ("ＰＲＯＤ", "prod"), ("生产", "prod"),
      ("开发", "dev"), ("Blue", "blue"), ("ｂｌｕｅ", "blue"),
    ] as [(Text, Text)])
  func `a value that is changed says so`(_ raw: Text, _ value: Text) {
    let found = read(["user:Environment": raw], .environment)
    #expect(found.value == value)
    #expect(found.tier == .value)
    #expect(found.raw == Text("user:Environment=\(raw)"))
  }

  @Test(arguments: ["prod", "dev", "blue"] as [Text])
  func `a value that stands as it should is the tag's own`(_ value: Text) {
    #expect(read(["user:Environment": value], .environment).tier == .tag)
  }

  @Test(arguments: ["n/a", "N/A", " Unknown ", "NONE", "-", "－", "未知", "", "　"] as [Text])
  func `a placeholder is no value, and lets the next tag speak`(_ value: Text) {
    #expect(read(["user:Owner": value], .owner) == .unknown)
    #expect(read(["user:Owner": value, "user:Team": "core"], .owner).rule == "team")
  }

  @Test func `keys that AWS makes never count`() {
    for key in [
      "aws:createdBy", "resourceTags/aws:createdBy", "resource_tags_aws_created_by",
      "aws_created_by",
    ] as [Text] {
      #expect(read([key: "root"], .owner) == .unknown, "\(key)")
    }
    #expect(read(["user:aws created by": "anna"], .owner).value == "anna")
  }

  @Test func `the first rule that fires wins, however strong a later one is`() {
    #expect(read(["user:env": "PRD", "user:Stage": "dev"], .environment).value == "prod")
    #expect(read(["user:Stage": "dev"], .environment).rule == "stage")
  }

  @Test func `within a rule the exact key goes first, then aliases in their order, then bytes`() {
    #expect(read(["user:env": "dev", "user:Environment": "PRD"], .environment).value == "prod")
    #expect(
      read(["user:COSTCENTER": "CC-2", "user:CostCenter": "CC-1"], .costCenter).value == "CC-1")
    #expect(read(["user:DeployEnv": "dev", "user:env": "prod"], .environment).value == "prod")
    #expect(read(["user:环境": "dev", "user:env": "prod"], .environment).value == "prod")
    #expect(read(["user:ENV": "dev", "user:env": "prod"], .environment).value == "dev")
  }

  @Test func `a rule for listed values does not fire for others`() {
    #expect(read(["user:Stage": "frontend"], .environment) == .unknown)
    #expect(read(["user:Stage": "Development"], .environment).value == "dev")
  }

  @Test func `composed and decomposed values stay two`() {
    let composed = read(["user:Owner": "caf\u{E9}"], .owner).value
    let decomposed = read(["user:Owner": "cafe\u{301}"], .owner).value
    #expect(composed != decomposed)
  }

  @Test func `a composed key is not found by a rule for the decomposed one`() {
    var rules = Fixture.rules
    rules.dimensions[.owner]?.rules = [TagRule(name: "r", key: "Propri\u{E9}taire")]
    let attributor = Attributor(rules: rules, accounts: AccountDirectory([]))
    func owner(_ key: Text) -> Text {
      attributor.attribution(tags: Fixture.tags([key: "anna"]), subAccountID: "")[.owner].value
    }
    #expect(owner("user:Propri\u{E9}taire") == "anna")
    #expect(owner("user:Proprie\u{301}taire") == "")
    rules.dimensions[.owner]?.rules[0].aliases = ["Proprie\u{301}taire"]
    let both = Attributor(rules: rules, accounts: AccountDirectory([]))
    let tags = Fixture.tags(["user:Proprie\u{301}taire": "anna"])
    #expect(both.attribution(tags: tags, subAccountID: "")[.owner].tier == .alias)
  }

  @Test func `a prefix comes off once`() {
    #expect(read(["user:user:Owner": "anna"], .owner) == .unknown)
    #expect(read(["user_user_owner": "anna"], .owner) == .unknown)
  }

  @Test func `the account speaks where no tag does, in the rules' own values`() {
    let account: Text = "200000000001"
    #expect(
      read([:], .environment, account: account)
        == AttributedValue(value: "prod", tier: .account, rule: "account-list", raw: ""))
    #expect(read(["user:Owner": "anna"], .owner, account: account).value == "anna")
    #expect(read(["user:Owner": "none"], .owner, account: account).value == "account-owner")
    #expect(read([:], .application, account: account) == .unknown)
    #expect(read([:], .owner, account: "200000000002") == .unknown)
  }

  @Test func `a memo answers as the attributor does, also after it forgot`() {
    var memo = AttributionMemo(Fixture.attributor, capacity: 3)
    for number in [1, 2, 1, 3, 4, 1, 5, 4] {
      let set = Fixture.tags([
        "user:Owner": Text("o\(number)"), "aws:cloudformation:stack-name": "s",
      ])
      let found = memo.reading(set)
      #expect(found.own[.owner].value == Text("o\(number)"))
      #expect(found.groups.map(\.value) == ["s"])
    }
  }
}

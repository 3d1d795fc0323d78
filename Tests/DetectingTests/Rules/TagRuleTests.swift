import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules about what tags say, and about the regions that usage types name. Amounts are worked out by hand.
@Suite struct TagRuleTests {
  private func found(_ rule: any Detector, _ uses: TagUse...) throws -> Finding? {
    try rule.onlyFinding(facts([usage()]).with { $0.tagUses = uses })
  }

  @Test func `a share below what is asked for puts the cost without a tag at stake`() throws {
    let finding = try #require(
      try found(
        TagMissing(), tagUse(.owner, "anna", "50.00"), tagUse(.owner, "bo", "29.99"),
        tagUse(.owner, "", "20.01")))
    #expect(finding.amountAtStake == "20.01" && finding.impact == "0")
    #expect(finding.actual == "79.99 %" && finding.expected == "80.00 %")
    #expect(finding.key.subAccountID == "200000000001" && finding.key.detail == "Owner")
    #expect(finding.lineCount == 2)
  }

  @Test func `a share that is reached, or that nobody asks for, is none`() throws {
    let said = tagUse(.owner, "anna", "80.00")
    #expect(try found(TagMissing(), said, tagUse(.owner, "", "20.00")) == nil)
    #expect(try found(TagMissing(), tagUse(.criticality, "", "20.00")) == nil)
    #expect(try found(TagMissing(), tagUse(.owner, "", "0.00")) == nil)
  }

  @Test func `without required tags the rule is not checked`() throws {
    let month = try facts([usage()]).with {
      $0.tagUses = [tagUse(.owner, "", "20.00")]
      $0.contract.terms.requiredTags = nil
    }
    for rule in [TagMissing(), TagSpellingsDiffer(), TagValueUnknown()] as [any Detector] {
      let judgement = try rule.judge(month)
      #expect(judgement.findings.isEmpty && judgement.unchecked.count == 1)
    }
  }

  @Test(arguments: [
    ("100000000001", "2026-04-30", true), ("100000000009", "2026-04-30", false),
    ("100000000001", "2026-03-31", false),
  ])
  func `tags are asked for of a payer and for a time`(
    _ payer: String, _ to: String, _ isAsked: Bool
  ) throws {
    let month = try facts([usage()]).with {
      $0.tagUses = [tagUse(.owner, "", "20.00")]
      $0.contract.terms.requiredTags = [
        ContractTerms.RequiredTag(
          billingAccountID: Text(payer), dimension: .owner, share: "0.80",
          span: ContractTerms.Span(to: day(to)))
      ]
    }
    #expect(try TagMissing().judge(month).findings.isEmpty != isAsked)
  }

  @Test func `another value from some day on puts its cost at stake`() throws {
    let finding = try #require(
      try found(
        TagChangedMidMonth(), tagUse(.owner, "zoe", "50.00", days: 1...15),
        tagUse(.owner, "bo", "30.00", days: 16...20), tagUse(.owner, "", "9.00"),
        tagUse(.owner, "bo", spelled: "Bo", "7.50", days: 18...30)))
    #expect(finding.amountAtStake == "37.50" && finding.lineCount == 4)
    #expect(finding.actual == "bo from 2026-04-16" && finding.expected == "zoe as before")
    #expect(finding.key.serviceName == "Amazon EC2" && finding.key.detail == "Owner")
    #expect(finding.chargePeriodStart == day("2026-04-16"))
  }

  @Test(arguments: [
    ([1, 2, 3], [3, 4, 5], false), ([1, 2, 9], [4, 5], false), ([1, 2], [5, 6], true),
    ([1, 2], [6, 7], false), ([1], [2, 3], false), ([1, 2], [3], false),
  ])
  func `values that share days, lie apart or are rare do not follow each other`(
    _ old: [Int], _ new: [Int], _ isFound: Bool
  ) throws {
    let finding = try found(
      TagChangedMidMonth(), tagUse(.owner, "anna", "5.00", days: old),
      tagUse(.owner, "bo", "5.00", days: new))
    #expect((finding != nil) == isFound)
  }

  @Test func `three values, or one that nobody asks for, are no change`() throws {
    #expect(
      try found(
        TagChangedMidMonth(), tagUse(.owner, "a", "1.00", days: 1...9),
        tagUse(.owner, "b", "1.00", days: 10...19), tagUse(.owner, "c", "1.00", days: 20...30))
        == nil)
    #expect(
      try found(
        TagChangedMidMonth(), tagUse(.criticality, "a", "1.00", days: 1...9),
        tagUse(.criticality, "b", "1.00", days: 10...30)) == nil)
  }

  @Test func `usage of another month is no second value, and nothing is found about nothing`()
    throws
  {
    let build = tagUse(.owner, "build", "5.00", days: 1...15)
    let late = tagUse(.owner, "ci", "5.00", days: [])
    #expect(try found(TagChangedMidMonth(), build, late) == nil)
    let ship = tagUse(.owner, "ship", "4.00", days: 16...30)
    #expect(try found(TagChangedMidMonth(), build, late, ship)?.amountAtStake == "4.00")
    #expect(
      try found(TagChangedMidMonth(), build, tagUse(.owner, "free", "0.00", days: 16...30)) == nil)
  }

  @Test(arguments: [
    (false, "payer 100000000001: the sums by tags do not tell their days; read the export again"),
    (true, "payer 100000000001: no column for ChargePeriodStart"),
  ])
  func `days that no reading would tell are not asked for`(
    _ lacksStart: Bool, _ reason: Text
  ) throws {
    var use = tagUse(.owner, "a", "1.00")
    use.days = nil
    let month = try facts([usage()], without: lacksStart ? [.chargePeriodStart] : []).with {
      $0.tagUses = [use]
    }
    #expect(try TagChangedMidMonth().judge(month).unchecked.map(\.reason) == [reason])
  }

  @Test func `days that were not kept leave the rule unchecked`() throws {
    var uses = [
      tagUse(.owner, "a", "1.00", days: 1...9), tagUse(.owner, "b", "1.00", days: 10...30),
    ]
    uses[1].days = nil
    let month = try facts([usage()]).with { $0.tagUses = uses }
    let judgement = try TagChangedMidMonth().judge(month)
    #expect(judgement.findings.isEmpty && judgement.unchecked.count == 1)
  }

  @Test func `accounts do not lend each other their tags`() throws {
    var other = tagUse(.owner, "", "20.00")
    other.subAccountID = "200000000002"
    let finding = try found(TagMissing(), tagUse(.owner, "anna", "980.00"), other)
    #expect(finding?.key.subAccountID == "200000000002")
    #expect(finding?.actual == "0.00 %")
  }

  @Test func `spellings of one value are one finding, the dearest first`() throws {
    var elsewhere = tagUse(.environment, "prod", spelled: "PRD", "4.00")
    elsewhere.subAccountID = "200000000002"
    let finding = try #require(
      try found(
        TagSpellingsDiffer(), tagUse(.environment, "prod", "90.00"),
        tagUse(.environment, "prod", spelled: "Production", "5.00"),
        tagUse(.environment, "prod", spelled: "PRD", "3.00"), elsewhere))
    #expect(finding.amountAtStake == "12.00" && finding.lineCount == 6)
    #expect(finding.actual == "PRD; Production" && finding.expected == "prod")
    #expect(finding.key.detail == "Environment=prod" && finding.key.subAccountID.isEmpty)
    #expect(try found(TagSpellingsDiffer(), tagUse(.environment, "prod", "90.00")) == nil)
    let unlisted = tagUse(.environment, "odd", spelled: "ODD", "9.00", isUnlisted: true)
    #expect(try found(TagSpellingsDiffer(), unlisted) == nil)
  }

  @Test func `a value that is not listed`() throws {
    let unlisted = tagUse(.costCenter, "CC-9", "3.00", isUnlisted: true)
    #expect(try found(TagValueUnknown(), unlisted)?.amountAtStake == "3.00")
    #expect(try found(TagValueUnknown(), tagUse(.costCenter, "CC-1", "3.00")) == nil)
  }

  @Test func `a usage type of another region`() throws {
    func found(_ usageType: Text, in region: Text) throws -> Finding? {
      try RegionMismatch().onlyFinding(facts([usage([.usageType: usageType, .regionID: region])]))
    }
    let finding = try #require(try found("USW2-BoxUsage:m5.large", in: "us-east-1"))
    #expect(finding.amountAtStake == "5.00" && finding.expected == "us-west-2")
    #expect(finding.regionID == "us-east-1")
    #expect(try found("CNN1-BoxUsage:m5.large", in: "cn-northwest-1") != nil)
    #expect(try found("USW2-BoxUsage:m5.large", in: "us-west-2") == nil)
    #expect(try found("BoxUsage:m5.large", in: "us-west-2") == nil)
  }

  @Test(arguments: ["USE2-USW2-AWS-Out-Bytes", "USW2-LAX1-BoxUsage:t3.medium", "EU-Requests-Tier1"])
  func `a usage type of two places or of an edge names no region`(_ usageType: String) throws {
    let row = usage([.usageType: Text(usageType), .regionID: "us-east-1"])
    #expect(try RegionMismatch().onlyFinding(facts([row])) == nil)
  }
}

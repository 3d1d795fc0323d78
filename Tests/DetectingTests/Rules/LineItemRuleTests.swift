import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules that a single row or a small group of rows breaks. Amounts are worked out by hand.
@Suite struct LineItemRuleTests {
  private func finding(_ rule: any Detector, _ rows: LineItem...) throws -> Finding? {
    try rule.onlyFinding(facts(rows))
  }

  // MARK: DuplicateLineItem

  @Test func `a line item that stands three times costs its two repeats`() throws {
    let found = try #require(try finding(DuplicateLineItem(), usage(), usage(), usage()))
    #expect(found.impact == "10.00" && found.amountAtStake == "10.00")
    #expect(found.lineCount == 3)
    #expect(found.actual == "3 rows" && found.expected == "1 row")
    #expect(found.evidence.map(\.record) == [1, 2, 3])
    #expect(found.key.subAccountID == "200000000001")
    #expect(found.key.usageType == "BoxUsage:m5.large")
  }

  @Test func `suspects of one key in two bookings are one finding`() throws {
    let halves = try (1...2).map { _ in try booking([usage(), usage()]) }
    let found = try #require(try DuplicateLineItem().onlyFinding(facts(booked: halves)))
    #expect(found.impact == "10.00" && found.lineCount == 4)
    #expect(found.expected == "2 rows" && found.evidence.count == 4)
  }

  @Test func `an id that recurs in another interval is no duplicate`() throws {
    let next: Text = "2026-04-04T00:00:00Z/2026-04-05T00:00:00Z"
    #expect(try finding(DuplicateLineItem(), usage(), usage([.timeInterval: next])) == nil)
  }

  // MARK: RepeatedUsage

  @Test func `the same use under another id is repeated`() throws {
    let found = try #require(
      try finding(RepeatedUsage(), usage(), usage([.lineItemID: "line-2"])))
    #expect(found.impact == "5.00")
    #expect(found.key.resourceID == "i-0001" && found.key.operation == "RunInstances")
  }

  @Test(
    arguments: [
      [.chargeDescription: "next tier"], [.consumedQuantity: "9"], [.operation: "StopInstances"],
      [.resourceID: "i-0002"], [.unblendedRate: "0.51"], [.lineItemType: "DiscountedUsage"],
      [.lineItemID: "line-1"],
    ] as [[Field: Text]])
  func `a row that differs otherwise is not repeated`(_ change: [Field: Text]) throws {
    var other = usage([.lineItemID: "line-2"])
    other.merge(change) { $1 }
    #expect(try finding(RepeatedUsage(), usage(), other) == nil)
  }

  @Test func `use without a resource is not judged as repeated`() throws {
    let first = usage([.resourceID: nil])
    #expect(
      try finding(RepeatedUsage(), first, usage([.resourceID: nil, .lineItemID: "2"])) == nil)
  }

  // MARK: CostNotRateTimesUsage

  @Test func `a cost above rate times usage is too much by the difference`() throws {
    let found = try #require(
      try finding(CostNotRateTimesUsage(), usage([.unblendedCost: "7.25"])))
    #expect(found.impact == "2.25" && found.actual == "7.25" && found.expected == "5.00")
    #expect(found.explanation.english.string.contains("USD 2.25 too much"))
  }

  @Test func `a cost below rate times usage is too little`() throws {
    let found = try #require(try finding(CostNotRateTimesUsage(), usage([.unblendedCost: "4.00"])))
    #expect(found.impact == "-1.00" && found.amountAtStake == "1.00")
    #expect(found.explanation.english.string.contains("USD 1.00 too little"))
  }

  @Test(arguments: ["5.000001", "4.999999", "5"])
  func `a millionth is rounding`(_ cost: Text) throws {
    #expect(try finding(CostNotRateTimesUsage(), usage([.unblendedCost: cost])) == nil)
  }

  @Test func `more than a millionth is not rounding`() throws {
    #expect(
      try finding(CostNotRateTimesUsage(), usage([.unblendedCost: "5.0000011"])) != nil)
  }

  @Test func `a large cost may be off by a billionth of it`() throws {
    let large: [Field: Text?] = [.consumedQuantity: "20000", .unblendedCost: "10000.00001"]
    #expect(try finding(CostNotRateTimesUsage(), usage(large)) == nil)
  }

  @Test func `lines without a rate, and fees, are not multiplied`() throws {
    let fee = charge("Fee", cost: "9.00", [.unblendedRate: "1", .consumedQuantity: "2"])
    #expect(try finding(CostNotRateTimesUsage(), usage([.unblendedRate: nil]), fee) == nil)
  }

  // MARK: RateAbovePublic

  @Test func `a rate above the public one costs the excess of each unit`() throws {
    let row = usage([.unblendedRate: "0.53", .unblendedCost: "5.30"])
    let found = try #require(try finding(RateAbovePublic(), row))
    #expect(found.impact == "0.30" && found.expected == "at most 5.00")
    #expect(found.confidence < .one)
  }

  @Test(arguments: ["0.50", "0.500001", "0.40"])
  func `a rate at or below the public one is right`(_ rate: Text) throws {
    #expect(try finding(RateAbovePublic(), usage([.unblendedRate: rate])) == nil)
  }

  @Test func `a public rate of zero is no price`() throws {
    #expect(try finding(RateAbovePublic(), usage([.publicOnDemandRate: "0"])) == nil)
  }

  // MARK: RateInconsistent

  @Test func `two rates of one price cost what lies above the lower one`() throws {
    let cheaper = usage([.lineItemID: "2", .unblendedRate: "0.40", .unblendedCost: "4.00"])
    let found = try #require(try finding(RateInconsistent(), usage(), cheaper))
    // 9.00 in all; twenty hours at 0.40 are 8.00.
    #expect(found.impact == "1.00")
    #expect(found.actual == "0.40, 0.50")
  }

  @Test func `rates that are spelled differently are one rate`() throws {
    #expect(try finding(RateInconsistent(), usage(), usage([.unblendedRate: "5.0E-1"])) == nil)
  }

  @Test func `a tier has its own description and rate`() throws {
    let tier = usage([.unblendedRate: "0.40", .chargeDescription: "$0.40 over 100 hours"])
    #expect(try finding(RateInconsistent(), usage(), tier) == nil)
  }

  @Test func `no amount is claimed where several prices fold into one finding`() throws {
    let tier: [Field: Text?] = [.chargeDescription: "tier 2"]
    let found = try #require(
      try finding(
        RateInconsistent(), usage(), usage([.unblendedRate: "0.40"]), usage(tier),
        usage(tier.merging([.unblendedRate: "0.30"]) { $1 })))
    #expect(found.amountAtStake.isZero && found.leastSeverity == .low)
  }

  // MARK: ReservedUsageCharged

  @Test func `covered usage that costs money is charged twice`() throws {
    let found = try #require(
      try finding(ReservedUsageCharged(), usage([.lineItemType: "DiscountedUsage"])))
    #expect(found.impact == "5.00" && found.confidence == .one)
  }

  @Test func `covered usage at no cost is right`() throws {
    let covered = usage([.lineItemType: "DiscountedUsage", .unblendedCost: "0"])
    #expect(try finding(ReservedUsageCharged(), covered, usage()) == nil)
  }

  @Test func `a format without line item types of CUR is not checked for them`() throws {
    let focus = facts(booked: [try booking([usage()], format: .focus12)])
    #expect(try ReservedUsageCharged().judged(focus).unchecked.count == 1)
    #expect(try SavingsPlanNegationMismatch().judged(focus).unchecked.count == 1)
  }

  // MARK: SavingsPlanNegationMismatch

  private func covered(_ changes: [Field: Text?] = [:]) -> LineItem {
    usage([.lineItemType: "SavingsPlanCoveredUsage", .savingsPlanARN: "arn:plan"])
      .merging(changes.compactMapValues { $0 }) { $1 }
  }

  private func negation(_ cost: Text, _ changes: [Field: Text?] = [:]) -> LineItem {
    covered([.lineItemType: "SavingsPlanNegation", .unblendedCost: cost])
      .merging(changes.compactMapValues { $0 }) { $1 }
  }

  @Test func `a negation that is too small leaves the rest to pay`() throws {
    let found = try #require(
      try finding(SavingsPlanNegationMismatch(), covered(), covered(), negation("-9.50")))
    #expect(found.impact == "0.50" && found.lineCount == 3)
    #expect(found.key.detail == "SavingsPlanArn=arn:plan")
  }

  @Test func `one negation cancels several covered rows`() throws {
    #expect(
      try finding(SavingsPlanNegationMismatch(), covered(), covered(), negation("-10.00")) == nil)
  }

  @Test func `a millionth a row may remain`() throws {
    #expect(
      try finding(SavingsPlanNegationMismatch(), covered(), negation("-4.999998")) == nil)
    #expect(
      try finding(SavingsPlanNegationMismatch(), covered(), negation("-4.999997")) != nil)
  }

  @Test func `a negation of another day does not cancel`() throws {
    let later: [Field: Text?] = [.timeInterval: "2026-04-04T00:00:00Z/2026-04-05T00:00:00Z"]
    let found = try #require(
      try finding(SavingsPlanNegationMismatch(), covered(), negation("-5.00", later)))
    #expect(found.explanation.english.string.contains("2 intervals"))
  }

  // MARK: MoreHoursThanPeriod

  private func hours(_ first: Text, _ second: Text, _ changes: [Field: Text?] = [:]) -> [LineItem] {
    [
      usage([.consumedQuantity: first]),
      usage([.lineItemID: "2", .consumedQuantity: second, .lineItemType: "DiscountedUsage"]),
    ].map { $0.merging(changes.compactMapValues { $0 }) { $1 } }
  }

  @Test func `an instance cannot run for more hours than April has`() throws {
    let found = try #require(
      try MoreHoursThanPeriod().onlyFinding(facts(hours("700", "100"))))
    // April has 720 hours: 80 of 800 hours, a tenth of 10.00.
    #expect(found.impact == "1.00")
    #expect(found.actual == "800.00 hours" && found.expected == "at most 720.00 hours")
    #expect(found.key.resourceID == "i-0001")
  }

  @Test func `the cost of the hours too many is rounded once`() throws {
    // 1080 hours of 720: a third of 298855.872 is 99618.624, which 0.333333333333333333 of it is not.
    let rows = hours("540", "540", [.unblendedCost: "149427.936"])
    let found = try #require(try MoreHoursThanPeriod().onlyFinding(facts(rows)))
    #expect(found.impact == "99618.624")
  }

  @Test func `hours that are charged twice are the money of the second charge`() throws {
    let rows = [
      usage([.consumedQuantity: "720", .unblendedCost: "7.77"]),
      usage([.lineItemID: "2", .consumedQuantity: "720", .unblendedCost: "7.77"]),
    ]
    let findings = try DetectorCatalog.judge(try facts(rows)).findings
    let hours = try #require(findings.first { $0.key.rule == MoreHoursThanPeriod.id })
    #expect(hours.amountAtStake == "7.77" && hours.causedBy?.rule == RepeatedUsage.id)
  }

  @Test func `all hours of the month, and more than those of February, are right`() throws {
    #expect(try MoreHoursThanPeriod().onlyFinding(facts(hours("700", "20"))) == nil)
  }

  @Test(
    arguments: [
      [.usageType: "Multi-AZInstanceUsage:db.m5.large", .productCode: "AmazonRDS"],
      [.productCode: "ElasticMapReduce"], [.usageType: "EBS:VolumeUsage.gp3"],
    ] as [[Field: Text]])
  func `what stands for several machines may have more hours`(_ change: [Field: Text]) throws {
    #expect(try MoreHoursThanPeriod().onlyFinding(facts(hours("700", "700", change))) == nil)
  }

  // MARK: NegativeCharge and PositiveCredit

  @Test func `usage below zero is a finding in the customer's favour`() throws {
    let found = try #require(
      try finding(
        NegativeCharge(), usage([.consumedQuantity: "-2", .unblendedCost: "-1.00"])))
    #expect(found.impact == "-1.00" && found.amountAtStake == "1.00")
  }

  @Test func `a quantity below zero alone is a finding`() throws {
    let found = try #require(try finding(NegativeCharge(), usage([.consumedQuantity: "-2"])))
    #expect(found.impact == "5.00")
  }

  @Test(
    arguments: [
      "Credit", "Refund", "Tax", "SavingsPlanNegation", "EdpDiscount", "PartnerDiscount",
      "Adjustment", "Surcharge",
    ] as [Text])
  func `types that may be negative, or that nobody knows, are left out`(_ type: Text) throws {
    #expect(try finding(NegativeCharge(), charge(type, cost: "-1.00")) == nil)
  }

  @Test(arguments: ["Credit", "Refund"] as [Text])
  func `a credit that charges is a finding`(_ type: Text) throws {
    #expect(try finding(PositiveCredit(), charge(type, cost: "3.00"))?.impact == "3.00")
    #expect(try finding(PositiveCredit(), charge(type, cost: "-3.00")) == nil)
    #expect(try finding(PositiveCredit(), charge(type, cost: "0")) == nil)
  }

  @Test func `what FOCUS calls a correction may be negative, or take a credit back`() throws {
    let correction: [Field: Text?] = [.chargeClass: "Correction"]
    for type in ["Usage", "Purchase"] as [Text] {
      #expect(try finding(NegativeCharge(), charge(type, cost: "-1.00")) != nil)
      #expect(try finding(NegativeCharge(), charge(type, cost: "-1.00", correction)) == nil)
    }
    #expect(try finding(PositiveCredit(), charge("Credit", cost: "3.00", correction)) == nil)
  }

  @Test func `where there is no usage type the service is named`() throws {
    func explanation(_ changes: [Field: Text?]) throws -> String {
      let row = charge("Purchase", cost: "-2.00", changes)
      return try #require(try finding(NegativeCharge(), row)).explanation.english.string
    }
    #expect(
      try explanation([:]).contains("1 line item of Amazon Elastic Compute Cloud, USD -2.00"))
    #expect(
      try explanation([.serviceName: "", .usageType: nil]).contains("of an unnamed service, USD"))
  }

  // MARK: ChargedOutsidePeriod

  private let before: [Field: Text?] = [
    .chargePeriodStart: "2026-03-31T23:00:00Z", .chargePeriodEnd: "2026-04-01T00:00:00Z",
  ]

  @Test func `usage of the month before is charged outside its period`() throws {
    let found = try #require(try finding(ChargedOutsidePeriod(), usage(before)))
    #expect(found.kind == .dataQuality && found.amountAtStake == "5.00")
    #expect(found.actual == "2026-03-31" && found.chargePeriodEnd == day("2026-03-31"))
    #expect(found.impact.isZero)
  }

  @Test(arguments: ["Tax", "Fee", "Refund", "Credit", "Adjustment"] as [Text])
  func `other types legitimately name earlier days`(_ type: Text) throws {
    #expect(try finding(ChargedOutsidePeriod(), charge(type, cost: "5", before)) == nil)
  }

  @Test func `usage dated after the month is no finding`() throws {
    let after = usage([.chargePeriodStart: "2026-07-01T00:00:00Z"])
    #expect(try finding(ChargedOutsidePeriod(), after, usage()) == nil)
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules about prices, units and the columns of a row. Amounts are worked out by hand.
@Suite struct PriceRuleTests {
  private func found(_ rule: any Detector, _ rows: LineItem...) throws -> Finding? {
    try rule.onlyFinding(facts(rows))
  }

  private func changed(from old: [LineItem], to new: [LineItem]) throws -> Finding? {
    let month = try facts(new).with { $0.previous = [monthBefore(try booking(old))] }
    return try RateChanged().onlyFinding(month)
  }

  @Test func `a rate that rose costs the rise for this month's usage`() throws {
    let before = usage([.unblendedRate: "0.40", .unblendedCost: "4.00"])
    let finding = try #require(try changed(from: [before], to: [usage()]))
    #expect(finding.impact == "1.00" && finding.actual == "0.50" && finding.expected == "0.40")
    #expect(try changed(from: [usage()], to: [before])?.impact == "-1.00")
    #expect(try changed(from: [usage()], to: [usage([.unblendedRate: "5E-1"])]) == nil)
  }

  @Test func `tiers, another SKU and a free month are no change`() throws {
    let tier = usage([.unblendedRate: "0.40", .unblendedCost: "4.00", .lineItemID: "t"])
    #expect(try changed(from: [tier], to: [usage(), tier]) == nil)
    #expect(try changed(from: [tier], to: [usage([.skuID: "SKU9"])]) == nil)
    let free = usage([.unblendedRate: "0", .unblendedCost: "0"])
    #expect(try changed(from: [free], to: [usage()]) == nil)
  }

  @Test func `without the month before a change of rate is not checked`() throws {
    let judgement = try RateChanged().judged(facts([usage()]).with { $0.previous = [] })
    #expect(judgement.findings.isEmpty && judgement.unchecked.count == 1)
  }

  @Test func `a version that was read without prices is not checked`() throws {
    var month = try facts([usage()])
    month.bookings[0].contents.prices = []
    for rule in [RateChanged(), UnitMismatch(), RegionNotAllowed()] as [any Detector] {
      let judgement = try rule.judged(month)
      #expect(judgement.unchecked.map(\.reason.string).contains { $0.contains("read it again") })
    }
  }

  @Test func `two units of one SKU put the cost of the lesser at stake`() throws {
    let other = usage([.pricingUnit: "Minutes", .unblendedCost: "2.00", .lineItemID: "u"])
    let finding = try #require(try found(UnitMismatch(), usage(), other))
    #expect(finding.amountAtStake == "2.00" && finding.expected == "Hrs" && finding.impact == "0")
    #expect(try found(UnitMismatch(), usage(), usage([.skuID: "S", .pricingUnit: "GB"])) == nil)
  }

  @Test func `a unit that is not that of the month before`() throws {
    let month = try facts([usage([.pricingUnit: "GB"])]).with {
      $0.previous = [monthBefore(try booking([usage()]))]
    }
    #expect(try UnitMismatch().onlyFinding(month)?.amountAtStake == "5.00")
  }

  @Test func `usage at a rate of zero misses its public price`() throws {
    let free = usage([.unblendedRate: "0.0000", .unblendedCost: "0"])
    #expect(try found(ChargeableAtZeroRate(), free)?.impact == "-5.00")
    let listed = free.merging([.publicOnDemandRate: "0"]) { $1 }
    #expect(try found(ChargeableAtZeroRate(), listed) == nil)
    #expect(try found(ChargeableAtZeroRate(), usage()) == nil)
    // 10 units: half a cent can be charged, less cannot.
    let half = free.merging([.publicOnDemandRate: "0.0005"]) { $1 }
    let less = free.merging([.publicOnDemandRate: "0.00049"]) { $1 }
    #expect(try found(ChargeableAtZeroRate(), half)?.impact == "-0.005")
    #expect(try found(ChargeableAtZeroRate(), less) == nil)
  }

  /// Descriptions of lines at a rate of zero as AWS writes them.
  @Test(arguments: [
    ("$0.000 per GB - data transfer out under the monthly global free tier", false),
    ("$0.00 per request - Monthly Global Free Tier for KMS requests", false),
    ("First 1,000,000 Amazon SQS Requests per month are free", false),
    ("First 5GB-mo per month of logs storage is free.", false),
    ("AWS FREE TIER: 750 hours", false), ("Logs storage IS FREE", false),
    ("Traffic is freely routed, $0.00 per GB", true), ("on this free node", true),
    ("$0 per 10000 API Requests", true), ("", true),
  ])
  func `a free tier that the line names is no missing price`(_ words: String, _ isFound: Bool)
    throws
  {
    let row = usage([
      .unblendedRate: "0", .unblendedCost: "0",
      .chargeDescription: words.isEmpty ? nil : Text(words),
    ])
    #expect((try found(ChargeableAtZeroRate(), row) != nil) == isFound)
  }

  @Test func `usage types of a service at a rate of zero are one finding`() throws {
    let free = usage([.unblendedRate: "0", .unblendedCost: "0"])
    let other = free.merging([.usageType: "BoxUsage:c5.large", .lineItemID: "2"]) { $1 }
    let finding = try #require(try found(ChargeableAtZeroRate(), free, other))
    #expect(finding.impact == "-10.00" && finding.lineCount == 2)
    #expect(finding.key.usageType.isEmpty && finding.key.subAccountID == "200000000001")
    #expect(finding.key.serviceName == "Amazon Elastic Compute Cloud")
  }

  @Test func `a free tier costs nothing, and what is beyond it does`() throws {
    #expect(try found(FreeTierCharged(), usage([.usageType: "FreeTier-Hours"]))?.impact == "5.00")
    let text = "$0.50 per request under the monthly free tier"
    #expect(
      try found(FreeTierCharged(), usage([.chargeDescription: Text(text)]))?.impact == "5.00")
    #expect(
      try found(FreeTierCharged(), usage([.chargeDescription: "$0.50 beyond free tier"])) == nil)
    #expect(
      try found(FreeTierCharged(), usage([.usageType: "FreeTier", .unblendedCost: "0"])) == nil)
  }

  @Test(arguments: ["-0.50", "0.50"])
  func `a net cost is the cost less the discount, whatever its sign`(_ discount: Text) throws {
    let right: [Field: Text?] = [.netUnblendedCost: "4.50", .totalDiscount: discount]
    #expect(try found(NetCostMismatch(), usage(right)) == nil)
    let wrong = right.merging([.netUnblendedCost: "4.20"]) { $1 }
    #expect(try found(NetCostMismatch(), usage(wrong))?.amountAtStake == "0.30")
  }

  @Test func `a public cost is the public rate times the usage`() throws {
    #expect(
      try found(PublicCostMismatch(), usage([.publicOnDemandCost: "6.25"]))?.amountAtStake
        == "1.25")
    #expect(try found(PublicCostMismatch(), usage([.publicOnDemandCost: "5.000001"])) == nil)
    #expect(try found(PublicCostMismatch(), usage([.publicOnDemandCost: "0"])) == nil)
  }

  @Test func `usage takes time`() throws {
    let none = usage([.chargePeriodEnd: "2026-04-03T00:00:00.000Z"])
    #expect(try found(IntervalImpossible(), none)?.amountAtStake == "5.00")
    #expect(try found(IntervalImpossible(), usage()) == nil)
    let tax = charge("Tax", cost: "1", [.chargePeriodEnd: "2026-04-01T00:00:00Z"])
    #expect(try found(IntervalImpossible(), tax) == nil)
  }

  /// Of a daily report: the interval is the day, and the charge period what was used of it.
  @Test(arguments: [
    ("2026-04-03T00:00:00Z", "2026-04-04T00:00:00Z", false),
    ("2026-04-03T05:00:00Z", "2026-04-03T06:00:00Z", false),
    ("2026-04-03T00:00:00Z", "2026-04-05T00:00:00Z", true),
    ("2026-04-02T23:00:00Z", "2026-04-04T00:00:00Z", true),
    ("2026-04-03T00:00:00Z", "2026-04-04T00:00:01Z", true),
  ])
  func `usage lies within its interval`(_ start: Text, _ end: Text, _ isFound: Bool) throws {
    let row = usage([.chargePeriodStart: start, .chargePeriodEnd: end])
    let finding = try found(IntervalOffGrain(), row)
    #expect((finding != nil) == isFound)
    if isFound { #expect(finding?.amountAtStake == "5.00" && finding?.kind == .dataQuality) }
  }

  @Test(
    arguments: [
      ("2026-04-03T07:00:00Z/2026-04-03T08:00:00Z", false),
      ("2026-04-01T00:00:00Z/2026-05-01T00:00:00Z", false),
      ("2026-04-03T00:00:00Z/2026-04-03T12:00:00Z", true),
      ("2026-04-03T00:00:00Z/2026-04-04T00:00:01Z", false),
      ("2026-04-03T07:00:00Z/2026-04-03T07:30:00Z", true),
      ("2026-04-03T07:30:00Z/2026-04-03T08:30:00Z", true),
      ("2026-04-03T01:00:00Z/2026-04-04T01:00:00Z", true),
      ("2026-04-05T00:00:00Z/2026-05-05T00:00:00Z", false),
      ("2026-04-05T00:00:00Z/2027-04-05T00:00:00Z", false),
    ] as [(Text, Bool)])
  func `an interval is an hour, a day, a month, or a term that is charged as a whole`(
    _ interval: Text, _ isFound: Bool
  ) throws {
    let ends = interval.string.split(separator: "/").map { Text(String($0)) }
    let row = usage([
      .timeInterval: interval, .chargePeriodStart: ends[0], .chargePeriodEnd: ends[1],
    ])
    #expect((try found(IntervalOffGrain(), row) != nil) == isFound)
  }

  @Test(
    arguments: [
      [.lineItemType: "Fee"], [.lineItemType: "Tax"], [.productCode: "AmazonRegistrar"],
      [.usageType: "USE1-CapacityBlock:p5"], [.chargePeriodStart: "2026-03-31T00:00:00Z"],
      [.chargePeriodStart: "2026-05-01T00:00:00Z"], [.billingEntity: "AWS Marketplace"],
    ] as [[Field: Text]])
  func `what is dated otherwise by nature covers any time`(_ change: [Field: Text]) throws {
    let row = usage([.chargePeriodEnd: "2027-04-03T00:00:00Z"]).merging(change) { $1 }
    #expect(try found(IntervalOffGrain(), row) == nil)
  }

  @Test(
    arguments: [
      ("2026-04-03T00:00:00Z/2026-04-05T00:00:00Z", true),
      ("2026-04-02T00:00:00Z/2026-05-02T00:00:00Z", true),
    ] as [(Text, Bool)])
  func `a long interval of which a day is used is none`(_ interval: Text, _ isFound: Bool) throws {
    #expect((try found(IntervalOffGrain(), usage([.timeInterval: interval])) != nil) == isFound)
  }

  /// What takes no time is `IntervalImpossible`, and found once.
  @Test(arguments: ["2026-04-05T00:00:00Z", "2026-04-04T00:00:00Z"] as [Text])
  func `usage without time is no other finding`(_ end: Text) throws {
    let row = usage([.chargePeriodStart: "2026-04-05T00:00:00Z", .chargePeriodEnd: end])
    #expect(try found(IntervalImpossible(), row) != nil)
    #expect(try found(IntervalOffGrain(), row) == nil)
  }

  @Test func `split cost that costs anything`() throws {
    let split = usage([.splitParentResourceID: "i-parent", .resourceID: "pod"])
    #expect(try found(SplitCostCounted(), split)?.amountAtStake == "5.00")
    let right = split.merging([.unblendedCost: "0"]) { $1 }
    #expect(try found(SplitCostCounted(), right) == nil)
  }

  @Test(arguments: ["20000000001", "2.00000E+11", "20000000000A"])
  func `an account id has twelve digits`(_ id: Text) throws {
    #expect(try found(AccountIDMalformed(), usage([.subAccountID: id]))?.amountAtStake == "5.00")
  }

  @Test func `all malformed ids of a payer are one finding that shows three`() throws {
    let rows = (1...5).map { usage([.subAccountID: Text("2000000000\($0)")]) }
    let finding = try #require(
      try AccountIDMalformed().onlyFinding(facts(rows + [usage()])))
    #expect(finding.amountAtStake == "25.00" && finding.lineCount == 5)
    #expect(finding.key.subAccountID.isEmpty)
    #expect(finding.actual == "20000000001; 20000000002; 20000000003; 20000000004; 20000000005")
    #expect(
      finding.explanation.english.string.hasPrefix(
        "5 account ids do not have 12 digits, such as 20000000001, 20000000002 and 20000000003; "))
    expectSameFacts(finding)
    #expect(
      finding.selection
        == Selection(alternatives: [
          [.subAccountID: (1...5).map { Text("2000000000\($0)") }]
        ]))
  }

  @Test func `a payer's own malformed id stands over all its accounts`() throws {
    let rows = ["200000000001", "2"].map {
      usage([.billingAccountID: "10000000001", .subAccountID: $0])
    }
    let finding = try #require(try AccountIDMalformed().onlyFinding(facts(rows)))
    #expect(finding.lineCount == 2 && finding.actual == "10000000001; 2")
    #expect(
      finding.selection
        == Selection(alternatives: [[.subAccountID: ["2", "200000000001"]]]))
  }

  @Test(arguments: [(89, true), (90, false)])
  func `a tenth of the rows may go`(_ rows: Int, _ isFound: Bool) throws {
    func month(_ count: Int) throws -> Booking {
      try booking((0..<count).map { usage([.lineItemID: Text("row \($0)")]) })
    }
    let month0 = facts(booked: [try month(rows)])
    let facts = try month0.with { $0.replaced["100000000001"] = try month(100) }
    let finding = try RowsDropped().onlyFinding(facts)
    #expect((finding != nil) == isFound)
    if isFound { #expect(finding?.amountAtStake == "55.00") }
  }

  @Test func `tax on charges before credits names both bases`() throws {
    var month = try facts([
      usage([.unblendedCost: "100.00"]), charge("Credit", cost: "-40.00"),
      charge("Tax", cost: "10.00"),
    ])
    month.contract.taxRates?[0].rate = "0.10"
    let finding = try #require(try TaxBeforeCredits().onlyFinding(month))
    #expect(finding.impact == "4.00" && finding.expected == "6.00")
    #expect(try TaxRateWrong().judged(month).findings.isEmpty)
    var without = try facts([usage([.unblendedCost: "100.00"]), charge("Tax", cost: "10.00")])
    without.contract.taxRates?[0].rate = "0.10"
    #expect(try TaxBeforeCredits().onlyFinding(without) == nil)
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules that hold a month to what was agreed. Amounts are worked out by hand.
@Suite struct AgreementRuleTests {
  private func found(
    _ rule: any Detector, _ rows: [LineItem],
    _ change: (inout PeriodFacts) throws -> Void = { _ in }
  ) throws -> Finding? {
    try rule.onlyFinding(facts(cleanRows + rows).with(change))
  }

  private func fee(_ cost: Text, _ product: Text, _ more: [Field: Text?] = [:]) -> LineItem {
    charge("Fee", cost: cost, [.lineItemID: "fee", .productCode: product].merging(more) { $1 })
  }

  // MARK: Discounts

  private func discount(_ cost: Text, _ type: Text = "EdpDiscount") -> LineItem {
    charge(type, cost: cost, [.lineItemID: type, .productCode: "AmazonS3"])
  }

  @Test func `a discount below the agreed rate costs the difference`() throws {
    let finding = try #require(
      try found(DiscountRateWrong(), [fee("1000.00", "AmazonS3"), discount("-80.00")]))
    #expect(finding.impact == "10.00" && finding.actual == "80.00" && finding.expected == "90.00")
  }

  @Test(arguments: ["-90.10", "-89.90", "-90.00"])
  func `a ten-thousandth of the base is rounding`(_ granted: Text) throws {
    let rows = [fee("1000.00", "AmazonS3"), discount(granted)]
    #expect(try found(DiscountRateWrong(), rows) == nil)
  }

  @Test(arguments: ["-90.11", "-89.89"])
  func `more than a ten-thousandth is not rounding`(_ granted: Text) throws {
    let rows = [fee("1000.00", "AmazonS3"), discount(granted)]
    #expect(try found(DiscountRateWrong(), rows)?.amountAtStake == "0.11")
  }

  @Test func `a discount comes after private rates and leaves Marketplace out`() throws {
    let rows = [
      fee("1000.00", "AmazonS3"), discount("-200.00", "PrivateRateDiscount"), discount("-72.00"),
      fee("500.00", "AmazonS3", [.billingEntity: "AWS Marketplace"]),
    ]
    #expect(try found(DiscountRateWrong(), rows) == nil)
  }

  @Test func `without discount rows the step to the net cost is the discount`() throws {
    let rows = [fee("1000.00", "AmazonS3", [.netUnblendedCost: "930.00"])]
    let month = try facts(rows)
    #expect(try DiscountRateWrong().onlyFinding(month)?.impact == "20.00")
  }

  @Test func `a discount that is not there is missing, and only once`() throws {
    let rows = [fee("100.00", "AmazonVPC")]
    #expect(try found(DiscountMissing(), rows)?.impact == "9.00")
    #expect(try found(DiscountRateWrong(), rows) == nil)
    #expect(try found(DiscountMissing(), [fee("0.05", "AmazonVPC")]) == nil)
  }

  @Test func `days outside the agreement have no discount`() throws {
    let rows = [fee("100.00", "AmazonVPC")]
    #expect(
      try found(DiscountMissing(), rows) {
        $0.contract.terms.discounts?[0].span.from = day("2026-04-04")
      } == nil)
  }

  @Test func `an open month is not held to its discounts`() throws {
    let month = try facts([fee("100.00", "AmazonVPC")]).with {
      $0.openPayers = ["100000000001"]
    }
    let judgement = try DiscountMissing().judged(month)
    #expect(judgement.findings.isEmpty && judgement.unchecked.count == 1)
  }

  // MARK: Private rates

  private let privateUse: [Field: Text?] = [
    .lineItemID: "p", .usageType: "BoxUsage:private", .skuID: "SKU2",
  ]

  @Test func `a private rate that is not applied costs the difference of the rates`() throws {
    // Ten hours at 0.50 where 0.30 was agreed.
    let finding = try #require(try found(PrivateRateNotApplied(), [usage(privateUse)]))
    #expect(finding.impact == "2.00" && finding.key.subAccountID == "200000000001")
    #expect(finding.actual == "0.50" && finding.expected == "0.30")
  }

  @Test func `a private rate that is applied, or granted in the net cost, is right`() throws {
    let applied: [Field: Text?] = [.unblendedRate: "0.30", .unblendedCost: "3.00"]
    let net: [Field: Text?] = [.netUnblendedCost: "3.00"]
    let further: [Field: Text?] = [.netUnblendedCost: "2.00"]
    for change in [applied, net, further] {
      #expect(
        try found(PrivateRateNotApplied(), [usage(privateUse.merging(change) { $1 })]) == nil)
    }
  }

  @Test func `a private rate for a part of the month is not checked`() throws {
    let judgement = try PrivateRateNotApplied().judged(
      facts([usage(privateUse)]).with {
        $0.contract.terms.privateRates?[0].span.from = day("2026-04-10")
      })
    #expect(judgement.findings.isEmpty && judgement.unchecked.count == 1)
  }

  // MARK: Credits

  private func credit(_ cost: Text, _ product: Text = "AmazonGlacier") -> LineItem {
    charge(
      "Credit", cost: cost,
      [.lineItemID: "c", .productCode: product, .chargeDescription: "Grant MAP-1 of 2026"])
  }

  @Test func `a credit beyond its amount counts what was used before`() throws {
    // 100.00 granted, 10.00 used before, 85.00 in March, 20.00 now: 15.00 too much.
    let finding = try found(CreditNotAsGranted(), [credit("-20.00")]) {
      var march = try booking([credit("-85.00")]).contents.suspects
      for index in march.indices { march[index].billingPeriod = period.previous }
      $0.earlierSuspects = march
    }
    #expect(finding?.impact == "-15.00" && finding?.actual == "115.00")
  }

  @Test func `a credit after its last day is wrong as a whole`() throws {
    let finding = try found(CreditNotAsGranted(), [credit("-20.00")]) {
      $0.contract.terms.credits?[0].span.to = day("2026-03-31")
    }
    #expect(finding?.impact == "-20.00")
    let within = try found(CreditNotAsGranted(), [credit("-20.00")]) {
      $0.contract.terms.credits?[0].span.to = day("2026-04-03")
    }
    #expect(within == nil)
  }

  @Test func `a credit for another product is wrong`() throws {
    #expect(try found(CreditNotAsGranted(), [credit("-20.00", "AmazonS3")])?.impact == "-20.00")
    #expect(try found(CreditNotAsGranted(), [credit("-20.00")]) == nil)
  }

  @Test func `a balance that is not applied is missing up to what it could pay`() throws {
    #expect(try found(CreditMissing(), [fee("60.00", "AmazonGlacier")])?.impact == "60.00")
    #expect(try found(CreditMissing(), [fee("600.00", "AmazonGlacier")])?.impact == "90.00")
    #expect(
      try found(CreditMissing(), [fee("60.00", "AmazonGlacier"), credit("-1.00")]) == nil)
    #expect(try found(CreditMissing(), [fee("60.00", "AmazonS3")]) == nil)
  }

  // MARK: Support

  @Test func `tiers are taken one after another, and the minimum holds`() throws {
    let plan = ContractTerms.Support(
      billingAccountID: "", legalEntity: "", products: [], basis: .sameMonth, minimum: "100",
      tiers: [
        ContractTerms.Support.Tier(upTo: "10000", rate: "0.10"),
        ContractTerms.Support.Tier(upTo: "80000", rate: "0.07"),
        ContractTerms.Support.Tier(upTo: nil, rate: "0.05"),
      ], tolerance: "0.01", span: ContractTerms.Span())
    #expect(try plan.fee(on: "500") == "100")
    #expect(try plan.fee(on: "10000") == "1000")
    #expect(try plan.fee(on: "100000") == "6900")
  }

  @Test func `support is a share of the charges of the month before`() throws {
    // 51.90 of usage, fees and discounts: the minimum of 29.00 is not reached without a minimum.
    let finding = try found(SupportFeeWrong(), []) {
      $0.contract.terms.support?[0].minimum = "0"
    }
    #expect(finding?.expected == "5.19" && finding?.impact == "23.81")
    #expect(try found(SupportFeeWrong(), []) == nil)
  }

  @Test func `without the month before support is not checked`() throws {
    let judgement = try SupportFeeWrong().judged(facts(cleanRows).with { $0.previous = [] })
    #expect(judgement.findings.isEmpty && judgement.unchecked.count == 1)
  }

  // MARK: Regions

  @Test func `a region that is not named is not allowed, and no region is everywhere`() throws {
    let elsewhere = usage([.regionID: "ap-south-1", .usageType: "APS3-BoxUsage:m5.large"])
    let finding = try #require(try found(RegionNotAllowed(), [elsewhere]))
    #expect(finding.impact == "5.00" && finding.regionID == "ap-south-1")
    #expect(try found(RegionNotAllowed(), [usage([.regionID: nil])]) == nil)
    #expect(try found(RegionNotAllowed(), [usage([.regionID: "global"])]) == nil)
  }

  @Test(
    arguments: [
      "DiscountMissing", "DiscountRateWrong", "PrivateRateNotApplied",
      "CreditMissing", "CreditNotAsGranted", "SupportFeeWrong", "RegionNotAllowed",
    ] as [RuleID])
  func `a rule without its fact says so`(_ id: RuleID) throws {
    let month = try facts(cleanRows).with { $0.contract.terms = ContractTerms() }
    let judgement = try DetectorCatalog.judge(month)
    #expect(judgement.unchecked.contains { $0.rule == id && $0.reason.string.contains("contract") })
  }
}

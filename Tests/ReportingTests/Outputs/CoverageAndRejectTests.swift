import BillingModel
import ExactNumbers
import Reporting
import Testing

@Suite struct CoverageAndRejectTests {
  private func coverage(
    _ dimension: Dimension, _ tier: EvidenceTier, _ currency: CurrencyCode
  ) -> CoverageRow {
    CoverageRow(
      dimension: dimension, tier: tier, currency: currency, lineItems: 3,
      billedCost: SampleReport.amount("-1.5"), lineItemShare: SampleReport.amount("0.25"),
      costShare: SampleReport.amount("0.333333333333333333"))
  }

  @Test func `coverage is listed by dimension, strongest evidence first`() throws {
    var report = SampleReport.empty()
    report.coverage = [
      coverage(.criticality, .tag, "USD"), coverage(.owner, .unknown, "USD"),
      coverage(.owner, .alias, "USD"), coverage(.owner, .alias, "CNY"),
      coverage(.businessUnit, .majority, "USD"),
    ]
    let document = try SampleReport.document("tag-coverage.csv", report)
    let figures = "3,-1.50,0.25,0.333333333333333333\n"
    #expect(
      utf8(document.bytes)
        == "Dimension,EvidenceTier,BillingCurrency,LineItems,BilledCost,LineItemShare,"
        + "BilledCostShare\n"
        + "BusinessUnit,majority,USD,\(figures)" + "Owner,alias,CNY,\(figures)"
        + "Owner,alias,USD,\(figures)" + "Owner,unknown,USD,\(figures)"
        + "Criticality,tag,USD,\(figures)")
    #expect(document.controlTotal?.amounts["USD"] == SampleReport.amount("-6"))
  }

  private func cost(_ lineItems: Int, _ gross: String) -> AllocatedCost {
    AllocatedCost(lineItems: lineItems, gross: SampleReport.amount(gross))
  }

  @Test
  func `accuracy is listed by dimension, strongest tier first, empty where nothing was asked`()
    throws
  {
    func row(
      _ dimension: Dimension, _ tier: EvidenceTier, _ tested: AllocatedCost,
      _ right: AllocatedCost, _ contradiction: Text = ""
    ) throws -> AccuracyRow {
      try AccuracyRow(
        dimension: dimension, tier: tier, currency: "USD", known: cost(9, "30"), tested: tested,
        right: right, contradiction: contradiction)
    }
    var report = SampleReport.empty()
    report.accuracy = try [
      row(.application, .account, cost(4, "0"), cost(3, "0")),
      row(.owner, .name, cost(0, "0"), cost(0, "0")),
      row(.owner, .attached, cost(3, "12"), cost(2, "9"), "2: bo where tags say =an, USD 3.00"),
    ]
    let document = try SampleReport.document("tag-accuracy.csv", report)
    #expect(
      utf8(document.bytes)
        == "Dimension,EvidenceTier,BillingCurrency,KnownLineItems,KnownCost,TestedLineItems,"
        + "TestedCost,RightLineItems,RightCost,LineItemAccuracy,CostAccuracy,LargestContradiction\n"
        + "Owner,attached,USD,9,30.00,3,12.00,2,9.00,0.666667,0.75,"
        + "\"2: bo where tags say =an, USD 3.00\"\n"
        + "Owner,name,USD,9,30.00,0,0.00,0,0.00,,,\n"
        + "Application,account,USD,9,30.00,4,0.00,3,0.00,0.75,,\n")
    #expect(document.controlTotal?.amounts["USD"] == SampleReport.amount("12"))
  }

  @Test func `debt stands in the order in which it was chosen`() throws {
    func row(_ found: Text, _ gross: String) -> TagDebtRow {
      TagDebtRow(
        kind: .value, dimension: .environment, currency: "USD", found: found, reason: "not listed",
        put: "prod", place: "normalize.tags: dimensions.Environment.values",
        gained: cost(2, gross), shareGained: SampleReport.amount("0.2"),
        shareAfter: SampleReport.amount("0.9"))
    }
    var report = SampleReport.empty()
    report.tagDebt = [row("Env=prdo", "20"), row("=b", "10")]
    let document = try SampleReport.document("tag-debt.csv", report)
    #expect(
      utf8(document.bytes)
        == "BillingCurrency,Kind,Dimension,Found,Reason,Put,Where,LineItems,Cost,ShareGained,"
        + "ShareAfter\n"
        + "USD,value,Environment,Env=prdo,not listed,prod,"
        + "normalize.tags: dimensions.Environment.values,2,20.00,0.20,0.90\n"
        + "USD,value,Environment,'=b,not listed,prod,"
        + "normalize.tags: dimensions.Environment.values,2,10.00,0.20,0.90\n")
    #expect(document.controlTotal?.amounts["USD"] == SampleReport.amount("30"))
  }

  @Test func `a reject says where it stands, and a fault of a file has no record`() throws {
    func reject(_ file: Text, _ record: Int, _ raw: Text) -> Reject {
      Reject(
        file: file, record: record, column: "lineItem/UnblendedCost", code: "UnreadableCost",
        message: "not a decimal number; ask AWS for the file again", raw: raw, cost: nil,
        currency: nil)
    }
    var report = SampleReport.empty()
    report.rejects = [reject("b", 10, "x"), reject("b", 9, "=1,0"), reject("a\nb", 0, "")]
    let document = try SampleReport.document("rejects.csv", report)
    let middle =
      "lineItem/UnblendedCost,UnreadableCost,"
      + "not a decimal number; ask AWS for the file again,"
    #expect(
      utf8(document.bytes)
        == "File,Record,Column,Code,Message,Raw\n"
        + "\"a\nb\",,\(middle)\n" + "b,9,\(middle)\"'=1,0\"\n" + "b,10,\(middle)x\n")
    #expect(document.controlTotal == nil)
  }
}

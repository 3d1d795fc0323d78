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

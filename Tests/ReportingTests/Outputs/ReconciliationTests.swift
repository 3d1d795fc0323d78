import BillingModel
import ExactNumbers
import Reporting
import Testing

@Suite struct ReconciliationTests {
  static let header =
    "BillingPeriod,MatchId,InvoiceIds,Documents,DocumentKinds,Issuer,BillingAccountId,"
    + "BillingCurrency,InvoicedNet,InvoicedTax,InvoicedTotal,ChargedNet,ChargedTax,ChargedTotal,"
    + "Difference,ExplainedDifference,UnexplainedDifference,Tolerance,Result,Reasons,"
    + "LineItemCount\n"
  static let itemHeader =
    "BillingPeriod,MatchId,BillingCurrency,Level,Key,Invoiced,Charged,Difference,Reason\n"

  private func report(_ matches: [Match]) -> PeriodReport {
    var report = SampleReport.empty()
    report.reconciliation = Reconciliation(billingPeriod: SampleReport.period)
    report.reconciliation?.matches = matches
    return report
  }

  private var discrepant: Match {
    var match = SampleReport.match("M-2", "-4.25", .discrepant)
    match.invoiceIDs = ["9", "10"]
    match.documents = ["ubl:2", "cxml:7"]
    match.documentKinds = [.invoice, .credit]
    match.periodInferred = true
    match.invoicedNet = SampleReport.amount("100")
    match.invoicedTax = SampleReport.amount("6")
    match.invoicedTotal = SampleReport.amount("106")
    match.chargedNet = SampleReport.amount("104.25")
    match.chargedTax = SampleReport.amount("6")
    match.chargedTotal = SampleReport.amount("110.25")
    match.explained = [
      ExplainedAmount(.restated, SampleReport.amount("-3")),
      ExplainedAmount(.lateCredit, SampleReport.amount("-0.25")),
      ExplainedAmount(.currencyConversion, .zero),
    ]
    match.unexplained = SampleReport.amount("-1")
    match.lineItems = 17
    return match
  }

  @Test func `a match shows both sides, what is explained and what is not`() throws {
    var missing = SampleReport.match("M-1", "-3", .missingInvoice)
    missing.documents = []
    missing.documentKinds = []
    let document = try SampleReport.document("reconciliation.csv", report([discrepant, missing]))
    #expect(
      utf8(document.bytes) == Self.header
        + "2026-04,M-1,2100,,,\"Amazon Web Services, Inc.\",100000000001,USD,,,,,,,-3.00,0.00,0.00,"
        + "0.01,MissingInvoice,,4\n"
        + "2026-04,M-2,10;9,cxml:7;ubl:2,invoice;credit,\"Amazon Web Services, Inc.\",100000000001,"
        + "USD,100.00,6.00,106.00,104.25,6.00,110.25,-4.25,-3.25,-1.00,0.01,Discrepant,"
        + "Restated=-3.00;LateCredit=-0.25;CurrencyConversion=0.00;PeriodInferred=0.00,17\n")
    #expect(document.controlTotal?.column == "ChargedTotal")
    #expect(document.controlTotal?.amounts["USD"] == SampleReport.amount("110.25"))
  }

  @Test func `items go from the total down`() throws {
    func item(_ level: ReconciliationLevel, _ key: Text, _ charged: String?) -> MatchItem {
      MatchItem(
        level: level, key: key, invoiced: nil, charged: charged.map(SampleReport.amount),
        difference: SampleReport.amount("-1"), reason: key.isEmpty ? "" : "Restated")
    }
    var match = discrepant
    match.items = [
      item(.subAccount, "-2", "1"), item(.service, "b", "2"), item(.service, "a", nil),
      item(.category, "Tax", "6"), item(.total, "", "110.25"),
    ]
    let document = try SampleReport.document("reconciliation-items.csv", report([match]))
    #expect(
      utf8(document.bytes) == Self.itemHeader
        + "2026-04,M-2,USD,Total,,,110.25,-1.00,\n"
        + "2026-04,M-2,USD,Category,Tax,,6.00,-1.00,Restated\n"
        + "2026-04,M-2,USD,Service,a,,,-1.00,Restated\n"
        + "2026-04,M-2,USD,Service,b,,2.00,-1.00,Restated\n"
        + "2026-04,M-2,USD,SubAccount,'-2,,1.00,-1.00,Restated\n")
    #expect(document.rows == 5)
    #expect(document.controlTotal?.amounts["USD"] == SampleReport.amount("-5"))
  }

  @Test func `a sum that leaves 20 integer digits is an error`() throws {
    var match = discrepant
    let largest = SampleReport.amount("99999999999999999999")
    match.explained = [ExplainedAmount(.restated, largest), ExplainedAmount(.rounding, largest)]
    #expect(throws: AmountOverflow.self) {
      try SampleReport.document("reconciliation.csv", report([match]))
    }
  }
}

import BillingModel
import ExactNumbers
import Reporting
import Testing

/// The documents by which a month is closed.
@Suite struct ClosingDocumentTests {
  private static func key(_ service: Text) -> RestatementKey {
    RestatementKey(
      billingAccountID: "100000000001", currency: "USD", invoiceID: "2100",
      subAccountID: "200000000001", serviceName: service, chargeType: "Usage")
  }

  @Test func `what moved is listed by base and key, and its differences are added up`() throws {
    var moved = RestatementRow(
      since: .signOff, change: .requantified, key: Self.key("=cmd"),
      before: SampleReport.amount("5"), after: SampleReport.amount("4.5"),
      difference: SampleReport.amount("-0.5"))
    (moved.lineItemsBefore, moved.lineItemsAfter) = (3, 2)
    var retagged = RestatementRow(
      since: .delivery, change: .retagged, key: Self.key("EC2"), before: SampleReport.amount("2"),
      after: SampleReport.amount("2"), difference: .zero)
    (retagged.tagsBefore, retagged.tagsAfter) = ("Owner=a", "Owner=b")
    let document = RestatementRow(
      since: .signOff, change: .documentAppeared, key: Self.key(""), before: nil,
      after: SampleReport.amount("9"), difference: nil)
    var report = SampleReport.empty()
    report.restatement = [moved, document, retagged]
    let sheet = try SampleReport.document("restatement.csv", report)
    let place = "100000000001,2100,200000000001"
    #expect(
      utf8(sheet.bytes)
        == "Since,Change,BillingAccountId,InvoiceId,SubAccountId,ServiceName,LineItemType,"
        + "BillingCurrency,Before,After,Difference,LineItemsBefore,LineItemsAfter,TagsBefore,"
        + "TagsAfter\n"
        + "delivery,retagged,\(place),EC2,Usage,USD,2.00,2.00,0.00,,,Owner=a,Owner=b\n"
        + "sign-off,document appeared,\(place),,Usage,USD,,9.00,,,,,\n"
        + "sign-off,requantified,\(place),'=cmd,Usage,USD,5.00,4.50,-0.50,3,2,,\n")
    #expect(sheet.controlTotal?.amounts["USD"] == SampleReport.amount("-0.5"))
  }

  @Test func `open items are listed by period and match, with their age`() throws {
    var match = SampleReport.match("M-2", "3.5", .missingCharges)
    match.invoicedTotal = SampleReport.amount("3.5")
    match.documents = ["ubl:9", "cxml:1"]
    let late = AgedItem(item: OpenItem(match, openSince: Day("2026-05-02")!), age: .over90)
    let silent = OpenItem(
      IssuerWithoutInvoices(
        issuer: "+Sinnet", billingAccountID: "200000000002", currency: "CNY",
        charged: SampleReport.amount("8")),
      in: BillingPeriod("2026-03")!, openSince: Day("2026-04-12")!)
    var report = SampleReport.empty()
    report.openItems = [late, AgedItem(item: silent, age: .upTo30)]
    let sheet = try SampleReport.document("open-items.csv", report)
    #expect(
      utf8(sheet.bytes)
        == "BillingPeriod,MatchId,Result,Issuer,BillingAccountId,BillingCurrency,Invoiced,Charged,"
        + "Difference,UnexplainedDifference,OpenSince,Age,Documents\n"
        + "2026-03,2026-03/200000000002/+Sinnet/CNY/no invoices,NoInvoices,'+Sinnet,200000000002,"
        + "CNY,,8.00,-8.00,-8.00,2026-04-12,0-30,\n"
        + "2026-04,M-2,MissingCharges,\"Amazon Web Services, Inc.\",100000000001,USD,3.50,,3.50,"
        + "0.00,2026-05-02,90+,cxml:1;ubl:9\n")
  }

  @Test func `expected invoices are listed by payer, issuer, type and id`() throws {
    func expected(_ id: Text, _ status: ExpectedStatus) -> ExpectedInvoice {
      ExpectedInvoice(
        billingAccountID: "100000000001", issuer: "AWS", billType: "Anniversary", invoiceID: id,
        currency: "USD", charged: SampleReport.amount("2.5"), expectedBy: Day("2026-05-09")!,
        status: status)
    }
    var report = SampleReport.empty()
    report.expectedInvoices = [expected("I2", .overdue), expected("", .awaited)]
    report.expectedInvoices[0].documents = ["ubl:2", "ubl:1"]
    let sheet = try SampleReport.document("expected-invoices.csv", report)
    #expect(
      utf8(sheet.bytes)
        == "BillingAccountId,Issuer,BillType,InvoiceId,BillingCurrency,Charged,ExpectedBy,Status,"
        + "Documents\n"
        + "100000000001,AWS,Anniversary,,USD,2.50,2026-05-09,awaited,\n"
        + "100000000001,AWS,Anniversary,I2,USD,2.50,2026-05-09,overdue,ubl:1;ubl:2\n")
    #expect(sheet.controlTotal?.amounts["USD"] == SampleReport.amount("5"))
  }

  @Test func `the summary says who closed the period, and on which version`() throws {
    var report = SampleReport.empty()
    report.signOff = SignOff(
      billingPeriod: SampleReport.period, on: Day("2026-05-12")!, by: "An", note: "=1",
      sha256: "aa", version: 3)
    let bytes = utf8(try SampleReport.document("run-summary.json", report).bytes)
    #expect(
      bytes.contains(
        """
          "signedOff": {
            "on": "2026-05-12",
            "by": "An",
            "note": "=1",
            "version": 3
          },
        """))
  }
}

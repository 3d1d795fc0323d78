import BillingModel
import ExactNumbers
import Reporting
import Testing

@Suite struct InvoiceListingTests {
  static let header =
    "File,Index,Dialect,DocumentKind,TypeCode,InvoiceId,IssueDate,Currency,Net,Tax,Gross,Payable,"
    + "Prepaid,Rounding,LineCount,LineNetSum,AllowanceTotal,ChargeTotal,PrecedingInvoice,"
    + "PurchaseOrder,SellerTaxId,BuyerTaxId,BR-CO-10,BR-CO-11,BR-CO-12,BR-CO-13,BR-CO-14,BR-CO-15,"
    + "BR-CO-16,BR-CO-17,Status\n"

  private var credit: Invoice {
    var invoice = Invoice(file: "b.xml", sha256: "", index: 1, dialect: "ubl")
    invoice.kind = .credit
    invoice.typeCode = "381"
    invoice.invoiceID = "-7"
    invoice.issueDate = Day("2026-05-03")
    invoice.currency = "EUR"
    invoice.net = SampleReport.amount("100")
    invoice.tax = SampleReport.amount("19")
    invoice.gross = SampleReport.amount("119")
    invoice.payable = SampleReport.amount("118.99")
    invoice.prepaid = .zero
    invoice.rounding = SampleReport.amount("-0.01")
    invoice.lineCount = 2
    invoice.lineNetSum = SampleReport.amount("101")
    invoice.allowanceTotal = SampleReport.amount("2")
    invoice.chargeTotal = SampleReport.amount("1")
    invoice.precedingInvoice = "6"
    invoice.purchaseOrder = "PO"
    invoice.seller.taxID = "DE1"
    invoice.buyer.taxID = "DE2"
    invoice.checks = [
      check(.brCO10, true), check(.brCO17, true), check(.brCO17, false), check(.brCO15, true),
      check(.lineSum, false),
    ]
    return invoice
  }

  private func check(_ rule: ArithmeticRule, _ holds: Bool) -> ArithmeticCheck {
    ArithmeticCheck(rule: rule, holds: holds, stated: nil, computed: nil)
  }

  @Test func `a document is printed as it stands, without mark or prefixes`() {
    #expect(
      utf8(InvoiceListing.csv([credit], faults: [])) == Self.header
        + "b.xml,1,ubl,credit,381,-7,2026-05-03,EUR,100.00,19.00,119.00,118.99,0.00,-0.01,2,101.00,"
        + "2.00,1.00,6,PO,DE1,DE2,ok,,,,,ok,,FAIL,ok\n")
  }

  @Test func `files and their documents are sorted, refused ones say why`() {
    var test = Invoice(file: "a.xml", sha256: "", index: 2, dialect: "cxml")
    test.refusal = "deploymentMode='test': not an invoice, ask for production"
    var first = test
    first.index = 1
    first.refusal = ""
    let listing = utf8(
      InvoiceListing.csv([test, first], faults: [("0.xml", "line 3: entity \"x\" is declared")]))
    #expect(
      listing == Self.header
        + "0.xml" + String(repeating: ",", count: 30) + "\"line 3: entity \"\"x\"\" is declared\"\n"
        + "a.xml,1,cxml,invoice" + String(repeating: ",", count: 11) + "0"
        + String(repeating: ",", count: 16) + "ok\n"
        + "a.xml,2,cxml,invoice" + String(repeating: ",", count: 11) + "0"
        + String(repeating: ",", count: 16)
        + "\"deploymentMode='test': not an invoice, ask for production\"\n")
  }

  @Test func `nothing read is a header`() {
    #expect(utf8(InvoiceListing.csv([], faults: [])) == Self.header)
  }
}

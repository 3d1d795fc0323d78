import BillingModel
import ExactNumbers
import Ingesting
import TestSupport
import Testing

@testable import PipelineRuntime

/// What cXML and 数电票 say of orders, accounts, transports and currencies, by hand.
@Suite struct FurtherFieldTests {
  private func one(_ text: String) throws -> Invoice {
    try #require(try ShippedDialects.read(text).first)
  }

  private func failing(_ invoice: Invoice) -> [String] {
    invoice.checks.filter { !$0.holds }.map {
      "\($0.rule.rawValue) \($0.subject?.string ?? "-")"
    }
  }

  private func cxml(
    header: String = "purpose='standard' operation='new'", inHeader: String = "",
    order: String = "", summary: String = ""
  ) -> String {
    """
    <cXML payloadID='17@aws'><Request deploymentMode="production"><InvoiceDetailRequest>
    <InvoiceDetailRequestHeader invoiceID="9126" invoiceDate="2026-05-03" \(header)>\(inHeader)
    </InvoiceDetailRequestHeader>\(order)<InvoiceDetailSummary>\(summary)</InvoiceDetailSummary>
    </InvoiceDetailRequest></Request></cXML>
    """
  }

  @Test func `a deletion takes back what it names, and needs no amount`() throws {
    let invoice = try one(
      cxml(
        header: "operation='delete'",
        inHeader: "<InvoiceIDInfo invoiceID='1'/><DocumentReference payloadID='16@aws'/>"))
    #expect(invoice.kind == .cancellation && invoice.refusal == "")
    #expect(invoice.invoiceID == "9126" && invoice.precedingInvoice == "16@aws")
    #expect(invoice.transportID == "17@aws")
    let bare = try one(
      cxml(header: "operation='delete'", inHeader: "<InvoiceIDInfo invoiceID='1'/>"))
    #expect(bare.kind == .cancellation && bare.precedingInvoice == "")
    #expect(
      try one(cxml(header: "operation='delete'").replacing("9126", with: "")).refusal
        == "missing: number")
    let test = cxml(header: "operation='delete'").replacing("production", with: "test")
    #expect(try one(test).refusal.string.hasPrefix("sent in test mode"))
  }

  @Test func `a credit memo names the invoice that it corrects`() throws {
    let invoice = try one(
      cxml(
        header: "purpose='lineLevelCreditMemo'",
        inHeader: "<InvoiceIDInfo invoiceID='9125'/><DocumentReference payloadID='15@aws'/>"))
    #expect(invoice.kind == .credit && invoice.precedingInvoice == "9125")
  }

  /// 12 + 8 = 20, 10 % of it, less a deposit of 5: 17.
  @Test func `a header invoice has its orders, accounts, due date and both currencies`() throws {
    let invoice = try one(
      cxml(
        inHeader: """
          <InvoicePartner><Contact role="remitTo"/><IdReference domain="accountID" identifier="12 34"/>
          </InvoicePartner><InvoicePartner><Contact role="wireReceivingBank"/>
          <IdReference domain="ibanID" identifier="LU1"/><IdReference domain="swiftID" identifier="X"/>
          </InvoicePartner><Extrinsic name="DueDate">2026-06-01</Extrinsic>
          <Extrinsic name="ExchangeRate">0.9</Extrinsic>
          """,
        order: ["PO1", "PO2"].map { order in
          """
          <InvoiceDetailHeaderOrder><InvoiceDetailOrderInfo><OrderReference orderID="\(order)"/>
          </InvoiceDetailOrderInfo><InvoiceDetailOrderSummary><SubtotalAmount><Money currency="USD">\
          \(order == "PO1" ? 12 : 8)</Money></SubtotalAmount></InvoiceDetailOrderSummary>
          </InvoiceDetailHeaderOrder>
          """
        }.joined(),
        summary: """
          <SubtotalAmount><Money currency="USD">20</Money></SubtotalAmount>
          <Tax><Money currency="USD" alternateAmount="1.80" alternateCurrency="EUR">2</Money>
          <TaxDetail category="vat" percentageRate="10"><TaxableAmount><Money currency="USD">20</Money>
          </TaxableAmount><TaxAmount><Money currency="USD">2</Money></TaxAmount></TaxDetail></Tax>
          <NetAmount><Money currency="USD" alternateAmount="19.80" alternateCurrency="EUR">22</Money></NetAmount>
          <DepositAmount><Money currency="USD">5</Money></DepositAmount>
          <DueAmount><Money currency="USD">17</Money></DueAmount>
          """))
    #expect(invoice.purchaseOrder == "PO1;PO2" && invoice.lineCount == 2)
    #expect(invoice.paymentAccounts == ["LU1", "1234"])
    #expect(invoice.dueDate?.description == "2026-06-01")
    var euro = ConvertedAmounts(currency: "EUR")
    euro.tax = try Amount(parsing: "1.8")
    euro.gross = try Amount(parsing: "19.8")
    euro.exchangeRate = try Amount(parsing: "0.9")
    #expect(invoice.inTaxCurrency == euro)
    #expect(
      invoice.checks.map(\.rule) == [.lineSum, .grossSum, .payableSum, .taxRate, .taxSum])
    #expect(failing(invoice) == [] && invoice.refusal == "")
  }

  private func einvoice(lineTax: String = "3.60", remark: String = "PO-20260417") -> String {
    """
    <EInvoice><EInvoiceData><SellerInformation><SellerBankAccNum>1100 2200</SellerBankAccNum></SellerInformation>
    <BasicInformation><TotalAmWithoutTax>100.00</TotalAmWithoutTax><TotalTaxAm>6.00</TotalTaxAm>
    <TotalTax-includedAmount>106.00</TotalTax-includedAmount></BasicInformation>
    <IssuItemInformation><Amount>60.00</Amount><TaxRate>0.06</TaxRate><ComTaxAm>3.60</ComTaxAm>
    <TotaltaxIncludedAmount>63.60</TotaltaxIncludedAmount></IssuItemInformation>
    <IssuItemInformation><Amount>40.00</Amount><TaxRate>6%</TaxRate><ComTaxAm>2.40</ComTaxAm>
    <TotaltaxIncludedAmount>42.40</TotaltaxIncludedAmount></IssuItemInformation>
    <AdditionalInformation><Remark>\(remark)</Remark></AdditionalInformation></EInvoiceData>
    <TaxSupervisionInfo><InvoiceNumber>25112000000000000017</InvoiceNumber><IssueTime>2026-05-19</IssueTime>
    </TaxSupervisionInfo></EInvoice>
    """
  }

  @Test func `a 数电票 names the account of the seller, and the order in its remark`() throws {
    let invoice = try one(einvoice())
    #expect(invoice.paymentAccounts == ["11002200"] && invoice.purchaseOrder == "PO-20260417")
    #expect(failing(invoice) == [])
  }

  @Test(arguments: [
    ("<ComTaxAm>2.40", "<ComTaxAm>2.41", []),
    ("<ComTaxAm>2.40", "<ComTaxAm>2.42", ["LineGross line 2", "LineTax line 2", "LineTaxSum -"]),
    (
      "<TotaltaxIncludedAmount>63.60", "<TotaltaxIncludedAmount>63.63",
      ["LineGross line 1", "LineGrossSum -"]
    ),
    ("<TotalTaxAm>6.00", "<TotalTaxAm>6.02", ["GrossSum -", "LineTaxSum -"]),
  ])
  func `the sums of a 数电票 are held to one fen`(
    _ good: String, _ bad: String, _ expected: [String]
  ) throws {
    let invoice = try one(einvoice().replacing(good, with: bad))
    #expect(failing(invoice) == expected)
  }
}

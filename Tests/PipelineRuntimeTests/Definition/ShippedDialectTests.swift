import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting
import TestSupport
import Testing

@testable import PipelineRuntime

/// Small documents of each dialect, with values worked out by hand.
@Suite struct ShippedDialectTests {
  private func one(_ text: String) throws -> Invoice {
    let invoices = try ShippedDialects.read(text)
    #expect(invoices.count == 1)
    return try #require(invoices.first)
  }

  private func failing(_ invoice: Invoice) -> [String] {
    invoice.checks.filter { !$0.holds }.map(\.rule.rawValue)
  }

  // MARK: UBL

  private let ubl = """
    <?xml version="1.0" encoding="UTF-8"?>
    <q:Invoice xmlns:q="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
      xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
      xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <b:ID>R-0017</b:ID><b:IssueDate>2026-05-03Z</b:IssueDate><b:DueDate>2026-06-02</b:DueDate>
    <b:InvoiceTypeCode>380</b:InvoiceTypeCode>
    <b:Note>AWS invoices EUINUA26-574609 and 1560905912.</b:Note><b:Note>April 2026</b:Note>
    <b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
    <b:TaxCurrencyCode>USD</b:TaxCurrencyCode>
    <b:BuyerReference>acct 111122223333</b:BuyerReference>
    <a:InvoicePeriod><b:StartDate>2026-04-01</b:StartDate><b:EndDate>2026-04-30</b:EndDate></a:InvoicePeriod>
    <a:OrderReference><b:ID>PO-9</b:ID></a:OrderReference>
    <a:BillingReference><a:InvoiceDocumentReference><b:ID>R-0016</b:ID></a:InvoiceDocumentReference></a:BillingReference>
    <a:AccountingSupplierParty><a:Party>
      <a:PartyTaxScheme><b:CompanyID>tax office</b:CompanyID><a:TaxScheme><b:ID>FC</b:ID></a:TaxScheme></a:PartyTaxScheme>
      <a:PartyTaxScheme><b:CompanyID>LU1</b:CompanyID><a:TaxScheme><b:ID>VAT</b:ID></a:TaxScheme></a:PartyTaxScheme>
      <a:PartyLegalEntity><b:RegistrationName>Seller</b:RegistrationName></a:PartyLegalEntity>
    </a:Party></a:AccountingSupplierParty>
    <a:AccountingCustomerParty><a:Party><a:PartyName><b:Name>Buyer</b:Name></a:PartyName></a:Party></a:AccountingCustomerParty>
    <a:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator><b:Amount>10</b:Amount></a:AllowanceCharge>
    <a:AllowanceCharge><b:ChargeIndicator>true</b:ChargeIndicator><b:Amount>4</b:Amount></a:AllowanceCharge>
    <a:TaxTotal><b:TaxAmount currencyID="USD">99</b:TaxAmount></a:TaxTotal>
    <a:TaxTotal><b:TaxAmount currencyID="EUR">17.86</b:TaxAmount>
      <a:TaxSubtotal><b:TaxableAmount>94.00</b:TaxableAmount><b:TaxAmount>17.86</b:TaxAmount>
        <a:TaxCategory><b:ID>S</b:ID><b:Percent>19</b:Percent></a:TaxCategory></a:TaxSubtotal></a:TaxTotal>
    <a:LegalMonetaryTotal><b:LineExtensionAmount>100.00</b:LineExtensionAmount>
      <b:TaxExclusiveAmount>94.00</b:TaxExclusiveAmount><b:TaxInclusiveAmount>111.86</b:TaxInclusiveAmount>
      <b:AllowanceTotalAmount>10</b:AllowanceTotalAmount><b:ChargeTotalAmount>4</b:ChargeTotalAmount>
      <b:PrepaidAmount>11.86</b:PrepaidAmount><b:PayableRoundingAmount>0.01</b:PayableRoundingAmount>
      <b:PayableAmount>100.01</b:PayableAmount></a:LegalMonetaryTotal>
    <a:InvoiceLine><b:ID>1</b:ID><b:LineExtensionAmount>60.10</b:LineExtensionAmount>
      <b:AccountingCost>444455556666</b:AccountingCost><a:Item><b:Name>Amazon  EC2</b:Name></a:Item></a:InvoiceLine>
    <a:InvoiceLine><b:ID>2</b:ID><b:LineExtensionAmount>30.40</b:LineExtensionAmount>
      <a:Item><b:Name>Amazon S3</b:Name><a:AdditionalItemProperty><b:Name>AccountId</b:Name><b:Value>444455556666</b:Value></a:AdditionalItemProperty></a:Item></a:InvoiceLine>
    <a:InvoiceLine><b:ID>3</b:ID><b:LineExtensionAmount>9.50</b:LineExtensionAmount>
      <b:AccountingCost>444455556666</b:AccountingCost><a:Item><b:Name>Amazon EC2</b:Name></a:Item></a:InvoiceLine>
    </q:Invoice>
    """

  @Test func `UBL is read by namespace, not by prefix`() throws {
    let invoice = try one(ubl)
    #expect(invoice.dialect == "ubl")
    #expect(invoice.kind == .invoice)
    #expect(invoice.invoiceID == "R-0017")
    #expect(invoice.issueDate?.description == "2026-05-03")
    #expect(invoice.dueDate?.description == "2026-06-02")
    #expect(invoice.billingPeriod?.description == "2026-04")
    #expect(invoice.currency == "EUR")
    #expect(invoice.net?.description == "94.00")
    #expect(invoice.tax?.description == "17.86")
    #expect(invoice.gross?.description == "111.86")
    #expect(invoice.prepaid?.description == "11.86")
    #expect(invoice.rounding?.description == "0.01")
    #expect(invoice.payable?.description == "100.01")
    #expect(invoice.allowanceTotal?.description == "10.00")
    #expect(invoice.chargeTotal?.description == "4.00")
    #expect(invoice.purchaseOrder == "PO-9")
    #expect(invoice.precedingInvoice == "R-0016")
    #expect(invoice.seller == Party(name: "Seller", taxID: "LU1"))
    #expect(invoice.buyer == Party(name: "Buyer"))
    #expect(invoice.billingAccountID == "111122223333")
    #expect(invoice.references == ["1560905912", "EUINUA26-574609"])
    #expect(invoice.remark == "AWS invoices EUINUA26-574609 and 1560905912.\nApril 2026")
    #expect(invoice.taxSubtotals.map(\.category) == ["S"])
    #expect(
      invoice.items.map { "\($0.serviceName) \($0.subAccountID) \($0.net) \($0.lines)" } == [
        "Amazon EC2 444455556666 69.60 2", "Amazon S3 444455556666 30.40 1",
      ])
    #expect(invoice.checks.count == 9)
    #expect(failing(invoice) == [])
    #expect(invoice.refusal == "")
  }

  @Test(arguments: [
    (">60.10<", ">60.11<", ["BR-CO-10"]), (">10</b:Amount", ">11</b:Amount", ["BR-CO-11"]),
    (">4</b:Amount", ">5</b:Amount", ["BR-CO-12"]),
    ("<b:TaxExclusiveAmount>94.00", "<b:TaxExclusiveAmount>94.01", ["BR-CO-13", "BR-CO-15"]),
    ("\"EUR\">17.86", "\"EUR\">17.87", ["BR-CO-14", "BR-CO-15"]),
    (">100.01<", ">100.02<", ["BR-CO-16"]),
    ("<b:TaxableAmount>94.00", "<b:TaxableAmount>88.00", ["BR-CO-17"]),
  ])
  func `each rule of arithmetic fails alone`(
    _ good: String, _ bad: String, _ expected: [String]
  ) throws {
    #expect(failing(try one(ubl.replacing(good, with: bad))) == expected)
  }

  @Test func `a credit note is told by its root, or by its type code`() throws {
    let note = try one(
      ubl.replacing("xsd:Invoice-2", with: "xsd:CreditNote-2").replacing(
        "q:Invoice", with: "q:CreditNote"
      )
      .replacing("a:InvoiceLine", with: "a:CreditNoteLine")
      .replacing("InvoiceTypeCode", with: "CreditNoteTypeCode"))
    #expect(note.kind == .credit)
    #expect(note.lineCount == 3)
    #expect(try one(ubl.replacing(">380<", with: ">381<")).kind == .credit)
    #expect(try one(ubl.replacing(">380<", with: ">384<")).kind == .invoice)
  }

  @Test func `UBL inside a business document envelope is read`() throws {
    let body = ubl.split(separator: "\n").dropFirst().joined(separator: "\n")
    let sbd = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    let invoice = try one(
      "<s:StandardBusinessDocument xmlns:s='\(sbd)'><s:StandardBusinessDocumentHeader>"
        + "<s:HeaderVersion>1.0</s:HeaderVersion></s:StandardBusinessDocumentHeader>\(body)"
        + "</s:StandardBusinessDocument>")
    #expect(invoice.invoiceID == "R-0017")
  }

  // MARK: cXML

  private func cxml(
    header: String = "purpose='standard' operation='new'", mode: String = "production",
    root: String = "<cXML payloadID='1@aws'>",
    summary: String =
      "<NetAmount><Money currency='USD' alternateAmount='101.2' alternateCurrency='EUR'>110.00</Money></NetAmount>"
  ) -> String {
    """
    <!DOCTYPE cXML SYSTEM "http://xml.cXML.org/schemas/cXML/1.2.020/InvoiceDetail.dtd">
    \(root)<Header><Sender><Credential domain="D"><Identity>aws</Identity>
    <SharedSecret>TopSecret1</SharedSecret></Credential></Sender></Header>
    <Request deploymentMode="\(mode)"><InvoiceDetailRequest>
    <InvoiceDetailRequestHeader invoiceID="1560905912" invoiceDate="2026-05-03T23:30:00-07:00" \(header)>
      <InvoicePartner><Contact role="billTo"><Name>Buyer</Name></Contact></InvoicePartner>
      <InvoicePartner><Contact role="from"><Name xml:lang="en">AWS EMEA SARL</Name></Contact>
        <IdReference domain="vatID" identifier="LU2"/></InvoicePartner>
      <PaymentTerm payInNumberOfDays="30"/><Period startDate="2026-04-01T00:00:00Z" endDate="2026-04-30T23:59:59Z"/>
      <Comments>Account 111122223333</Comments><Extrinsic name="awsInvoice">EUINUA26-574609</Extrinsic>
    </InvoiceDetailRequestHeader>
    <InvoiceDetailOrder><InvoiceDetailOrderInfo><OrderReference orderID="PO1"/></InvoiceDetailOrderInfo>
      <InvoiceDetailItem invoiceLineNumber="1"><InvoiceDetailItemReference><Description>
        Amazon EC2 </Description></InvoiceDetailItemReference><SubtotalAmount><Money currency="USD">60</Money></SubtotalAmount>
        <Tax><Money currency="USD">6</Money></Tax><Extrinsic name="AccountId">444455556666</Extrinsic></InvoiceDetailItem>
    </InvoiceDetailOrder>
    <InvoiceDetailOrder><InvoiceDetailOrderInfo><OrderReference orderID="PO2"/></InvoiceDetailOrderInfo>
      <InvoiceDetailServiceItem invoiceLineNumber="1"><InvoiceDetailServiceItemReference><Description>Support</Description>
        </InvoiceDetailServiceItemReference><SubtotalAmount><Money currency="USD">40</Money></SubtotalAmount></InvoiceDetailServiceItem>
    </InvoiceDetailOrder>
    <InvoiceDetailSummary><SubtotalAmount><Money currency="USD">100.00</Money></SubtotalAmount>
      <Tax><Money currency="USD">10.00</Money></Tax>\(summary)</InvoiceDetailSummary>
    </InvoiceDetailRequest></Request></cXML>
    """
  }

  @Test func `the NetAmount of cXML is the gross total`() throws {
    let invoice = try one(cxml())
    #expect(invoice.dialect == "cxml")
    #expect(invoice.invoiceID == "1560905912")
    #expect(invoice.gross?.description == "110.00")
    #expect(invoice.net?.description == "100.00")
    #expect(invoice.tax?.description == "10.00")
    #expect(invoice.base == Money(try Amount(parsing: "101.2"), "EUR"))
    #expect(invoice.currency == "USD")
    #expect(invoice.issueDate?.description == "2026-05-03")
    #expect(invoice.dueDate?.description == "2026-06-02")
    #expect(invoice.billingPeriod?.description == "2026-04")
    #expect(invoice.purchaseOrder == "PO1;PO2")
    #expect(invoice.seller == Party(name: "AWS EMEA SARL", taxID: "LU2"))
    #expect(invoice.buyer == Party(name: "Buyer"))
    #expect(invoice.billingAccountID == "111122223333")
    #expect(invoice.references == ["EUINUA26-574609"])
    #expect(
      invoice.items.map { "\($0.serviceName) \($0.subAccountID) \($0.net)" } == [
        "Amazon EC2 444455556666 60.00", "Support  40.00",
      ])
    #expect(invoice.checks.map(\.rule) == [.lineSum, .grossSum])
    #expect(failing(invoice) == [])
    #expect(invoice.refusal == "")
  }

  @Test func `a stated total without tax goes before the difference`() throws {
    let invoice = try one(
      cxml(
        summary: "<TotalAmountWithoutTax><Money currency='USD'>99</Money></TotalAmountWithoutTax>"
          + "<NetAmount><Money currency='USD'>110</Money></NetAmount>"))
    #expect(invoice.net?.description == "99.00")
    #expect(failing(invoice) == ["GrossSum"])
  }

  @Test(arguments: [
    (
      "purpose='standard' operation='new'", "test",
      "sent in test mode (deploymentMode): not to be booked"
    ),
    (
      "isInformationOnly='yes'", "production",
      "for information only (isInformationOnly): not to be paid"
    ),
    ("isInformationOnly='no' operation='new'", "production", ""),
  ])
  func `what cXML says against itself is a refusal, and its sums are checked all the same`(
    _ header: String, _ mode: String, _ refusal: String
  ) throws {
    let invoice = try one(cxml(header: header, mode: mode))
    #expect(invoice.refusal.string == refusal)
    #expect(invoice.checks.count == 2)
  }

  @Test func `credit memos are credits; an empty NetAmount is missing, not zero`() throws {
    #expect(try one(cxml(header: "purpose='lineLevelCreditMemo'")).kind == .credit)
    #expect(try one(cxml(header: "purpose='debitMemo'")).kind == .invoice)
    let empty = try one(cxml(summary: "<NetAmount><Money currency='USD'/></NetAmount>"))
    #expect(empty.gross == nil)
    #expect(empty.refusal == "missing: gross")
  }

  @Test func `cXML is read in a default namespace too`() throws {
    #expect(try one(cxml(root: "<cXML xmlns='urn:kfs'>")).invoiceID == "1560905912")
  }

  @Test func `no secret of the header is kept`() throws {
    #expect(!String(reflecting: try one(cxml())).contains("TopSecret1"))
  }

  @Test func `a cXML order is no invoice`() throws {
    #expect(throws: InvoiceFault.self) {
      try ShippedDialects.read("<cXML><Request><OrderRequest/></Request></cXML>")
    }
  }

  // MARK: 数电票

  private func einvoice(
    sign: String = "", remark: String = "账期：2026年4月 AWS账单 156090591 账号111122223333"
  ) -> String {
    """
    <EInvoice><Header><EIid>25112000000000000017</EIid><InherentLabel><InIssuType/></InherentLabel></Header>
    <EInvoiceData><SellerInformation><SellerIdNum>91110116</SellerIdNum><SellerName>北京光环新网</SellerName></SellerInformation>
    <BuyerInformation><BuyerIdNum>91310000</BuyerIdNum><BuyerName>某某公司</BuyerName></BuyerInformation>
    <BasicInformation><TotalAmWithoutTax>\(sign)100.00</TotalAmWithoutTax><TotalTaxAm>\(sign)6.00</TotalTaxAm>
    <TotalTax-includedAmount>\(sign)106.00</TotalTax-includedAmount><RequestTime>2026-05-20 08:00:00</RequestTime></BasicInformation>
    <IssuItemInformation><ItemName>*信息技术服务*云服务费</ItemName><Amount>\(sign)60.004000</Amount>
    <TaxRate>0.06</TaxRate><ComTaxAm>\(sign)3.60</ComTaxAm><TotaltaxIncludedAmount>\(sign)63.60</TotaltaxIncludedAmount></IssuItemInformation>
    <IssuItemInformation><ItemName>*信息技术服务*云服务费</ItemName><Amount>\(sign)40.00</Amount>
    <TaxRate>免税</TaxRate><ComTaxAm>\(sign)2.40</ComTaxAm><TotaltaxIncludedAmount>\(sign)42.40</TotaltaxIncludedAmount></IssuItemInformation>
    <AdditionalInformation><Remark>\(remark)</Remark></AdditionalInformation></EInvoiceData>
    <TaxSupervisionInfo><InvoiceNumber>25112000000000000017</InvoiceNumber><IssueTime>2026-05-19 23:59:59</IssueTime></TaxSupervisionInfo></EInvoice>
    """
  }

  @Test func `a 数电票 is read with its net, tax and gross apart`() throws {
    let invoice = try one(einvoice())
    #expect(invoice.dialect == "cn-einvoice")
    #expect(invoice.kind == .invoice)
    #expect(invoice.invoiceID == "25112000000000000017")
    #expect(invoice.issueDate?.description == "2026-05-19")
    #expect(invoice.currency == "CNY")
    #expect(invoice.net?.description == "100.00")
    #expect(invoice.tax?.description == "6.00")
    #expect(invoice.gross?.description == "106.00")
    #expect(invoice.seller == Party(name: "北京光环新网", taxID: "91110116"))
    #expect(invoice.buyer == Party(name: "某某公司", taxID: "91310000"))
    #expect(invoice.billingPeriod?.description == "2026-04")
    #expect(invoice.references == ["156090591"])
    #expect(invoice.billingAccountID == "111122223333")
    #expect(
      invoice.items == [
        InvoiceItem(
          serviceName: "云服务费", subAccountID: "", net: try Amount(parsing: "100.004"),
          tax: try Amount(parsing: "6"), lines: 2)
      ])
    // 0.004 apart in the lines, within the cent that six digits may differ from two.
    #expect(
      invoice.checks.map(\.rule)
        == [.lineSum, .grossSum, .lineGross, .lineTax, .lineTaxSum, .lineGrossSum])
    #expect(failing(invoice) == [])
  }

  @Test func `a red 数电票 is a credit with negative amounts and names the blue one`() throws {
    let invoice = try one(
      einvoice(sign: "-", remark: "被红冲蓝字数电票号码：25112000000000000016 红字信息确认单编号：1"))
    #expect(invoice.kind == .credit)
    #expect(invoice.gross?.description == "-106.00")
    #expect(invoice.precedingInvoice == "25112000000000000016")
    #expect(invoice.references == [])
    #expect(failing(invoice) == [])
  }

  @Test func `a 数电票 in GB18030 is read, one that lies about it is refused`() throws {
    // 云 is D4C6 in GB18030.
    let parts = einvoice(remark: "@").split(separator: "@").map { Array($0.utf8) }
    let ascii = parts.map { $0.filter { $0 < 0x80 } }
    let head = Array("<?xml version='1.0' encoding='GB18030'?>".utf8)
    let encoded = try ShippedDialects.read(head + ascii[0] + [0xD4, 0xC6] + ascii[1])
    #expect(encoded.map(\.remark) == ["云"])
    #expect(throws: InvoiceFault.self) {
      try ShippedDialects.read(head + Array(einvoice().utf8))
    }
  }

  @Test func `a byte-order mark is passed over and gzip is inflated by its reader`() throws {
    #expect(try ShippedDialects.read([0xEF, 0xBB, 0xBF] + Array(einvoice().utf8)).count == 1)
  }
}

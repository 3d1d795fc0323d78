import BillingModel
import ExactNumbers
import Ingesting
import TestSupport
import Testing

@testable import PipelineRuntime

/// Accounts, currencies and profiles of EN 16931 in both syntaxes, by hand.
@Suite struct EN16931FieldTests {
  private func one(_ text: String) throws -> Invoice {
    try #require(try ShippedDialects.read(text).first)
  }

  private func failing(_ invoice: Invoice) -> [ArithmeticRule] {
    invoice.checks.filter { !$0.holds }.map(\.rule)
  }

  private let ubl = """
    <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
      xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
      xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <b:ID>1</b:ID><b:IssueDate>2026-05-03</b:IssueDate><b:DocumentCurrencyCode>USD</b:DocumentCurrencyCode>
    <b:TaxCurrencyCode>EUR</b:TaxCurrencyCode><b:PaymentCurrencyCode>GBP</b:PaymentCurrencyCode>
    <a:OrderReference><b:ID>PO-1</b:ID></a:OrderReference>
    <a:PaymentMeans><a:PayeeFinancialAccount><b:ID>LU28 0019</b:ID></a:PayeeFinancialAccount></a:PaymentMeans>
    <a:PaymentMeans><a:PayeeFinancialAccount><b:ID>DE02</b:ID></a:PayeeFinancialAccount></a:PaymentMeans>
    <a:TaxExchangeRate><b:CalculationRate>0.9</b:CalculationRate></a:TaxExchangeRate>
    <a:PaymentExchangeRate><b:CalculationRate>0.8</b:CalculationRate></a:PaymentExchangeRate>
    <a:TaxTotal><b:TaxAmount currencyID="USD">20.00</b:TaxAmount></a:TaxTotal>
    <a:TaxTotal><b:TaxAmount currencyID="EUR">18.00</b:TaxAmount></a:TaxTotal>
    <a:LegalMonetaryTotal><b:LineExtensionAmount>100.00</b:LineExtensionAmount>
    <b:TaxExclusiveAmount>100.00</b:TaxExclusiveAmount><b:TaxInclusiveAmount>120.00</b:TaxInclusiveAmount>
    <b:PayableAmount>120.00</b:PayableAmount></a:LegalMonetaryTotal>
    <a:InvoiceLine><b:InvoicedQuantity>50</b:InvoicedQuantity><b:LineExtensionAmount>100.00</b:LineExtensionAmount>
    <a:OrderLineReference><a:OrderReference><b:ID>PO-2</b:ID></a:OrderReference></a:OrderLineReference>
    <a:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator><b:Amount>5.00</b:Amount></a:AllowanceCharge>
    <a:Price><b:PriceAmount>21</b:PriceAmount><b:BaseQuantity>10</b:BaseQuantity>
    <a:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator><b:Amount>9</b:Amount></a:AllowanceCharge>
    </a:Price></a:InvoiceLine></Invoice>
    """

  @Test func `a UBL invoice has its accounts, its orders and three currencies`() throws {
    let invoice = try one(ubl)
    #expect(invoice.paymentAccounts == ["LU280019", "DE02"])
    #expect(invoice.purchaseOrder == "PO-1;PO-2")
    #expect(invoice.tax?.description == "20.00")
    var tax = ConvertedAmounts(currency: "EUR")
    tax.tax = try Amount(parsing: "18")
    tax.exchangeRate = try Amount(parsing: "0.9")
    #expect(invoice.inTaxCurrency == tax)
    var payment = ConvertedAmounts(currency: "GBP")
    payment.exchangeRate = try Amount(parsing: "0.8")
    #expect(invoice.inPaymentCurrency == payment)
    // 50 × 21 ÷ 10 − 5; what the price is less than its gross is in the price already.
    #expect(failing(invoice) == [])
    #expect(invoice.checks.contains { $0.rule == .peppolR120 })
  }

  @Test(arguments: [
    (">21<", ">21.01<", [ArithmeticRule.peppolR120]),
    ("<b:PayableAmount>120.00", "<b:PayableAmount>120.000", [.brDEC]),
    ("\"EUR\">18.00", "\"EUR\">18.001", [.brDEC]),
  ])
  func `a line or a spelling that is off fails alone`(
    _ good: String, _ bad: String, _ rules: [ArithmeticRule]
  ) throws {
    #expect(failing(try one(ubl.replacing(good, with: bad))) == rules)
  }

  @Test func `a payment for a third party is not held to BR-CO-16`() throws {
    let payable = ubl.replacing("<b:PayableAmount>120.00", with: "<b:PayableAmount>150.00")
    #expect(failing(try one(payable)) == [.brCO16])
    let extended = payable.replacing(
      "<a:LegalMonetaryTotal>",
      with: "<a:PrepaidPayment><b:PaidAmount>30.00</b:PaidAmount></a:PrepaidPayment>"
        + "<a:LegalMonetaryTotal>")
    #expect(failing(try one(extended)) == [])
  }

  private func cii(profile: String, lines: String) -> String {
    """
    <m:CrossIndustryInvoice xmlns:m="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
      xmlns:r="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
      xmlns:u="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
    <m:ExchangedDocumentContext><r:GuidelineSpecifiedDocumentContextParameter><r:ID>\(profile)</r:ID>
    </r:GuidelineSpecifiedDocumentContextParameter></m:ExchangedDocumentContext>
    <m:ExchangedDocument><r:ID>1</r:ID><r:TypeCode>380</r:TypeCode><r:IssueDateTime>
    <u:DateTimeString format="102">20260503</u:DateTimeString></r:IssueDateTime></m:ExchangedDocument>
    <m:SupplyChainTradeTransaction><r:ApplicableHeaderTradeSettlement><r:TaxCurrencyCode>EUR</r:TaxCurrencyCode>
    <r:InvoiceCurrencyCode>USD</r:InvoiceCurrencyCode><r:SpecifiedTradeSettlementPaymentMeans>
    <r:PayeePartyCreditorFinancialAccount><r:IBANID>LU28 0019</r:IBANID><r:ProprietaryID>77</r:ProprietaryID>
    </r:PayeePartyCreditorFinancialAccount></r:SpecifiedTradeSettlementPaymentMeans>
    <r:SpecifiedTradeSettlementHeaderMonetarySummation>\(lines)
    <r:TaxBasisTotalAmount>100.00</r:TaxBasisTotalAmount><r:TaxTotalAmount currencyID="USD">20.00</r:TaxTotalAmount>
    <r:TaxTotalAmount currencyID="EUR">18.00</r:TaxTotalAmount>
    <r:GrandTotalAmount>120.00</r:GrandTotalAmount><r:DuePayableAmount>120.00</r:DuePayableAmount>
    </r:SpecifiedTradeSettlementHeaderMonetarySummation></r:ApplicableHeaderTradeSettlement>
    </m:SupplyChainTradeTransaction></m:CrossIndustryInvoice>
    """
  }

  @Test func `profiles of Factur-X without lines are not held to their sum`() throws {
    let total = "<r:LineTotalAmount>100.00</r:LineTotalAmount>"
    for (profile, lines) in [
      ("urn:factur-x.eu:1p0:minimum", ""), ("urn:factur-x.eu:1p0:basicwl", total),
    ] {
      let invoice = try one(cii(profile: profile, lines: lines))
      #expect(invoice.refusal == "" && failing(invoice) == [], "\(profile)")
      #expect(invoice.paymentAccounts == ["LU280019", "77"])
      #expect(invoice.inTaxCurrency?.tax?.description == "18.00")
    }
    let other = try one(cii(profile: "urn:cen.eu:en16931:2017", lines: total))
    #expect(failing(other) == [.brCO10])
  }

  @Test func `every dialect is read inside a business document envelope`() throws {
    let envelope = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    func wrapped(_ body: String) -> String {
      "<s:StandardBusinessDocument xmlns:s='\(envelope)'><s:StandardBusinessDocumentHeader/>"
        + "\(body)</s:StandardBusinessDocument>"
    }
    let bodies = [
      "ubl": ubl, "cii": cii(profile: "", lines: ""),
      "cn-einvoice": "<EInvoice/>",
      "cxml": "<cXML><Request><InvoiceDetailRequest/></Request></cXML>",
      "cfdi": "<Comprobante xmlns='http://www.sat.gob.mx/cfd/4'/>",
      "fatturapa": """
      <p:FatturaElettronica xmlns:p='http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2'>
      <FatturaElettronicaBody/></p:FatturaElettronica>
      """,
      "zugferd1": "<CrossIndustryDocument xmlns='urn:ferd:CrossIndustryDocument:invoice:1p0'/>",
    ]
    #expect(bodies.keys.sorted() == ShippedDialects.names)
    for (name, body) in bodies {
      #expect(try one(wrapped(body)).dialect.string == name)
    }
  }
}

import BillingModel
import ExactNumbers
import Ingesting
import TestSupport
import Testing

@testable import PipelineRuntime

/// Small documents of the Italian and Mexican dialects and of ZUGFeRD 1, with values worked out by hand.
@Suite struct OtherDialectTests {
  private func one(_ text: String) throws -> Invoice {
    let invoices = try ShippedDialects.read(text)
    #expect(invoices.count == 1)
    return try #require(invoices.first)
  }

  private func failing(_ invoice: Invoice) -> [String] {
    invoice.checks.filter { !$0.holds }.map {
      "\($0.rule.rawValue) \($0.stated?.description ?? "-") \($0.computed?.description ?? "-")"
    }
  }

  // MARK: FatturaPA

  /// 3 × (10 − 10 % − 0.50 + 1) = 28.50; with 4 % of it for a fund, 1.14, and a rounding of 0.01 the base
  /// is 29.65; 22 % are 6.523, so 6.52; gross 36.17, of which 5.70 are withheld.
  private func body(
    type: String = "TD01", general: String = "", row: String = "", line: String = "28.50",
    total: String = "<ImportoTotaleDocumento>36.17</ImportoTotaleDocumento>"
  ) -> String {
    """
    <FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>\(type)</TipoDocumento>
    <Divisa>EUR</Divisa><Data>2026-05-03</Data><Numero>12/A</Numero>
    <DatiRitenuta><ImportoRitenuta>5.70</ImportoRitenuta></DatiRitenuta>
    <DatiCassaPrevidenziale><ImportoContributoCassa>1.14</ImportoContributoCassa>
    <AliquotaIVA>22.00</AliquotaIVA></DatiCassaPrevidenziale>\(general)\(total)
    <Causale>AWS EUINIT26-1001 di 2026-04, conto 111122223333</Causale></DatiGeneraliDocumento>
    <DatiOrdineAcquisto><IdDocumento>PO-1</IdDocumento></DatiOrdineAcquisto>
    <DatiOrdineAcquisto><IdDocumento>PO-2</IdDocumento></DatiOrdineAcquisto>
    <DatiFattureCollegate><IdDocumento>11/A</IdDocumento></DatiFattureCollegate></DatiGenerali>
    <DatiBeniServizi><DettaglioLinee><Descrizione>Cloud</Descrizione><Quantita>3</Quantita>
    <PrezzoUnitario>10.00</PrezzoUnitario>
    <ScontoMaggiorazione><Tipo>SC</Tipo><Percentuale>10.00</Percentuale></ScontoMaggiorazione>
    <ScontoMaggiorazione><Tipo>SC</Tipo><Importo>0.50</Importo></ScontoMaggiorazione>
    <ScontoMaggiorazione><Tipo>MG</Tipo><Importo>1.00</Importo></ScontoMaggiorazione>
    <PrezzoTotale>\(line)</PrezzoTotale><AliquotaIVA>22.00</AliquotaIVA></DettaglioLinee>
    <DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><Arrotondamento>0.01</Arrotondamento>
    <ImponibileImporto>29.65</ImponibileImporto><Imposta>6.52</Imposta>\(row)</DatiRiepilogo></DatiBeniServizi>
    <DatiPagamento><DettaglioPagamento><DataScadenzaPagamento>2026-06-02</DataScadenzaPagamento>
    <ImportoPagamento>30.47</ImportoPagamento><IBAN>IT60 X054 2811 1010 0000 0123 456</IBAN>
    </DettaglioPagamento></DatiPagamento></FatturaElettronicaBody>
    """
  }

  private func fattura(_ bodies: String...) -> String {
    """
    <x:FatturaElettronica xmlns:x="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
    <FatturaElettronicaHeader><DatiTrasmissione><IdTrasmittente><IdPaese>IT</IdPaese>
    <IdCodice>09</IdCodice></IdTrasmittente><ProgressivoInvio>00007</ProgressivoInvio></DatiTrasmissione>
    <CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01</IdCodice>
    </IdFiscaleIVA><CodiceFiscale>CF</CodiceFiscale><Anagrafica><Nome>Ada</Nome><Cognome>Rossi</Cognome>
    </Anagrafica></DatiAnagrafici></CedentePrestatore>
    <CessionarioCommittente><DatiAnagrafici><CodiceFiscale>02</CodiceFiscale><Anagrafica>
    <Denominazione>Buyer SpA</Denominazione></Anagrafica></DatiAnagrafici></CessionarioCommittente>
    </FatturaElettronicaHeader>\(bodies.joined())</x:FatturaElettronica>
    """
  }

  @Test func `a FatturaPA is read with its fund, its discounts and what is withheld`() throws {
    let invoice = try one(fattura(body()))
    #expect(invoice.dialect == "fatturapa" && invoice.kind == .invoice)
    #expect(invoice.invoiceID == "12/A" && invoice.transportID == "IT-09-00007")
    #expect(invoice.net?.description == "29.65" && invoice.tax?.description == "6.52")
    #expect(invoice.gross?.description == "36.17" && invoice.payable?.description == "30.47")
    #expect(invoice.seller == Party(name: "Ada Rossi", taxID: "IT01"))
    #expect(invoice.buyer == Party(name: "Buyer SpA", taxID: "02"))
    #expect(invoice.paymentAccounts == ["IT60X0542811101000000123456"])
    #expect(invoice.purchaseOrder == "PO-1;PO-2" && invoice.precedingInvoice == "11/A")
    #expect(invoice.billingAccountID == "111122223333")
    #expect(invoice.references == ["EUINIT26-1001"])
    #expect(invoice.billingPeriod?.description == "2026-04")
    #expect(invoice.dueDate?.description == "2026-06-02")
    #expect(
      invoice.checks.map(\.rule) == [.grossSum, .lineProduct, .taxBase, .taxRate])
    #expect(failing(invoice) == [] && invoice.refusal == "")
  }

  @Test func `in a split payment the buyer pays the tax to the state`() throws {
    let invoice = try one(fattura(body(row: "<EsigibilitaIVA>S</EsigibilitaIVA>")))
    // 36.17 − 6.52 − 5.70
    #expect(invoice.payable?.description == "23.95")
    #expect(failing(invoice) == [])
  }

  @Test func `many bodies share a header, and TD04 is a credit with positive amounts`() throws {
    let invoices = try ShippedDialects.read(fattura(body(), body(type: "TD04", total: "")))
    #expect(invoices.map(\.kind) == [.invoice, .credit])
    #expect(invoices.map(\.index) == [1, 2])
    #expect(invoices.map(\.seller.taxID) == ["IT01", "IT01"])
    // No total is stated: net + tax.
    #expect(invoices[1].gross?.description == "36.17")
  }

  @Test func `a sum that is off names its rule and both sides`() throws {
    #expect(
      failing(try one(fattura(body(line: "29.51"))))
        == ["LineProduct 29.51 28.50", "TaxBase 29.65 30.66"])
    let off = "<ImportoTotaleDocumento>36.20</ImportoTotaleDocumento>"
    #expect(failing(try one(fattura(body(total: off)))) == ["GrossSum 36.20 36.17"])
    let rounding = "<Arrotondamento>0.03</Arrotondamento>"
    #expect(failing(try one(fattura(body(general: rounding, total: off)))) == [])
    let text = fattura(body()).replacing("<Imposta>6.52", with: "<Imposta>6.55")
    #expect(failing(try one(text)) == ["GrossSum 36.17 36.20", "TaxRate 6.55 6.52"])
  }

  @Test func `a discount on the whole document leaves the bases unchecked`() throws {
    let discount = "<ScontoMaggiorazione><Tipo>SC</Tipo><Importo>9</Importo></ScontoMaggiorazione>"
    let invoice = try one(fattura(body(general: discount, line: "40.00")))
    #expect(failing(invoice) == ["LineProduct 40.00 28.50"])
  }

  @Test func `a simplified FatturaPA is refused by the name of its root`() throws {
    let root = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0"
    #expect {
      try ShippedDialects.read("<p:FatturaElettronicaSemplificata xmlns:p='\(root)'/>")
    } throws: { error in
      let fault = error as? InvoiceFault
      return fault?.code == "UnknownDialect"
        && fault?.message.string.contains("}FatturaElettronicaSemplificata;") == true
    }
  }

  // MARK: CFDI

  private func cfdi(
    version: String = "4", type: String = "I", currency: String = "MXN", more: String = "",
    total: String = "1083.60", subtotal: String = "1000.00"
  ) -> String {
    """
    <c:Comprobante xmlns:c="http://www.sat.gob.mx/cfd/\(version)" Serie="F" Folio="77"
      Fecha="2026-05-03T10:00:00" Moneda="\(currency)" TipoCambio="17.5" SubTotal="\(subtotal)"
      Descuento="40.00" Total="\(total)" TipoDeComprobante="\(type)" CondicionesDePago="conto 111122223333">
    <c:CfdiRelacionados TipoRelacion="01"><c:CfdiRelacionado UUID="AA-1"/></c:CfdiRelacionados>
    <c:Emisor Rfc="AWS010101AAA" Nombre="Amazon"/><c:Receptor Rfc="BUY010101AAA" Nombre="Buyer"/>
    <c:Conceptos><c:Concepto Cantidad="3" ValorUnitario="333.3333" Importe="1000.00" Descuento="40.00"
      Descripcion="Cloud"/></c:Conceptos>
    <c:Impuestos TotalImpuestosTrasladados="153.60" TotalImpuestosRetenidos="20.00"><c:Traslados>
      <c:Traslado Base="960.00" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="153.60"/>
    </c:Traslados></c:Impuestos>
    <c:Complemento><t:TimbreFiscalDigital xmlns:t="http://www.sat.gob.mx/TimbreFiscalDigital" UUID="BB-2"/>
    \(more)</c:Complemento></c:Comprobante>
    """
  }

  /// 1000 − 40 + 153.60 = 1113.60; less 20 of the state and 10 of the town that are withheld: 1083.60.
  private let town = """
    <l:ImpuestosLocales xmlns:l="http://www.sat.gob.mx/implocal" TotaldeRetenciones="10.00"
      TotaldeTraslados="0.00"/>
    """

  @Test(arguments: ["4", "3"])
  func `a CFDI is read out of its attributes`(version: String) throws {
    let invoice = try one(cfdi(version: version, more: town))
    #expect(invoice.dialect == "cfdi" && invoice.kind == .invoice)
    #expect(invoice.invoiceID == "F77" && invoice.commercialInvoiceID == "BB-2")
    #expect(invoice.net?.description == "960.00" && invoice.tax?.description == "153.60")
    #expect(invoice.gross?.description == "1113.60" && invoice.payable?.description == "1083.60")
    #expect(invoice.discountTotal?.description == "40.00")
    #expect(invoice.precedingInvoice == "AA-1" && invoice.billingAccountID == "111122223333")
    #expect(invoice.taxSubtotals.map { $0.rate?.description } == ["16.00"])
    #expect(invoice.inTaxCurrency == nil)
    #expect(
      invoice.checks.map(\.rule) == [.lineSum, .lineProduct, .payableSum, .taxRate, .taxSum])
    #expect(failing(invoice) == [] && invoice.refusal == "")
  }

  @Test func `a CFDI in dollars names its rate to the peso`() throws {
    let invoice = try one(cfdi(currency: "USD", more: town))
    var peso = ConvertedAmounts(currency: "MXN")
    peso.exchangeRate = try Amount(parsing: "17.5")
    #expect(invoice.inTaxCurrency == peso)
  }

  @Test func `E is a credit, P a receipt, N and T are no invoices`() throws {
    let credit = try one(cfdi(type: "E", more: town))
    #expect(credit.kind == .credit && credit.gross?.description == "1113.60")
    let receipt = try one(cfdi(type: "P", currency: "XXX", total: "0", subtotal: "0"))
    #expect(receipt.kind == .receipt && receipt.refusal == "" && failing(receipt) == [])
    #expect(try one(cfdi(type: "N")).refusal == "a pay slip (TipoDeComprobante N): not an invoice")
    #expect(try one(cfdi(type: "T")).refusal == "a waybill (TipoDeComprobante T): not an invoice")
  }

  @Test func `a CFDI that does not add up fails by name`() throws {
    #expect(failing(try one(cfdi(total: "1083.60"))) == ["PayableSum 1083.60 1093.60"])
    let subtotal = try one(cfdi(more: town, total: "1093.60", subtotal: "1010.00"))
    #expect(failing(subtotal) == ["LineSum 1010.00 1000.00"])
    // 3 × 333.33 = 999.99: a price of two decimals has no room beyond the centavo.
    let price = cfdi(more: town).replacing("333.3333", with: "333.32")
    #expect(failing(try one(price)) == ["LineProduct 1000.00 999.96"])
  }

  // MARK: ZUGFeRD 1

  @Test func `a ZUGFeRD 1 invoice is read`() throws {
    let settlement = """
      <r:ApplicableSupplyChainTradeSettlement><r:InvoiceCurrencyCode>EUR</r:InvoiceCurrencyCode>
      <r:SpecifiedTradeSettlementPaymentMeans><r:PayeePartyCreditorFinancialAccount><r:IBANID>DE1</r:IBANID>
      </r:PayeePartyCreditorFinancialAccount></r:SpecifiedTradeSettlementPaymentMeans>
      <r:ApplicableTradeTax><r:CalculatedAmount>19.00</r:CalculatedAmount><r:CategoryCode>S</r:CategoryCode>
      <r:BasisAmount>100.00</r:BasisAmount><r:ApplicablePercent>19</r:ApplicablePercent></r:ApplicableTradeTax>
      <r:SpecifiedTradeSettlementMonetarySummation><r:LineTotalAmount>100.00</r:LineTotalAmount>
      <r:TaxBasisTotalAmount>100.00</r:TaxBasisTotalAmount><r:TaxTotalAmount currencyID="EUR">19.00</r:TaxTotalAmount>
      <r:GrandTotalAmount>119.00</r:GrandTotalAmount><r:DuePayableAmount>119.00</r:DuePayableAmount>
      </r:SpecifiedTradeSettlementMonetarySummation></r:ApplicableSupplyChainTradeSettlement>
      """
    let invoice = try one(
      """
      <m:CrossIndustryDocument xmlns:m="urn:ferd:CrossIndustryDocument:invoice:1p0"
        xmlns:r="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12"
        xmlns:u="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15">
      <m:HeaderExchangedDocument><r:ID>471102</r:ID><r:TypeCode>380</r:TypeCode><r:IssueDateTime>
      <u:DateTimeString format="102">20260503</u:DateTimeString></r:IssueDateTime></m:HeaderExchangedDocument>
      <m:SpecifiedSupplyChainTradeTransaction><r:ApplicableSupplyChainTradeAgreement><r:SellerTradeParty>
      <r:Name>Seller</r:Name><r:SpecifiedTaxRegistration><r:ID schemeID="VA">DE9</r:ID>
      </r:SpecifiedTaxRegistration></r:SellerTradeParty></r:ApplicableSupplyChainTradeAgreement>\(settlement)
      <r:IncludedSupplyChainTradeLineItem><r:SpecifiedSupplyChainTradeAgreement><r:NetPriceProductTradePrice>
      <r:ChargeAmount>50.0000</r:ChargeAmount></r:NetPriceProductTradePrice></r:SpecifiedSupplyChainTradeAgreement>
      <r:SpecifiedSupplyChainTradeDelivery><r:BilledQuantity>2</r:BilledQuantity></r:SpecifiedSupplyChainTradeDelivery>
      <r:SpecifiedSupplyChainTradeSettlement><r:SpecifiedTradeSettlementMonetarySummation>
      <r:LineTotalAmount>100.00</r:LineTotalAmount></r:SpecifiedTradeSettlementMonetarySummation>
      </r:SpecifiedSupplyChainTradeSettlement></r:IncludedSupplyChainTradeLineItem>
      </m:SpecifiedSupplyChainTradeTransaction></m:CrossIndustryDocument>
      """)
    #expect(invoice.dialect == "zugferd1" && invoice.invoiceID == "471102")
    #expect(invoice.issueDate?.description == "2026-05-03")
    #expect(invoice.net?.description == "100.00" && invoice.tax?.description == "19.00")
    #expect(invoice.gross?.description == "119.00" && invoice.payable?.description == "119.00")
    #expect(invoice.paymentAccounts == ["DE1"] && invoice.seller.taxID == "DE9")
    #expect(
      invoice.checks.map(\.rule)
        == [.lineSum, .grossSum, .lineProduct, .payableSum, .taxRate, .taxSum])
    #expect(failing(invoice) == [] && invoice.refusal == "")
  }
}

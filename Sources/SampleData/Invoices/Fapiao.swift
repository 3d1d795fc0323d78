import BillingModel
import ExactNumbers

/// A fully digitalised fapiao (数电票), the tax document of the two operators in China.
///
/// It has a number of its own; the invoices that it covers are named in its remark.
struct Fapiao {
  var number: String
  var issued: Day
  /// Of one seller; the lines of all are added up by service.
  var drafts: [InvoiceDraft]
  /// False where the remark names the month and the payer, but no invoice.
  var namesInvoices: Bool

  /// Twenty digits: year, province, channel, and a serial number made of month and sequence.
  init(_ sequence: Int, issued: Day, _ drafts: [InvoiceDraft], namesInvoices: Bool = true) {
    let province = drafts[0].seller == .sinnet ? "11" : "64"
    let month = issued.civil.month
    number =
      "\(issued.civil.year % 100)\(province)2000000" + "000000" + (month < 10 ? "0" : "")
      + "\(month)\(sequence)"
    self.issued = issued
    self.drafts = drafts
    self.namesInvoices = namesInvoices
  }

  /// As it is dropped into the inbox.
  func file() throws(AmountOverflow) -> SampleFile {
    SampleFile("invoices/fapiao/dzfp_\(number).xml", try xml())
  }

  func xml() throws(AmountOverflow) -> String {
    let (seller, payer) = (drafts[0].seller, drafts[0].payer)
    let rate = Spelling.cents(seller.vatRate ?? .zero) + "0000"
    let lines = try linesByService()
    let net = try Amount.sum(lines.map(\.net))
    let tax = try Amount.sum(lines.map(\.tax))
    var items = ""
    for line in lines { items += try item(line, rate: rate) }
    return """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <EInvoice>
        <Header>
          <EIid>\(number)</EIid>
          <EInvoiceTag>SWEI\(seller == .sinnet ? "1100" : "6400")</EInvoiceTag>
          <Version>0.33</Version>
          <InherentLabel>
            <InIssuType><LabelCode>Y</LabelCode><LabelName>蓝字发票</LabelName></InIssuType>
            <EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
            <GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT>
          </InherentLabel>
        </Header>
        <EInvoiceData>
          <SellerInformation>
            <SellerIdNum>\(seller.taxID)</SellerIdNum>
            <SellerName>\(seller.chineseName)</SellerName>
          </SellerInformation>
          <BuyerInformation>
            <BuyerIdNum>\(payer.taxID)</BuyerIdNum>
            <BuyerName>\(payer.name)</BuyerName>
          </BuyerInformation>
          <BasicInformation>
            <TotalAmWithoutTax>\(Spelling.cents(net))</TotalAmWithoutTax>
            <TotalTaxAm>\(Spelling.cents(tax))</TotalTaxAm>
            <TotalTax-includedAmount>\(Spelling.cents(try net + tax))</TotalTax-includedAmount>
            <RequestTime>\(issued) 09:47:14</RequestTime>
          </BasicInformation>
      \(items)    <AdditionalInformation>
            <Remark>\(remark)</Remark>
          </AdditionalInformation>
        </EInvoiceData>
        <TaxSupervisionInfo>
          <InvoiceNumber>\(number)</InvoiceNumber>
          <IssueTime>\(issued)</IssueTime>
          <TaxBureauCode>\(seller == .sinnet ? "11100000000" : "16400000000")</TaxBureauCode>
        </TaxSupervisionInfo>
      </EInvoice>

      """
  }

  private var remark: String {
    let ids = drafts.map(\.id).joined(separator: "、")
    let periods = Set(drafts.map { "\($0.period)" }).sorted().joined(separator: "、")
    return (namesInvoices ? "AWS账单号:\(ids);" : "")
      + "账期:\(periods);付款账户:\(drafts[0].payer.id)"
  }

  private func linesByService() throws(AmountOverflow) -> [InvoiceDraft.Line] {
    let all = drafts.flatMap(\.lines)
    var lines: [InvoiceDraft.Line] = []
    for service in Set(all.map(\.service)).sorted() {
      let same = all.filter { $0.service == service }
      lines.append(
        InvoiceDraft.Line(
          service: service, net: try Amount.sum(same.map(\.net)),
          tax: try Amount.sum(same.map(\.tax))))
    }
    return lines
  }

  private func item(_ line: InvoiceDraft.Line, rate: String) throws(AmountOverflow) -> String {
    """
        <IssuItemInformation>
          <ItemName>*信息技术服务*\(Spelling.xml(line.service))</ItemName>
          <SpecMod></SpecMod>
          <MeaUnits>项</MeaUnits>
          <Quantity>1</Quantity>
          <UnPrice>\(Spelling.cents(line.net))</UnPrice>
          <Amount>\(Spelling.cents(line.net))</Amount>
          <TaxRate>\(rate)</TaxRate>
          <ComTaxAm>\(Spelling.cents(line.tax))</ComTaxAm>
          <TotaltaxIncludedAmount>\(Spelling.cents(try line.net + line.tax))</TotaltaxIncludedAmount>
          <TaxClassificationCode>3040203000000000000</TaxClassificationCode>
        </IssuItemInformation>

    """
  }
}

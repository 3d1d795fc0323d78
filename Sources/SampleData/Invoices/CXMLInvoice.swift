import BillingModel
import ExactNumbers

/// cXML `InvoiceDetailRequest`, the document that AWS sends to Ariba and Coupa.
enum CXMLInvoice {
  /// What is sent: a document, or the order to forget one that was sent before.
  enum Operation: String { case new, delete }

  /// - Parameters:
  ///   - transport: The payload id; by default made of the invoice id.
  ///   - forgotten: The payload id that a deletion takes back.
  static func xml(
    _ draft: InvoiceDraft, _ operation: Operation = .new, transport: String? = nil,
    forgotten: String = ""
  ) throws(AmountOverflow) -> String {
    let currency = draft.payer.currency
    func money(_ amount: Amount) -> String {
      "<Money currency=\"\(currency)\">\(Spelling.cents(amount))</Money>"
    }
    var items = ""
    for (index, line) in draft.lines.enumerated() {
      items += try item(line, number: index + 1, money)
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.049/InvoiceDetail.dtd">
      <cXML payloadID="\(transport ?? "\(draft.id)@sample.invalid")" timestamp="\(draft.issued)T08:15:00+00:00">
        <Header>
          <From><Credential domain="NetworkID"><Identity>AN00000000001</Identity></Credential></From>
          <To><Credential domain="NetworkID"><Identity>AN00000000002</Identity></Credential></To>
        </Header>
        <Request deploymentMode="production">
          <InvoiceDetailRequest>
            <InvoiceDetailRequestHeader invoiceID="\(draft.id)" purpose="\(draft.isCredit ? "creditMemo" : "standard")" operation="\(operation.rawValue)" invoiceDate="\(draft.issued)T00:00:00+00:00">
              <InvoiceDetailHeaderIndicator/>
              <InvoiceDetailLineIndicator isTaxInLine="yes"/>
              \(partner("from", draft.seller.legalEntity))
              \(partner("soldTo", draft.payer.name))
              \(preceding(draft))\(reference(forgotten))<Period startDate="\(draft.period.firstDay)T00:00:00+00:00" endDate="\(draft.period.lastDay)T23:59:59+00:00"/>
              <Extrinsic name="BillingAccountId">\(draft.payer.id)</Extrinsic>
            </InvoiceDetailRequestHeader>
            <InvoiceDetailOrder>
              <InvoiceDetailOrderInfo><OrderReference orderID="\(draft.purchaseOrder ?? "PO-2026-0042")"><DocumentReference payloadID=""/></OrderReference></InvoiceDetailOrderInfo>
      \(items)      </InvoiceDetailOrder>
            <InvoiceDetailSummary>
              <SubtotalAmount>\(money(try draft.net))</SubtotalAmount>
              <Tax>\(money(try draft.tax))<Description xml:lang="en">Tax</Description></Tax>
              <GrossAmount>\(money(try draft.gross))</GrossAmount>
              <TotalAmountWithoutTax>\(money(try draft.net))</TotalAmountWithoutTax>
              <NetAmount>\(money(try draft.gross))</NetAmount>
              <DueAmount>\(money(try draft.gross))</DueAmount>
            </InvoiceDetailSummary>
          </InvoiceDetailRequest>
        </Request>
      </cXML>

      """
  }

  /// A credit memo names the invoice that it takes back.
  private static func preceding(_ draft: InvoiceDraft) -> String {
    draft.isCredit ? "<InvoiceIDInfo invoiceID=\"\(draft.precedingID)\"/>" : ""
  }

  private static func reference(_ transport: String) -> String {
    transport.isEmpty ? "" : "<DocumentReference payloadID=\"\(transport)\"/>"
  }

  private static func partner(_ role: String, _ name: String) -> String {
    "<InvoicePartner><Contact role=\"\(role)\"><Name xml:lang=\"en\">\(Spelling.xml(name))</Name>"
      + "</Contact></InvoicePartner>"
  }

  private static func item(
    _ line: InvoiceDraft.Line, number: Int, _ money: (Amount) -> String
  ) throws(AmountOverflow) -> String {
    """
            <InvoiceDetailItem invoiceLineNumber="\(number)" quantity="1">
              <UnitOfMeasure>EA</UnitOfMeasure>
              <UnitPrice>\(money(line.net))</UnitPrice>
              <InvoiceDetailItemReference lineNumber="\(number)"><Description xml:lang="en">\(Spelling.xml(line.service))</Description></InvoiceDetailItemReference>
              <SubtotalAmount>\(money(line.net))</SubtotalAmount>
              <Tax>\(money(line.tax))<Description xml:lang="en">Tax</Description></Tax>
              <GrossAmount>\(money(try line.net + line.tax))</GrossAmount>
              <NetAmount>\(money(try line.net + line.tax))</NetAmount>
            </InvoiceDetailItem>

    """
  }
}

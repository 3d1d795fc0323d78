import BillingModel
import ExactNumbers

/// A UBL 2.1 invoice or credit note after EN 16931.
enum UBLDocument {
  /// What the two kinds of document call the same thing.
  private struct Words {
    var root: String
    var typeCode: String
    var line: String
    var quantity: String

    static let invoice = Words(
      root: "Invoice", typeCode: "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>",
      line: "InvoiceLine", quantity: "InvoicedQuantity")
    static let credit = Words(
      root: "CreditNote", typeCode: "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>",
      line: "CreditNoteLine", quantity: "CreditedQuantity")
  }

  static func xml(_ draft: InvoiceDraft) throws(AmountOverflow) -> String {
    let words = draft.isCredit ? Words.credit : .invoice
    let percent = Spelling.cents(try (draft.seller.vatRate ?? .zero).multiplied(by: "100"))
    func amount(_ name: String, _ value: Amount) -> String {
      "<cbc:\(name) currencyID=\"\(draft.payer.currency)\">\(Spelling.cents(value))</cbc:\(name)>"
    }
    let (net, tax, gross) = (try draft.net, try draft.tax, try draft.gross)
    let lines = draft.lines.enumerated().map { index, item in
      line(item, number: index + 1, words, percent, amount)
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <ubl:\(words.root) xmlns:ubl="urn:oasis:names:specification:ubl:schema:xsd:\(words.root)-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
        <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
        <cbc:ID>\(draft.id)</cbc:ID>
        <cbc:IssueDate>\(draft.issued)</cbc:IssueDate>
        \(words.typeCode)
        <cbc:DocumentCurrencyCode>\(draft.payer.currency)</cbc:DocumentCurrencyCode>
        <cbc:AccountingCost>\(draft.payer.id)</cbc:AccountingCost>
        <cbc:BuyerReference>\(draft.payer.id)</cbc:BuyerReference>
        <cac:InvoicePeriod><cbc:StartDate>\(draft.period.firstDay)</cbc:StartDate><cbc:EndDate>\(draft.period.lastDay)</cbc:EndDate></cac:InvoicePeriod>
      \(order(draft))\(preceding(draft))  <cac:AccountingSupplierParty>\(party(draft.seller.legalEntity, draft.seller.taxID))</cac:AccountingSupplierParty>
        <cac:AccountingCustomerParty>\(party(draft.payer.name, draft.payer.taxID))</cac:AccountingCustomerParty>
      \(means(draft))  <cac:TaxTotal>
          \(amount("TaxAmount", tax))
          <cac:TaxSubtotal>\(amount("TaxableAmount", net))\(amount("TaxAmount", tax))\(category("TaxCategory", percent))</cac:TaxSubtotal>
        </cac:TaxTotal>
        <cac:LegalMonetaryTotal>
          \(amount("LineExtensionAmount", net))
          \(amount("TaxExclusiveAmount", net))
          \(amount("TaxInclusiveAmount", gross))
          \(amount("PayableAmount", gross))
        </cac:LegalMonetaryTotal>
      \(lines.joined())</ubl:\(words.root)>

      """
  }

  private static func order(_ draft: InvoiceDraft) -> String {
    guard let order = draft.purchaseOrder else { return "" }
    return "  <cac:OrderReference><cbc:ID>\(order)</cbc:ID></cac:OrderReference>\n"
  }

  private static func preceding(_ draft: InvoiceDraft) -> String {
    draft.isCredit
      ? "  <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>\(draft.precedingID)</cbc:ID>"
        + "</cac:InvoiceDocumentReference></cac:BillingReference>\n"
      : ""
  }

  /// A credit transfer to the seller's account.
  private static func means(_ draft: InvoiceDraft) -> String {
    draft.bankAccount.isEmpty
      ? ""
      : "  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        + "<cac:PayeeFinancialAccount><cbc:ID>\(draft.bankAccount)</cbc:ID>"
        + "</cac:PayeeFinancialAccount></cac:PaymentMeans>\n"
  }

  private static func party(_ name: String, _ taxID: String) -> String {
    """
    <cac:Party><cac:PartyTaxScheme><cbc:CompanyID>\(taxID)</cbc:CompanyID>\
    <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>\
    <cac:PartyLegalEntity><cbc:RegistrationName>\(Spelling.xml(name))</cbc:RegistrationName>\
    </cac:PartyLegalEntity></cac:Party>
    """
  }

  private static func category(_ name: String, _ percent: String) -> String {
    """
    <cac:\(name)><cbc:ID>S</cbc:ID><cbc:Percent>\(percent)</cbc:Percent>\
    <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:\(name)>
    """
  }

  private static func line(
    _ line: InvoiceDraft.Line, number: Int, _ words: Words, _ percent: String,
    _ amount: (String, Amount) -> String
  ) -> String {
    """
      <cac:\(words.line)>
        <cbc:ID>\(number)</cbc:ID>
        <cbc:\(words.quantity) unitCode="C62">1</cbc:\(words.quantity)>
        \(amount("LineExtensionAmount", line.net))
        <cac:Item><cbc:Name>\(Spelling.xml(line.service))</cbc:Name>\(category("ClassifiedTaxCategory", percent))</cac:Item>
        <cac:Price>\(amount("PriceAmount", line.net))</cac:Price>
      </cac:\(words.line)>

    """
  }
}

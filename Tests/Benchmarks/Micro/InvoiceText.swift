import Foundation

/// A made-up UBL invoice of many lines, each with an account, a service, a quantity and a price: about 750
/// bytes a line.
struct InvoiceText {
  static let lines = 200_000

  /// In pieces: the memory of the reader is measured in this process.
  static func write(to url: URL) throws {
    try Data(head.utf8).write(to: url)
    let file = try FileHandle(forWritingTo: url)
    try file.seekToEnd()
    var piece: [UInt8] = []
    for number in 1...lines {
      piece += Array(line(number).utf8)
      if number % 1000 == 0 {
        try file.write(contentsOf: piece)
        piece.removeAll()
      }
    }
    try file.write(contentsOf: Array("</Invoice>".utf8))
    try file.close()
  }

  private static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
      xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
      xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <cbc:ID>BENCH-1</cbc:ID>
      <cbc:IssueDate>2026-05-03</cbc:IssueDate>
      <cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>
      <cac:LegalMonetaryTotal>
        <cbc:LineExtensionAmount currencyID="USD">2000000.00</cbc:LineExtensionAmount>
        <cbc:TaxInclusiveAmount currencyID="USD">2000000.00</cbc:TaxInclusiveAmount>
      </cac:LegalMonetaryTotal>

    """

  private static func line(_ number: Int) -> String {
    """
      <cac:InvoiceLine>
        <cbc:ID>\(number)</cbc:ID>
        <cbc:InvoicedQuantity unitCode="C62">10</cbc:InvoicedQuantity>
        <cbc:LineExtensionAmount currencyID="USD">10.00</cbc:LineExtensionAmount>
        <cbc:AccountingCost>\(111_122_223_333 + number % 50)</cbc:AccountingCost>
        <cac:Item>
          <cbc:Description>Usage of a service, as measured by the hour</cbc:Description>
          <cbc:Name>Amazon Service \(number % 40)</cbc:Name>
          <cac:ClassifiedTaxCategory>
            <cbc:ID>S</cbc:ID>
            <cbc:Percent>0</cbc:Percent>
            <cac:TaxScheme>
              <cbc:ID>VAT</cbc:ID>
            </cac:TaxScheme>
          </cac:ClassifiedTaxCategory>
        </cac:Item>
        <cac:Price>
          <cbc:PriceAmount currencyID="USD">1.00</cbc:PriceAmount>
        </cac:Price>
      </cac:InvoiceLine>

    """
  }
}

import BillingModel
import ExactNumbers

/// A wrong invoice is sent, deleted by cXML, and sent again as it should have been.
enum InvoiceTakenBack {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, "2025-11")
    let (inc, emea) = (try bill.draft(.inc), try bill.draft(.emea))
    var wrong = inc
    wrong.lines[0].net = try wrong.lines[0].net + "100"
    let first = "first.\(inc.id)@sample.invalid"
    return Story(
      "invoice-taken-back",
      readme: """
        # invoice-taken-back

        Payer 100000000001 (USD), 2025-11, a legacy report; cXML from \(Seller.inc.legalEntity), the API's \
        summary of \(emea.id).
        Planted: on 2025-12-04 invoice \(inc.id) comes with 100.00 USD too much; on 2025-12-06 a cXML document \
        with `operation="delete"` takes it back by its payload id, and the right one comes with the same number.
        Must be found on 2025-12-04: \(inc.id) off by 100.00 USD. On 2025-12-06: \(inc.id) `Matched` at \
        \(Spelling.cents(try inc.gross)) USD, the first document `Cancelled`, and no duplicate.
        """,
      nights: [
        Story.Night(
          "2025-12-04",
          ExportDelivery.legacy(bill, report: Reports.global).files + [
            SampleFile(
              "invoices/cxml/\(inc.id)-first.xml", try CXMLInvoice.xml(wrong, transport: first)),
            SampleFile(
              "invoices/api/2025-11-invoice-summaries.json", try InvoiceSummaries.json([emea])),
          ]),
        Story.Night(
          "2025-12-06",
          [
            SampleFile(
              "invoices/cxml/\(inc.id)-delete.xml",
              try CXMLInvoice.xml(
                wrong, .delete, transport: "delete.\(inc.id)@sample.invalid", forgotten: first)),
            SampleFile(
              "invoices/cxml/\(inc.id)-second.xml",
              try CXMLInvoice.xml(inc, transport: "second.\(inc.id)@sample.invalid")),
          ]),
      ])
  }
}

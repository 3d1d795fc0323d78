import BillingModel
import ExactNumbers

/// Credits of every kind: rows, a credit note that the export knows, and a credit memo that it does not.
enum CreditNote {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, "2026-10") { bill in
      bill.rows.append(try promotion(bill, "-120", mark: nil))
      bill.rows.append(try promotion(bill, "7.5", mark: "reversed"))
      bill.rows.append(refund(bill))
    }
    let delivery = ExportDelivery.dataExport(
      bill, FocusExport.layout12, export: "meridian-focus-1-2", at: "2026-11-04T04:31:55.870Z",
      chunks: 2)
    let (inc, emea) = (try bill.draft(.inc), try bill.draft(.emea))
    var note = try InvoiceDraft(bill, creditNote, issued: "2026-11-04").negated()
    note.precedingID = emea.id
    let memo = InvoiceDraft(
      "1926048810", .inc, Company.global, bill.period, issued: "2026-11-05",
      lines: [InvoiceDraft.Line(service: Product.rds.name, net: "35", tax: .zero)],
      preceding: inc.id)
    return Story(
      "credit-note",
      readme: """
        # credit-note

        Payer 100000000001 (USD), 2026-10, FOCUS 1.2 in two chunks; cXML from \(Seller.inc.legalEntity), UBL \
        from \(Seller.emea.legalEntity).
        In order: a promotional credit of -120.00 USD on invoice \(inc.id); UBL credit note \(creditNote) over \
        \(Spelling.cents(try note.gross)) USD for invoice \(emea.id), whose refund and tax rows bear its id.
        Planted 1: a credit with a positive amount, 7.50 USD, \(delivery.place("reversed")); it is invoiced.
        Planted 2: cXML credit memo \(memo.id) takes back 35.00 USD of \(inc.id), and no row of the export does.
        Must be found: \(emea.id) and \(creditNote) `Matched` (the note at -\(Spelling.cents(try note.gross))); \
        `PositiveCredit` 7.50 USD; the match of \(inc.id) off by 35.00 USD, explained by the unapplied memo.
        """,
      nights: [
        Story.Night(
          "2026-11-05",
          delivery.files + [
            SampleFile("invoices/cxml/\(inc.id).xml", try CXMLInvoice.xml(inc)),
            SampleFile("invoices/ubl/\(emea.id).xml", try UBLDocument.xml(emea)),
            SampleFile("invoices/ubl/\(note.id).xml", try UBLDocument.xml(note)),
          ]),
        Story.Night(
          "2026-11-06",
          [SampleFile("invoices/cxml/\(memo.id).xml", try CXMLInvoice.xml(memo))]),
      ])
  }

  private static let creditNote = "EUINFR26-880110"

  private static func promotion(_ bill: Bill, _ amount: Amount, mark: String?) throws -> LineItem {
    var row = bill.blank(
      "promotion \(amount)", .inc, "200000000006", .cloudFront,
      usageType: "US-Requests-Tier2-HTTPS", on: "2026-10-01")
    row.type = "Credit"
    row.usageDates = bill.month
    row.description = "CloudFront promotional credit CF-2026-Q4"
    row.cost = amount
    row.mark = mark
    return row
  }

  /// Takes back a part of the month's database bill, on a credit note of its own.
  private static func refund(_ bill: Bill) -> LineItem {
    var row = bill.blank(
      "database refund", .emea, "200000000001", .rds, usageType: "EUW3-InstanceUsage:db.t3.medium",
      on: "2026-10-01")
    row.type = "Refund"
    row.billType = "Refund"
    row.invoiceID = creditNote
    row.usageDates = bill.month
    row.description = "Refund for unavailable RDS instance"
    row.cost = "-40"
    return row
  }
}

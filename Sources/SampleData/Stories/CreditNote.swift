import BillingModel
import ExactNumbers

/// Credits of every kind: rows, a credit memo that the export knows, and a credit note that it does not.
enum CreditNote {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, "2026-10") { bill in
      bill.rows.append(promotion(bill, "-60", mark: nil))
      bill.rows.append(promotion(bill, "7.5", mark: "reversed"))
      bill.rows.append(refund(bill))
    }
    let delivery = ExportDelivery.dataExport(
      bill, FocusExport.layout12, export: "meridian-focus-1-2", at: "2026-11-04T04:31:55.870Z",
      chunks: 2)
    let (inc, emea) = (try bill.draft(.inc), try bill.draft(.emea))
    var memo = try InvoiceDraft(bill, creditMemo, issued: "2026-11-04").negated()
    memo.precedingID = inc.id
    let note = InvoiceDraft(
      "EUINFR26-880110", .emea, Company.global, bill.period, issued: "2026-11-05",
      lines: [InvoiceDraft.Line(service: Product.rds.name, net: "40", tax: "8")],
      preceding: emea.id)
    return Story(
      "credit-note",
      readme: """
        # credit-note

        Payer 100000000001 (USD), 2026-10, FOCUS 1.2 in two chunks; cXML from \(Seller.inc.legalEntity), UBL \
        from \(Seller.emea.legalEntity).
        In order: a promotional credit of -60.00 USD on invoice \(inc.id); cXML credit memo \(memo.id) over \
        \(Spelling.cents(try memo.gross)) USD for the same invoice, whose refund row bears the memo's id.
        Planted 1: a credit with a positive amount, 7.50 USD, \(delivery.place("reversed")); it is invoiced.
        Planted 2: on 2026-11-06 UBL credit note \(note.id) takes back \(Spelling.cents(try note.gross)) USD of \
        \(emea.id), and no row of the export does.
        Must be found on 2026-11-05: \(inc.id), \(memo.id) (at -\(Spelling.cents(try memo.gross))) and \
        \(emea.id) `Matched`; `PositiveCredit` 7.50 USD. On 2026-11-06: the match of \(emea.id) off by \
        \(Spelling.cents(try note.gross)) USD, explained by the credit that was not applied.
        """,
      nights: [
        Story.Night(
          "2026-11-05",
          delivery.files + [
            SampleFile("invoices/cxml/\(inc.id).xml", try CXMLInvoice.xml(inc)),
            SampleFile("invoices/cxml/\(memo.id).xml", try CXMLInvoice.xml(memo)),
            SampleFile("invoices/ubl/\(emea.id).xml", try UBLDocument.xml(emea)),
          ]),
        Story.Night(
          "2026-11-06", [SampleFile("invoices/ubl/\(note.id).xml", try UBLDocument.xml(note))]),
      ])
  }

  private static let creditMemo = "1926048810"

  private static func promotion(_ bill: Bill, _ amount: Amount, mark: String?) -> LineItem {
    var row = bill.monthly(
      "Credit", "promotion \(amount)", .inc, "200000000006", .cloudFront,
      usageType: "US-Requests-Tier2-HTTPS", amount, "CloudFront promotional credit CF-2026-Q4")
    row.mark = mark
    return row
  }

  /// Takes back a part of the month's database bill, on a memo of its own.
  private static func refund(_ bill: Bill) -> LineItem {
    var row = bill.monthly(
      "Refund", "database refund", .inc, "200000000004", .rds,
      usageType: "InstanceUsage:db.r5.large", "-120", "Refund for unavailable RDS instance")
    row.billType = "Refund"
    row.invoiceID = creditMemo
    return row
  }
}

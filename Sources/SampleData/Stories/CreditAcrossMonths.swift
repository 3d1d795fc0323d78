import BillingModel
import ExactNumbers

/// A credit note of one month that takes back a part of the month before.
enum CreditAcrossMonths {
  static func story() throws -> Story {
    let july = try Bill.closed(Company.global, "2025-07")
    let corrected = try july.draft(.emea)
    let august = try Bill.closed(Company.global, "2025-08") { bill in
      bill.rows.append(refund(bill))
    }
    var memo = try InvoiceDraft(august, creditNote, issued: "2025-08-20").negated()
    memo.precedingID = corrected.id
    return Story(
      "credit-across-months",
      readme: """
        # credit-across-months

        Payer 100000000001 (USD), 2025-07 and 2025-08, CUR 2.0, UBL from \(Seller.emea.legalEntity) and \
        cXML from \(Seller.inc.legalEntity).
        Credit note \(memo.id) of 2025-08-20 takes back \(Spelling.cents(try memo.gross)) USD of July's invoice \
        \(corrected.id). Its refund row, 80.00 USD net, is in August's export under the note's own number; \
        July's rows stay as they were.
        Must be found: July's invoices `Matched`; the credit note `Matched` in August, at \
        -\(Spelling.cents(try memo.gross)) USD; no error candidate in either month.
        """,
      nights: [
        Story.Night("2025-08-05", Reports.cur2(july).files + (try documents(july))),
        Story.Night(
          "2025-08-21", [SampleFile("invoices/ubl/\(memo.id).xml", try UBLDocument.xml(memo))]),
        Story.Night("2025-09-05", Reports.cur2(august).files + (try documents(august))),
      ])
  }

  private static let creditNote = "EUINFR25-880820"

  private static func documents(_ bill: Bill) throws -> [SampleFile] {
    let (inc, emea) = (try bill.draft(.inc), try bill.draft(.emea))
    return [
      SampleFile("invoices/cxml/\(inc.id).xml", try CXMLInvoice.xml(inc)),
      SampleFile("invoices/ubl/\(emea.id).xml", try UBLDocument.xml(emea)),
    ]
  }

  private static func refund(_ bill: Bill) -> LineItem {
    var row = bill.blank(
      "retail refund", .emea, "200000000001", .ec2, usageType: "EU-BoxUsage:m5.large",
      on: "2025-08-20")
    row.type = "Refund"
    row.billType = "Refund"
    row.invoiceID = creditNote
    row.description = "Refund for instances that could not be reached in July"
    row.cost = "-80"
    return row
  }
}

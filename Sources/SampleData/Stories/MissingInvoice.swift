import BillingModel
import ExactNumbers

/// One of two invoices never comes, but for a PDF that nobody can add up.
enum MissingInvoice {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, "2026-05")
    let delivery = ExportDelivery.loose(
      bill, LegacyReport.layout(for: bill), name: "cost/meridian-2026-05", chunks: 2)
    let (inc, emea) = (try bill.draft(.inc), try bill.draft(.emea))
    let paid = try Bill.closed(Company.global, "2026-04").draft(.emea)
    return Story(
      "missing-invoice",
      readme: """
        # missing-invoice

        Payer 100000000001 (USD), 2026-05: two legacy files that lie loose, without a manifest, and the \
        API's summaries: invoice \(inc.id), and the payment receipt of \(paid.id), which is no part of any bill.
        Planted: invoice \(emea.id) of \(Seller.emea.legalEntity) over \(Spelling.cents(try emea.gross)) USD \
        does not come; on 2026-06-12 a PDF of it is dropped, which is listed and never read.
        Must be found on 2026-06-05: \(inc.id) `Matched`, \(emea.id) `NotFinal`: it is not overdue yet.
        Must be found on 2026-06-12, after the 10th: \(emea.id) `MissingInvoice`, and \
        the finding `ChargesWithoutInvoice` with \(Spelling.cents(try emea.gross)) USD at stake.
        """,
      nights: [
        Story.Night(
          "2026-06-05",
          delivery.files + [
            SampleFile(
              "invoices/api/2026-05-invoice-summaries.json",
              try InvoiceSummaries.json([inc], receipts: [paid]))
          ]),
        Story.Night(
          "2026-06-12",
          [SampleFile("invoices/pdf/\(emea.id).pdf", "%PDF-1.4\nlisted, never read\n%%EOF\n")]),
      ])
  }
}

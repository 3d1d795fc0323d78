import BillingModel
import ExactNumbers

/// Documents keep their own time: one comes a night before its charges, another a month after.
enum InvoiceBeforeCharges {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.china, "2026-07")
    let (sinnet, nwcd) = (try bill.draft(.sinnet), try bill.draft(.nwcd))
    return Story(
      "invoice-before-charges",
      readme: """
        # invoice-before-charges

        Payer 300000000001 (CNY), 2026-07, a legacy report.
        Planted: the fapiao of Sinnet over invoice \(sinnet.id) comes on 2026-08-03, its charges on \
        2026-08-04; the fapiao of NWCD over invoice \(nwcd.id) comes on 2026-09-04.
        Must be found on 2026-08-03: a document without charges. On 2026-08-04: \(sinnet.id) `Matched` at \
        \(Spelling.cents(try sinnet.gross)) CNY, \(nwcd.id) `NotFinal`; `MissingInvoice` in any night after \
        2026-08-10.
        On 2026-09-04: \(nwcd.id) `Matched` at \(Spelling.cents(try nwcd.gross)) CNY, and no row is read again.
        """,
      nights: [
        Story.Night("2026-08-03", [try Fapiao(1, issued: "2026-08-02", [sinnet]).file()]),
        Story.Night("2026-08-04", ExportDelivery.legacy(bill, report: Reports.china).files),
        Story.Night("2026-09-04", [try Fapiao(1, issued: "2026-09-03", [nwcd]).file()]),
      ])
  }
}

import BillingModel
import ExactNumbers

/// Four months in which nothing is wrong: three of history in two formats, and a clean fourth.
enum CleanMonth {
  static func story() throws -> Story {
    Story(
      "clean-month",
      readme: """
        # clean-month

        Planted: nothing. Payer 100000000001 (USD), 2026-01 to 2026-04: legacy reports in January and \
        February, CUR 2.0 in March and April, each with its manifest, in one to three chunks.
        Invoices: API summaries until March, then cXML from Amazon Web Services, Inc. and UBL from \
        Amazon Web Services EMEA SARL (20 % VAT).
        Must be found: every invoice `Matched` with a difference of 0.00 at every level, no error \
        candidate, no anomaly, in all four months.
        """,
      nights: [
        try legacyNight("2026-01", chunks: 2, asOf: "2026-02-05"),
        try legacyNight("2026-02", chunks: 1, asOf: "2026-03-05"),
        try exportNight("2026-03", chunks: 2, asOf: "2026-04-05"),
        try documentNight("2026-04", chunks: 3, asOf: "2026-05-05"),
      ])
  }

  private static func legacyNight(
    _ period: BillingPeriod, chunks: Int, asOf: String
  ) throws -> Story.Night {
    let bill = try Bill.closed(Company.global, period)
    let delivery = ExportDelivery.legacy(bill, report: Reports.global, chunks: chunks)
    return Story.Night(asOf, delivery.files + [try Reports.summaries(bill)])
  }

  private static func exportNight(
    _ period: BillingPeriod, chunks: Int, asOf: String
  ) throws -> Story.Night {
    let bill = try Bill.closed(Company.global, period)
    return Story.Night(
      asOf, Reports.cur2(bill, chunks: chunks).files + [try Reports.summaries(bill)])
  }

  private static func documentNight(
    _ period: BillingPeriod, chunks: Int, asOf: String
  ) throws -> Story.Night {
    let bill = try Bill.closed(Company.global, period)
    let inc = try bill.draft(.inc)
    let emea = try bill.draft(.emea)
    return Story.Night(
      asOf,
      Reports.cur2(bill, chunks: chunks).files + [
        SampleFile("invoices/cxml/\(inc.id).xml", try CXMLInvoice.xml(inc)),
        SampleFile("invoices/ubl/\(emea.id).xml", try UBLDocument.xml(emea)),
      ])
  }
}

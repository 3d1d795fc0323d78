import BillingModel
import ExactNumbers

/// Four months of two operators, whose fapiao and invoices meet n to m.
enum ChinaTwoOperators {
  static func story() throws -> Story {
    let bills = try ["2026-01", "2026-02", "2026-03"].map {
      try Bill.closed(Company.china, BillingPeriod(stringLiteral: $0))
    }
    let april = try Bill.closed(Company.china, "2026-04") { bill in
      bill.rows.append(bill.reservationBought(on: "2026-04-16", invoiceID: purchaseInvoice))
    }
    return Story(
      "china-two-operators",
      readme: """
        # china-two-operators

        Planted: nothing wrong. Payer 300000000001 (CNY), 2026-01 to 2026-04, legacy reports; Sinnet \
        (Beijing) and NWCD (Ningxia) each issue an invoice a month, with 6 % VAT, and fapiao that name it in \
        their remark.
        1:1 is most of them. n:1: NWCD's invoice of January has two fapiao. 1:n: one fapiao of Sinnet, issued \
        in April, covers February and March. n:m: in April NWCD bills usage and, on an invoice of its own, a \
        reservation bought for 1500.00 CNY; one fapiao covers part of the first, another the rest of both.
        Must be found: every match `Matched` with a difference of 0.00 once its fapiao are there (Sinnet's \
        February is `NotFinal` until 2026-04-05), amounts in CNY never added to USD, no error candidate.
        """,
      nights: [
        try january(bills[0]),
        Story.Night(
          "2026-03-05",
          ExportDelivery.legacy(bills[1], report: Reports.china).files + [
            try Fapiao(1, issued: "2026-03-04", [bills[1].draft(.nwcd)]).file()
          ]),
        Story.Night(
          "2026-04-05",
          ExportDelivery.legacy(bills[2], report: Reports.china).files + [
            try Fapiao(1, issued: "2026-04-04", [bills[1].draft(.sinnet), bills[2].draft(.sinnet)])
              .file(),
            try Fapiao(1, issued: "2026-04-04", [bills[2].draft(.nwcd)]).file(),
          ]),
        try aprilNight(april),
      ])
  }

  private static let purchaseInvoice = "6426008804"

  private static func january(_ bill: Bill) throws -> Story.Night {
    let nwcd = try bill.draft(.nwcd)
    return Story.Night(
      "2026-02-05",
      ExportDelivery.legacy(bill, report: Reports.china, chunks: 2).files + [
        try Fapiao(1, issued: "2026-02-04", [bill.draft(.sinnet)]).file(),
        try Fapiao(1, issued: "2026-02-04", [nwcd.keeping { $0 == Product.ec2.name }]).file(),
        try Fapiao(2, issued: "2026-02-04", [nwcd.keeping { $0 != Product.ec2.name }]).file(),
      ])
  }

  private static func aprilNight(_ bill: Bill) throws -> Story.Night {
    let nwcd = try bill.draft(.nwcd)
    let bought = try InvoiceDraft(bill, purchaseInvoice, issued: "2026-04-16")
    return Story.Night(
      "2026-05-05",
      ExportDelivery.legacy(bill, report: Reports.china).files + [
        try Fapiao(1, issued: "2026-05-04", [bill.draft(.sinnet)]).file(),
        try Fapiao(1, issued: "2026-05-04", [nwcd.keeping { $0 == Product.s3.name }]).file(),
        try Fapiao(2, issued: "2026-05-04", [nwcd.keeping { $0 != Product.s3.name }, bought])
          .file(),
      ])
  }
}

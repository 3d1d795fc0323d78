import BillingModel
import ExactNumbers

/// Fapiao that name no invoice: only seller, month and amounts tell what they are for.
enum FapiaoByAmount {
  static func story() throws -> Story {
    let july = try Bill.closed(Company.china, "2025-07") { bill in
      bill.rows.append(bill.reservationBought(on: "2025-07-16", invoiceID: purchaseInvoice))
    }
    let (sinnet, nwcd) = (try july.draft(.sinnet), try july.draft(.nwcd))
    let bought = try InvoiceDraft(july, purchaseInvoice, issued: "2025-07-16")
    let august = try Bill.closed(Company.china, "2025-08")
    let (sinnet8, nwcd8) = (try august.draft(.sinnet), try august.draft(.nwcd))
    let part = nwcd8.keeping { $0 == Product.ec2.name }
    return Story(
      "fapiao-by-amount",
      readme: """
        # fapiao-by-amount

        Payer 300000000001 (CNY), 2025-07 and 2025-08, legacy reports. The remark of no fapiao names an \
        invoice: only seller, month and payer.
        n:1 in July: two fapiao of Sinnet over invoice \(sinnet.id). n:m: NWCD bills usage (\(nwcd.id)) and a \
        reservation (\(bought.id), 1500.00 CNY net); one fapiao covers a part of the first, another the rest of \
        both.
        Planted in August: of NWCD's invoice \(nwcd8.id) only the fapiao over Amazon EC2 has come, \
        \(Spelling.cents(try part.gross)) CNY.
        Must be found: in July every match `Matched` with a difference of 0.00; in August \(sinnet8.id) \
        `Matched`, and \(nwcd8.id) short by \(Spelling.cents(try (try nwcd8.gross) - part.gross)) CNY.
        """,
      nights: [
        Story.Night(
          "2025-08-05",
          ExportDelivery.legacy(july, report: Reports.china).files + [
            try file(1, sinnet.keeping { $0 == Product.ec2.name }),
            try file(2, sinnet.keeping { $0 != Product.ec2.name }),
            try file(1, nwcd.keeping { $0 == Product.s3.name }),
            try Fapiao(
              2, issued: "2025-08-04", [nwcd.keeping { $0 != Product.s3.name }, bought],
              namesInvoices: false
            ).file(),
          ]),
        Story.Night(
          "2025-09-12",
          ExportDelivery.legacy(august, report: Reports.china).files + [
            try file(1, sinnet8, issued: "2025-09-04"), try file(1, part, issued: "2025-09-04"),
          ]),
      ])
  }

  private static let purchaseInvoice = "6425008807"

  private static func file(
    _ sequence: Int, _ draft: InvoiceDraft, issued: Day = "2025-08-04"
  ) throws -> SampleFile {
    try Fapiao(sequence, issued: issued, [draft], namesInvoices: false).file()
  }
}

import BillingModel
import ExactNumbers

/// FOCUS 1.0 knows no invoice: what is left to prove is the month of each seller.
enum ChinaFocus {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.china, "2026-08")
    let delivery = ExportDelivery.loose(bill, FocusExport.layout10, name: "focus/ziwu-2026-08")
    let (sinnet, nwcd) = (try bill.draft(.sinnet), try bill.draft(.nwcd))
    return Story(
      "china-focus",
      readme: """
        # china-focus

        Planted: nothing wrong. Payer 300000000001 (CNY), 2026-08, one FOCUS 1.0 file without a manifest: \
        no invoice ids, no line item ids.
        Must be found: a match for each seller by payer, month, issuer and currency, whose Chinese and \
        English names are the same company: \(Spelling.cents(try sinnet.gross)) CNY (Sinnet) and \
        \(Spelling.cents(try nwcd.gross)) CNY (NWCD), both `Matched`; rules that need a line item id are \
        listed as not checked.
        """,
      nights: [
        Story.Night(
          "2026-09-05",
          delivery.files + [
            try Fapiao(2, issued: sinnet.issued, [sinnet]).file(),
            try Fapiao(2, issued: nwcd.issued, [nwcd]).file(),
          ])
      ])
  }
}

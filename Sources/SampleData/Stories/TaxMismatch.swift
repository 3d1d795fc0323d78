import BillingModel
import ExactNumbers

/// One product taxed at the wrong rate, and a seller whose tax the export forgot.
enum TaxMismatch {
  static func story() throws -> Story {
    var bill = try Bill.closed(Company.china, "2026-05")
    let sinnet = try bill.draft(.sinnet)
    bill.rows.removeAll { $0.isTax && $0.seller == .sinnet }
    let surplus = try overtax(&bill)
    let nwcd = try bill.draft(.nwcd)
    let delivery = ExportDelivery.legacy(bill, report: Reports.china)
    return Story(
      "tax-mismatch",
      readme: """
        # tax-mismatch

        Payer 300000000001 (CNY), 2026-05, a legacy report. The agreed VAT is 6 % for both operators.
        Planted 1: \(Seller.nwcd.legalEntity) taxes CNW1-BoxUsage:r5.2xlarge at 13 %: \(surplus) CNY \
        too much, in \(delivery.place("overtaxed")). Its fapiao says the same, so invoice and export match.
        Planted 2: the export has no tax row of \(Seller.sinnet.legalEntity), but its fapiao states \
        \(Spelling.cents(try sinnet.tax)) CNY.
        Must be found: `TaxRateWrong` for invoice \(nwcd.id), \(surplus) CNY, and `InvoiceArithmetic` for the \
        line of its fapiao that bears the surplus at a rate of 6 %; `TaxMissing` for invoice \
        \(sinnet.id), and its match is off by \(Spelling.cents(try sinnet.tax)) CNY, all of it explained by \
        tax that only the invoice has.
        """,
      nights: [
        Story.Night(
          "2026-06-05",
          delivery.files + [
            try Fapiao(1, issued: sinnet.issued, [sinnet]).file(),
            try Fapiao(1, issued: nwcd.issued, [nwcd]).file(),
          ])
      ])
  }

  /// Raises a tax row from 6 % to 13 % of its base; the surplus is rounded to cents so that the
  /// document can state it.
  private static func overtax(_ bill: inout Bill) throws(AmountOverflow) -> Amount {
    guard
      let index = bill.rows.firstIndex(where: {
        $0.isTax && $0.usageType == "CNW1-BoxUsage:r5.2xlarge"
      })
    else { preconditionFailure("no tax row to raise") }
    let surplus = try bill.rows[index].cost.divided(by: "0.06").multiplied(by: "0.07")
      .rounded(toFractionDigits: 2, .halfAwayFromZero)
    bill.rows[index].cost = try bill.rows[index].cost + surplus
    bill.rows[index].mark = "overtaxed"
    return surplus
  }
}

import BillingModel
import ExactNumbers

/// The seller's invoice asks for payment to an account that nobody knows, and bears a wrong tax id.
enum ChangedBankAccount {
  static func story() throws -> Story {
    let may = try Bill.closed(Company.global, "2025-05")
    let june = try Bill.closed(Company.global, "2025-06")
    var changed = try june.draft(.emea)
    changed.bankAccount = "LT121000011101001000"
    changed.payer.taxID = "FR99999999999"
    return Story(
      "changed-bank-account",
      readme: """
        # changed-bank-account

        Payer 100000000001 (USD), 2025-05 and 2025-06, CUR 2.0, UBL from \(Seller.emea.legalEntity) and the \
        API's summaries.
        Planted: June's invoice \(changed.id) is to be paid to LT121000011101001000 and not to \
        \(Seller.emea.bankAccount), the account that was agreed; and it names the buyer by the tax id \
        FR99999999999 instead of \(Company.global.taxID).
        Must be found: every invoice `Matched`; in June `SellerBankAccountChanged` and `BuyerTaxIDWrong`, both \
        at least high, with \(Spelling.cents(try changed.gross)) USD at stake; nothing in May.
        """,
      nights: [
        Story.Night("2025-06-05", try files(may, may.draft(.emea))),
        Story.Night("2025-07-05", try files(june, changed)),
      ])
  }

  private static func files(_ bill: Bill, _ emea: InvoiceDraft) throws -> [SampleFile] {
    var emea = emea
    if emea.bankAccount.isEmpty { emea.bankAccount = Seller.emea.bankAccount }
    return Reports.cur2(bill).files + [
      SampleFile(
        "invoices/api/\(bill.period)-invoice-summaries.json",
        try InvoiceSummaries.json([bill.draft(.inc)])),
      SampleFile("invoices/ubl/\(emea.id).xml", try UBLDocument.xml(emea)),
    ]
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import PipelineRuntime

/// Where a sum leaves its range, the message must lead to the file to blame.
@Suite struct LargestAmountTests {
  private func booking(_ payer: Text, _ cost: String, file: Text) throws -> Booking {
    let period = try #require(BillingPeriod("2026-04"))
    let amount = try Amount(parsing: cost)
    let key = ChargeKey(
      billingAccountID: payer, billingPeriod: period, invoiceID: "I", invoiceIssuer: "",
      billingEntity: "", legalEntity: "", billType: "", chargeType: "Usage", currency: "USD",
      subAccountID: "", subAccountName: "", serviceName: "", productCode: "",
      isDataTransfer: false, day: nil)
    var contents = ExportContents()
    contents.files = [FileTally(file: file, sha256: "0", format: .cur2)]
    contents.charges = [
      ChargeSummary(
        key: key, sums: CostSums(unblended: amount, lineItems: 1), billedCost: amount)
    ]
    return Booking(
      delivery: 1, exportName: "x", format: .cur2, billingAccountID: payer, billingPeriod: period,
      version: "1", versionDay: try #require(Day("2026-05-05")), contents: contents)
  }

  private func invoice(_ gross: String) throws -> Invoice {
    var invoice = Invoice(file: "i.xml", sha256: "1", index: 1, dialect: "ubl")
    invoice.billingAccountID = "3"
    invoice.invoiceID = "INV-3"
    invoice.currency = "USD"
    invoice.gross = try Amount(parsing: gross)
    return invoice
  }

  @Test func `it names payer, period and file, and what to do`() throws {
    let bookings = [
      try booking("1", "12", file: "a.csv"),
      try booking("2", "-99999999999999999999", file: "b.csv"),
    ]
    #expect(
      LargestAmount(bookings: bookings, invoices: [try invoice("500")]).description
        == "payer 2, 2026-04: USD -99999999999999999999.00 in b.csv; correct that and deliver it again"
    )
  }

  @Test func `it may be on an invoice`() throws {
    let largest = LargestAmount(
      bookings: [try booking("1", "12", file: "a.csv")], invoices: [try invoice("500")])
    #expect(
      largest.description
        == "payer 3, invoice INV-3: USD 500.00 in i.xml; correct that and deliver it again")
  }
}

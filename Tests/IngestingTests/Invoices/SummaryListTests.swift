import BillingModel
import ByteStreaming
import ExactNumbers
import Testing

@testable import Ingesting

@Suite struct SummaryListTests {
  private func read(_ text: String) throws -> [Invoice] {
    var source = try ByteSource(Array(text.utf8))
    return try InvoiceReader(dialects: []).read(&source, file: "list.json", sha256: "ab")
  }

  private let summary = """
    {"AccountId": "111122223333", "InvoiceId": "EUINUA22-574609", "IssuedDate": 1780012800,
     "DueDate": "2026-06-27T23:59:59-07:00",
     "Entity": {"InvoicingEntity": "Amazon Web Services EMEA SARL", "BillingEntity": "AWS"},
     "BillingPeriod": {"Month": 5, "Year": 2026}, "InvoiceType": "INVOICE",
     "CommercialInvoiceId": "C-1", "OriginalInvoiceId": "", "PurchaseOrderNumber": "PO-7",
     "BaseCurrencyAmount": {"TotalAmount": "119.00", "TotalAmountBeforeTax": "100.00",
       "CurrencyCode": "USD", "AmountBreakdown": {"SubTotalAmount": "110.00",
         "Discounts": {"TotalAmount": "-10.00",
           "Breakdown": [{"Description": "EDP", "Amount": "-7.5"}, {"Amount": "-2.50"}]},
         "Taxes": {"TotalAmount": "19.00",
           "Breakdown": [{"Description": "VAT", "Amount": "19.00", "Rate": "19.0"}]}}},
     "TaxCurrencyAmount": {"TotalAmount": "104.72", "TotalAmountBeforeTax": "88.00",
       "CurrencyCode": "EUR", "AmountBreakdown": {"Taxes": {"TotalAmount": "16.72"}},
       "CurrencyExchangeDetails":
         {"SourceCurrencyCode": "USD", "TargetCurrencyCode": "EUR", "Rate": "0.88"}},
     "PaymentCurrencyAmount": {"TotalAmount": "110.00", "CurrencyCode": "GBP",
       "CurrencyExchangeDetails":
         {"SourceCurrencyCode": "GBP", "TargetCurrencyCode": "USD", "Rate": "1.08"}},
     "Unheard": {"of": [1]}}
    """

  @Test func `a summary is an invoice without lines`() throws {
    let invoices = try read("{\"InvoiceSummaries\": [\(summary)], \"NextToken\": null}")
    #expect(invoices.count == 1)
    let invoice = try #require(invoices.first)
    #expect(invoice.dialect == "aws-invoice-summary" && invoice.isListEntry)
    #expect(invoice.kind == .invoice)
    #expect(invoice.invoiceID == "EUINUA22-574609")
    #expect(invoice.billingAccountID == "111122223333")
    // date -u -d @1780012800 says 2026-05-29.
    #expect(invoice.issueDate?.description == "2026-05-29")
    #expect(invoice.dueDate?.description == "2026-06-27")
    #expect(invoice.billingPeriod?.description == "2026-05")
    #expect(invoice.issuer == "Amazon Web Services EMEA SARL")
    #expect(invoice.commercialInvoiceID == "C-1")
    #expect(invoice.purchaseOrder == "PO-7")
    #expect(invoice.currency == "USD")
    #expect(invoice.net?.description == "100.00")
    #expect(invoice.tax?.description == "19.00")
    #expect(invoice.gross?.description == "119.00")
    #expect(invoice.discountTotal?.description == "-10.00")
    #expect(
      invoice.taxSubtotals == [
        TaxSubtotal(
          category: "VAT", rate: try Amount(parsing: "19"), base: nil,
          tax: try Amount(parsing: "19"))
      ])
    #expect(invoice.checks.map(\.rule) == [.grossSum, .taxSum, .breakdownSum])
    #expect(invoice.checks.allSatisfy { $0.holds })
    #expect(invoice.refusal == "")
  }

  @Test func `the tax and the payment currency come with the rate they were made by`() throws {
    let invoice = try #require(try read("[\(summary)]").first)
    var tax = ConvertedAmounts(currency: "EUR")
    tax.net = try Amount(parsing: "88")
    tax.tax = try Amount(parsing: "16.72")
    tax.gross = try Amount(parsing: "104.72")
    tax.exchangeRate = try Amount(parsing: "0.88")
    #expect(invoice.inTaxCurrency == tax)
    // A rate from the pound to the dollar is not the one that the dollars were converted by.
    var payment = ConvertedAmounts(currency: "GBP")
    payment.gross = try Amount(parsing: "110")
    #expect(invoice.inPaymentCurrency == payment)
    // Nor is one from a third currency.
    let third = summary.replacing(
      #""GBP", "TargetCurrencyCode": "USD""#, with: #""CHF", "TargetCurrencyCode": "GBP""#)
    #expect(try #require(try read("[\(third)]").first).inPaymentCurrency == payment)
    let same = summary.replacing("\"GBP\"", with: "\"USD\"")
    #expect(try #require(try read("[\(same)]").first).inPaymentCurrency == nil)
    let odd = summary.replacing("\"CurrencyCode\": \"GBP\"", with: "\"CurrencyCode\": \"pounds\"")
    #expect(
      try read("[\(odd)]").map(\.refusal)
        == ["InvoiceSummaries[0].PaymentCurrencyAmount.CurrencyCode is not an ISO 4217 code"])
  }

  @Test(arguments: [
    ("\"Amount\": \"19.00\"", "\"Amount\": \"18.00\"", "TaxSum 19.00 18.00 -"),
    ("\"-7.5\"", "\"-7.4\"", "BreakdownSum -10.00 -9.90 Discounts"),
    (
      "\"TotalAmountBeforeTax\": \"100.00\"", "\"TotalAmountBeforeTax\": \"99\"",
      "GrossSum 119.00 118.00 -"
    ),
  ])
  func `what is listed adds up to its total`(_ good: String, _ bad: String, _ fails: String) throws
  {
    let invoice = try #require(try read("[\(summary.replacing(good, with: bad))]").first)
    let failing = invoice.checks.filter { !$0.holds }.map {
      "\($0.rule.rawValue) \($0.stated?.description ?? "") \($0.computed?.description ?? "") "
        + "\($0.subject?.string ?? "-")"
    }
    #expect(failing == [fails])
  }

  @Test func `a bare list and numbers for amounts are read too`() throws {
    let invoices = try read(
      """
      [{"AccountId": "1", "InvoiceId": "2", "InvoiceType": "CREDIT_MEMO", "OriginalInvoiceId": "9",
        "IssuedDate": 1.7800128E9, "DueDate": "1780012800.75",
        "BaseCurrencyAmount": {"TotalAmount": -12.340, "TotalAmountBeforeTax": -10, "CurrencyCode": "EUR"}},
       {"AccountId": "1", "InvoiceId": "3", "InvoiceType": "PAYMENT_RECEIPT",
        "BaseCurrencyAmount": {"TotalAmount": "5", "CurrencyCode": "EUR"}}]
      """)
    #expect(invoices.map(\.kind) == [.credit, .receipt])
    #expect(invoices.map(\.index) == [1, 2])
    #expect(invoices[0].precedingInvoice == "9")
    #expect(invoices[0].gross?.description == "-12.34")
    #expect(invoices[0].tax?.description == "-2.34")
    #expect(invoices[0].checks.isEmpty)
    #expect(invoices[0].issueDate?.description == "2026-05-29")
    #expect(invoices[0].dueDate?.description == "2026-05-29")
    #expect(invoices.map(\.refusal) == ["", ""])
  }

  @Test func `what is missing is named by its path, and only that summary is refused`() throws {
    let invoices = try read(
      """
      {"InvoiceSummaries": [\(summary), {"InvoiceId": "2",
        "BaseCurrencyAmount": {"CurrencyCode": "USD"}, "InvoiceType": "BILL"}]}
      """)
    #expect(invoices[0].refusal == "")
    #expect(
      invoices[1].refusal.string
        == "InvoiceSummaries[1].AccountId is missing; InvoiceSummaries[1].InvoiceType is \"BILL\", "
        + "not INVOICE, CREDIT_MEMO or PAYMENT_RECEIPT; "
        + "InvoiceSummaries[1].BaseCurrencyAmount.TotalAmount is missing")
  }

  @Test(arguments: [
    (
      "\"TotalAmount\": \"119.00\"", "\"TotalAmount\": \"119,00\"",
      "InvoiceSummaries[0].BaseCurrencyAmount.TotalAmount is not a decimal number"
    ),
    (
      "\"Month\": 5", "\"Month\": 13",
      "InvoiceSummaries[0].BillingPeriod is not a month and a year"
    ),
    (
      "1780012800", "\"yesterday\"",
      "InvoiceSummaries[0].IssuedDate is neither an ISO date nor seconds since 1970"
    ),
    (
      "\"CurrencyCode\": \"USD\"", "\"CurrencyCode\": \"US\"",
      "InvoiceSummaries[0].BaseCurrencyAmount.CurrencyCode is not an ISO 4217 code"
    ),
  ])
  func `what cannot be read is named by its path`(
    _ good: String, _ bad: String, _ refusal: String
  ) throws {
    let text = "[\(summary.replacing(good, with: bad))]"
    #expect(try read(text).map(\.refusal.string) == [refusal])
  }

  @Test func `other JSON is not an invoice`() throws {
    #expect(throws: InvoiceFault.self) { try read("{\"Invoices\": []}") }
    #expect(
      throws: InvoiceFault(
        code: "NotJSON", message: "line 1, column 25: expected ']'")
    ) { try read("{\"InvoiceSummaries\": [{}") }
    #expect(try read("{\"InvoiceSummaries\": []}").isEmpty)
  }
}

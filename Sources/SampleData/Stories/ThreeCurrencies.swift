import BillingModel
import ExactNumbers

/// Charged in dollars, taxed and paid in euros: one rate is applied wrongly.
enum ThreeCurrencies {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, "2025-10")
    var (inc, emea) = (try bill.draft(.inc), try bill.draft(.emea))
    emea.conversions = [
      .init(name: "TaxCurrencyAmount", currency: "EUR", rate: "0.8567"),
      .init(name: "PaymentCurrencyAmount", currency: "EUR", rate: "0.8567"),
    ]
    inc.conversions = [
      .init(name: "PaymentCurrencyAmount", currency: "EUR", rate: "0.8571", excess: "12.34")
    ]
    return Story(
      "three-currencies",
      readme: """
        # three-currencies

        Payer 100000000001 (USD), 2025-10, CUR 2.0, and the API's summaries: charges in USD, tax and payment \
        in EUR.
        Planted: \(emea.id) is converted at 0.8567 to the cent; the payment amount of \(inc.id), at 0.8571, is \
        12.34 EUR too high.
        Must be found: both invoices `Matched` in USD; `PaymentConversionWrong` with 12.34 EUR at stake; no \
        euro is added to a dollar.
        """,
      nights: [
        Story.Night(
          "2025-11-05",
          Reports.cur2(bill, chunks: 2).files + [
            SampleFile(
              "invoices/api/2025-10-invoice-summaries.json",
              try InvoiceSummaries.json([inc, emea]))
          ])
      ])
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

/// Documents in another currency than their charges.
@Suite struct CurrencyTests {
  @Test func `CurrencyConversion explains nothing and makes the match Discrepant`() throws {
    let match = try soleMatch(
      booking([charge("100.00")]), invoice("INV-1", "90.00", tax: "9.00", currency: "EUR"))
    #expect(match.result == .discrepant)
    #expect(match.explained == [ExplainedAmount(.currencyConversion, .zero)])
    #expect(match.currency == "USD" && match.invoicedTotal == nil && match.invoicedTax == nil)
    #expect(match.item(.total, "Total")?.reason == "CurrencyConversion")
    // The document does not say 0: there is nothing to take the charges from.
    #expect(match.difference.isZero && match.unexplained.isZero)
    #expect(match.item(.total, "Total")?.invoiced == nil)
    #expect(match.unconverted == [Money(amount("90.00"), "EUR")])
  }

  @Test(arguments: [true, false])
  func `CurrencyConversion does not apply where a total in the charges' currency is stated`(
    isPayment: Bool
  ) throws {
    let document = invoice("INV-1", "90.00", tax: "15.00", currency: "EUR") {
      var converted = ConvertedAmounts(currency: "USD")
      converted.net = amount("83.33")
      converted.tax = amount("16.67")
      if isPayment { $0.inPaymentCurrency = converted } else { $0.inTaxCurrency = converted }
    }
    let found = try soleMatch(booking([charge("83.33"), charge("16.67", type: "Tax")]), document)
    #expect(found.result == .matched && found.explained == [])
    #expect(found.invoicedTotal == amount("100.00") && found.invoicedTax == amount("16.67"))
    var credit = document
    credit.kind = .credit
    let refund = try soleMatch(booking([charge("-100.00", type: "Refund")]), credit)
    #expect(refund.invoicedTotal == amount("-100.00"))
  }

  @Test func `a tax in the charges' currency alone is no total`() throws {
    let document = invoice("INV-1", "90.00", tax: "15.00", currency: "EUR") {
      $0.inTaxCurrency = ConvertedAmounts(currency: "USD")
      $0.inTaxCurrency?.tax = amount("16.67")
    }
    let found = try soleMatch(booking([charge("100.00")]), document)
    #expect(found.explained == [ExplainedAmount(.currencyConversion, .zero)])
  }

  @Test func `CurrencyConversion does not apply where the document states a base amount`() throws {
    let document = invoice("INV-1", "90.00", tax: "9.00", currency: "EUR") {
      $0.base = Money(amount("100.00"), "USD")
    }
    let match = try soleMatch(booking([charge("100.00")]), document)
    #expect(match.result == .matched && match.explained.isEmpty)
    #expect(match.invoicedTotal == amount("100.00"))
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

@Suite struct ConversionRuleTests {
  private func judged(
    _ gross: Amount, at rate: Amount?, is stated: Amount, _ currency: CurrencyCode,
    kind: DocumentKind = .invoice
  ) throws -> Judgement {
    let facts = try cleanFacts().with { facts in
      facts.invoices = [
        document {
          $0.kind = kind
          $0.gross = gross
          $0.inPaymentCurrency = ConvertedAmounts(currency: currency)
          $0.inPaymentCurrency?.gross = stated
          $0.inPaymentCurrency?.exchangeRate = rate
        }
      ]
    }
    return try PaymentConversionWrong().judged(facts)
  }

  /// Expected amounts: Python's decimal, ROUND_HALF_UP, gross × rate.
  @Test(
    arguments: [
      ("119.00", "7.8123", "929.66", "CNY"),  // 929.6637
      ("1.50", "0.15", "0.23", "GBP"),  // 0.225
      ("119.00", "162.355", "19320", "JPY"),  // 19320.245
      ("10.00", "1350.05", "13501", "KRW"),  // 13500.5
      ("119.00", "0.4109", "48.897", "BHD"),  // 48.8971
      ("-1.50", "0.15", "-0.23", "GBP"),
    ] as [(Amount, Amount, Amount, String)])
  func `the payment amount is gross times rate, to the digits of its currency`(
    gross: Amount, rate: Amount, payment: Amount, currency: String
  ) throws {
    let code = CurrencyCode(Text(currency))
    #expect(try judged(gross, at: rate, is: payment, code) == Judgement())
    let unit: Amount = ["JPY": "1", "KRW": "1", "BHD": "0.001"][currency] ?? "0.01"
    let off = try judged(gross, at: rate, is: payment + unit, code).findings
    #expect(off.map(\.impact) == [unit] && off.map(\.key.currency) == [code])
  }

  @Test func `a rate the other way round is accepted and said`() throws {
    // 119.00 ÷ 0.128 = 929.6875.
    let judgement = try judged("119.00", at: "0.128", is: "929.69", "CNY")
    #expect(judgement.findings == [])
    #expect(
      judgement.candidates.map(\.explanation.english.string) == [
        "Invoice INV-1 of AMAZON WEB SERVICES INC states its total of EUR 119.00 as CNY 929.69, "
          + "which is its rate 0.128 read the other way round."
      ])
  }

  @Test func `a wrong amount names both readings and is off the nearer one`() throws {
    let found = try judged("119.00", at: "0.128", is: "930.69", "CNY").findings
    #expect(found.map(\.expected) == ["15.23 or 929.69"])
    #expect(found.map(\.amountAtStake) == ["1.00"])
  }

  @Test func `a credit that states too much favours the customer`() throws {
    let found = try judged("100.00", at: "2", is: "201.00", "CHF", kind: .credit).findings
    #expect(found.map(\.impact) == ["-1.00"])
  }

  @Test func `the tax of the tax authority is held to the same rate`() throws {
    func judgement(_ tax: Amount) throws -> Judgement {
      try PaymentConversionWrong().judged(
        cleanFacts().with { facts in
          facts.invoices = [
            document {
              $0.inTaxCurrency = ConvertedAmounts(currency: "SEK")
              $0.inTaxCurrency?.tax = tax
              $0.inTaxCurrency?.exchangeRate = "11.2345"
            }
          ]
        })
    }
    // 19.00 × 11.2345 = 213.4555.
    #expect(try judgement("213.46").findings == [])
    #expect(try judgement("213.45").findings.map(\.key.detail) == ["tax"])
  }

  @Test func `without a rate nothing is checked, and in one currency there is nothing to check`()
    throws
  {
    let without = try judged("119.00", at: nil, is: "1.00", "CNY")
    #expect(without.findings == [])
    #expect(
      without.unchecked.map(\.reason) == [
        "a document states its total in another currency without a rate"
      ])
    #expect(try judged("119.00", at: nil, is: "1.00", "EUR") == Judgement())
    #expect(try judged("119.00", at: "2", is: "1.00", "EUR") == Judgement())
  }
}

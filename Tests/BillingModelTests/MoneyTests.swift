import BillingModel
import ExactNumbers
import Testing

@Suite struct MoneyTests {
  private func amount(_ text: String) throws -> Amount { try Amount(parsing: text) }

  @Test func `money of one currency adds up exactly`() throws {
    let sum = try Money(amount("0.1"), "USD") + Money(amount("0.2"), "USD")
    #expect(sum == Money(try amount("0.3"), "USD"))
  }

  @Test func `money of two currencies is never added`() throws {
    #expect(throws: Money.SumError.currencies("USD", "CNY")) {
      try Money(.one, "USD") + Money(.one, "CNY")
    }
    #expect(throws: Money.SumError.currencies("USD", "usd")) {
      try Money(.zero, "USD") + Money(.zero, "usd")
    }
  }

  @Test func `money beyond the range is an error`() throws {
    let most = Money(try amount("99999999999999999999"), "CNY")
    #expect(throws: Money.SumError.overflow) { try most + most }
  }

  @Test func `totals are kept apart by currency and listed by its code`() throws {
    var totals = CurrencyTotals()
    try totals.add(amount("1.50"), "USD")
    try totals.add(amount("7"), "CNY")
    try totals.add(amount("-0.50"), "USD")
    #expect(totals["USD"] == .one)
    #expect(totals["EUR"] == .zero)
    #expect(totals.sorted == [Money(try amount("7"), "CNY"), Money(.one, "USD")])
  }

  @Test func `totals join currency by currency, in any order`() throws {
    var dollars = CurrencyTotals()
    try dollars.add(.one, "USD")
    var both = CurrencyTotals()
    try both.add(amount("2"), "USD")
    try both.add(amount("3"), "CNY")
    var (left, right) = (dollars, both)
    try left.add(both)
    try right.add(dollars)
    #expect(left == right)
    #expect(left["USD"] == (try amount("3")))
    #expect(left["CNY"] == (try amount("3")))
  }

  @Test func `a total beyond the range is an error and stays as it was`() throws {
    var totals = CurrencyTotals()
    let most = try amount("99999999999999999999")
    try totals.add(most, "USD")
    #expect(throws: AmountOverflow.self) { try totals.add(most, "USD") }
    #expect(totals["USD"] == most)
  }

  @Test(arguments: [
    ("USD", true), ("CNY", true), ("usd", false), ("US", false), ("USDT", false), ("U5D", false),
    ("", false), ("ＵＳＤ", false),
  ])
  func `a currency code is three capital letters`(code: String, isWellFormed: Bool) {
    #expect(CurrencyCode(Text(code)).isWellFormed == isWellFormed)
  }
}

import BillingModel
import ExactNumbers
import Ingesting
import Testing

@Suite struct PriceTests {
  private func row(
    _ rate: String, _ cost: String, usageType: String = "BoxUsage:m5.large", type: String = "Usage"
  ) -> [String: String] {
    [
      "lineItem/UnblendedRate": rate, "lineItem/UnblendedCost": cost,
      "lineItem/UsageType": usageType, "lineItem/LineItemType": type,
    ]
  }

  private func prices(_ rows: [[String: String]]) throws -> [PriceSummary] {
    try contents(of: rows, []).prices
  }

  @Test func `rows of one price are one sum, whatever the spelling of the rate`() throws {
    let found = try prices([row("0.1", "1"), row("0.10", "2"), row("1E-1", "4"), row("0.2", "8")])
    #expect(Set(found.compactMap(\.rate)) == [amount("0.1"), amount("0.2")])
    let lower = try #require(found.first { $0.rate == amount("0.1") })
    #expect(lower.sums.unblended == amount("7") && lower.sums.lineItems == 3)
    #expect(lower.usageType == "BoxUsage:m5.large" && lower.pricingUnit == "Hrs")
  }

  @Test func `spot usage and other types have no rate`() throws {
    let spot = try prices([
      row("0.11", "1", usageType: "SpotUsage:m5.large"),
      row("0.12", "2", usageType: "SpotUsage:m5.large"),
    ])
    #expect(spot.map(\.rate) == [nil] && spot[0].sums.unblended == amount("3"))
    #expect(try prices([row("0.1", "1", type: "RIFee")]).map(\.rate) == [nil])
    #expect(try prices([row("", "1")]).map(\.rate) == [nil])
  }

  @Test func `prices add up to the charges`() throws {
    let found = try contents(
      of: [row("0.1", "1"), row("0.2", "-2.5"), row("", "4", type: "Fee")], [])
    let prices = try Amount.sum(found.prices.map(\.sums.unblended))
    #expect(prices == amount("2.5"))
    #expect(try prices == Amount.sum(found.charges.map(\.sums.unblended)))
  }
}

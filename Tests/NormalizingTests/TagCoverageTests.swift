import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Normalizing

@Suite struct TagCoverageTests {
  private func rows(_ allocations: [AllocationSummary]) throws -> [CoverageRow] {
    try Fixture.allocation(of: allocations).coverage
  }

  /// `tier currency lineItems billedCost lineItemShare costShare`.
  private func told(_ rows: [CoverageRow], _ dimension: Dimension) -> [String] {
    rows.filter { $0.dimension == dimension }.map {
      "\($0.tier) \($0.currency) \($0.lineItems) \($0.billedCost) \($0.lineItemShare) \($0.costShare)"
    }
  }

  @Test func `shares are of line items and of gross cost, each currency for itself`() throws {
    let rows = try rows([
      Fixture.allocation("60", ["user:Owner": "anna"], lineItems: 5),
      Fixture.allocation("10", ["user:team": "core"], lineItems: 2),
      Fixture.allocation("10", account: "200000000001", lineItems: 1),
      Fixture.allocation("-15", type: "Credit", lineItems: 1),
      Fixture.allocation("5", service: "", type: "Tax", lineItems: 1),
      Fixture.allocation("8", ["user:Owner": "anna"], currency: "CNY", lineItems: 3),
    ])
    // Gross: 60 + 10 + 10 + 15 + 5 = 100 USD; 10 line items.
    #expect(
      told(rows, .owner) == [
        "account USD 1 10.00 0.10 0.10",
        "alias USD 2 10.00 0.20 0.10",
        "tag CNY 3 8.00 1.00 1.00",
        "tag USD 5 60.00 0.50 0.60",
        "unknown USD 2 -10.00 0.20 0.20",
      ])
    #expect(
      told(rows, .environment) == [
        "account USD 1 10.00 0.10 0.10",
        "unknown CNY 3 8.00 1.00 1.00",
        "unknown USD 9 60.00 0.90 0.90",
      ])
  }

  @Test func `every dimension has rows, in the order of its columns' bytes`() throws {
    let rows = try rows([Fixture.allocation("1"), Fixture.allocation("1", currency: "CNY")])
    #expect(
      rows.map { "\($0.dimension.rawValue) \($0.currency)" } == [
        "Application CNY", "Application USD", "BusinessUnit CNY", "BusinessUnit USD",
        "CostCenter CNY", "CostCenter USD", "Criticality CNY", "Criticality USD",
        "Environment CNY", "Environment USD", "Owner CNY", "Owner USD",
      ])
  }

  @Test func `a share of nothing is 0`() throws {
    let rows = try rows([Fixture.allocation("0", lineItems: 4)])
    #expect(told(rows, .owner) == ["unknown USD 4 0.00 1.00 0.00"])
    #expect(try self.rows([]) == [])
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `the order of the charges changes nothing, and no charge is lost`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let owners: [[Text: Text]] = [
      ["user:Owner": "anna"], ["user:owner": "bo"], ["user:Owner": " cy"], ["user:Team": "none"],
      [:],
    ]
    let allocations = try (0..<200).map { _ in
      try Fixture.allocation(
        "\(Int.random(in: -9999...9999, using: &random)).0123456789",
        owners.randomElement(using: &random) ?? [:],
        account: Bool.random(using: &random) ? "200000000001" : "200000000002",
        lineItems: Int.random(in: 1...9, using: &random))
    }
    let rows = try rows(allocations)
    #expect(try self.rows(allocations.shuffled(using: &random)) == rows, "seed \(seed)")
    for dimension in Dimension.allCases {
      let own = rows.filter { $0.dimension == dimension }
      #expect(own.map(\.lineItems).reduce(0, +) == allocations.map(\.sums.lineItems).reduce(0, +))
      #expect(
        try Amount.sum(own.map(\.billedCost)) == Amount.sum(allocations.map(\.billedCost)),
        "seed \(seed)")
    }
  }

  @Test func `gross cost beyond the range is an error`() throws {
    let most = "99999999999999999999"
    let allocations = try [Fixture.allocation(most), Fixture.allocation("-\(most)")]
    #expect(throws: AmountOverflow.self) { try rows(allocations) }
  }
}

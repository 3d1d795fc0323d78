import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Normalizing

@Suite struct TagAccuracyTests {
  private let stack: Text = "aws:cloudformation:stack-name"

  private func row(
    _ tier: EvidenceTier, _ allocations: [AllocationSummary], earlier: [AllocationSummary] = [],
    _ dimension: Dimension = .owner
  ) throws -> AccuracyRow? {
    try Fixture.allocation(of: allocations, earlier: earlier).accuracy.first {
      $0.tier == tier && $0.dimension == dimension
    }
  }

  /// `tested cost right cost | shares | contradiction`.
  private func told(_ row: AccuracyRow?) -> String {
    guard let row else { return "no row" }
    return
      "\(row.tested.lineItems) \(row.tested.gross) \(row.right.lineItems) \(row.right.gross) | "
      + "\(row.lineItemAccuracy?.description ?? "-") \(row.costAccuracy?.description ?? "-") | "
      + row.contradiction.string
  }

  @Test func `each inferring tier has a row for each dimension that tags say`() throws {
    let rows = try Fixture.allocation(of: [Fixture.allocation("2", ["user:Owner": "anna"])])
      .accuracy
    #expect(
      rows.map(\.tier.rawValue) == [
        "account", "attached", "earlier", "majority", "name", "organization",
      ])
    #expect(rows.allSatisfy { $0.dimension == .owner && $0.known.gross == "2" })
    #expect(rows.map(told).allSatisfy { $0 == "0 0.00 0 0.00 | - - | " })
  }

  @Test func `the account list is right or wrong, by line items and by gross cost`() throws {
    let account: Text = "200000000001"
    let found = try row(
      .account,
      [
        Fixture.allocation("6", ["user:Owner": "account-owner"], account: account, lineItems: 3),
        Fixture.allocation("-1", ["user:Owner": "anna"], account: account),
        Fixture.allocation("0.5", ["user:Team": "bo"], account: account, lineItems: 4),
        Fixture.allocation("0.5", ["user:Owner": "bo"], account: account),
        Fixture.allocation("100", account: account),
        Fixture.allocation("100", ["user:Owner": "anna"], account: "200000000009"),
      ])
    #expect(
      told(found) == "9 8.00 3 6.00 | 0.333333 0.75 | "
        + "200000000001: account-owner where tags say bo, USD 1.00")
    #expect(found?.known == AllocatedCost(lineItems: 10, gross: "108"))
  }

  @Test func `a line item does not testify for itself, nor do those tagged with it`() throws {
    let alone = try [
      Fixture.allocation("9", [stack: "shop", "user:Owner": "anna"]),
      Fixture.allocation("9", [stack: "shop", "user:Owner": "anna"], service: "Amazon S3"),
      Fixture.allocation("9", [stack: "shop"]),
    ]
    #expect(told(try row(.attached, alone)) == "0 0.00 0 0.00 | - - | ")
    #expect(told(try row(.majority, alone)) == "0 0.00 0 0.00 | - - | ")
    let more = try Fixture.allocation("1", [stack: "shop", "user:owner": "anna"])
    #expect(told(try row(.attached, alone + [more])) == "3 19.00 3 19.00 | 1.00 1.00 | ")
  }

  @Test func `a stack is asked without the line item`() throws {
    // Without the first: bo has all of 1 … without the last: anna has 9 of 9.
    let found = try row(
      .attached,
      [
        Fixture.allocation("9", [stack: "shop", "user:Owner": "anna"]),
        Fixture.allocation("1", [stack: "shop", "user:Owner": "bo"]),
      ])
    #expect(
      told(found) == "2 10.00 0 0.00 | 0.00 0.00 | "
        + "200000000009: bo where tags say anna, USD 9.00")
  }

  @Test func `a majority is asked without the line item, silent ones counted`() throws {
    // Without 4 of anna: anna has 3 of 5. Without 3: 4 of 6. Without bo's 1: 7 of 8.
    let found = try row(
      .majority,
      [
        Fixture.allocation("4", ["user:Owner": "anna"]),
        Fixture.allocation("3", ["user:owner": "anna"]),
        Fixture.allocation("1", ["user:Owner": "bo"]),
        Fixture.allocation("1"),
      ])
    #expect(
      told(found) == "3 8.00 2 7.00 | 0.666667 0.875 | "
        + "200000000009: anna where tags say bo, USD 1.00")
  }

  @Test func `the month before, units and names are asked as they are`() throws {
    let tags: [Text: Text] = ["user:Name": "edge-1", "user:Owner": "anna"]
    let now = try [Fixture.allocation("2", tags, account: "200000000003")]
    let before = try [
      Fixture.allocation("1", tags, account: "200000000003", period: Fixture.may.previous)
    ]
    #expect(told(try row(.earlier, now, earlier: before)) == "1 2.00 1 2.00 | 1.00 1.00 | ")
    #expect(
      told(try row(.organization, now)) == "1 2.00 0 0.00 | 0.00 0.00 | "
        + "200000000003: shop-owner where tags say anna, USD 2.00")
    #expect(
      told(try row(.name, now)) == "1 2.00 0 0.00 | 0.00 0.00 | "
        + "200000000003: edge-team where tags say anna, USD 2.00")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `the order of the charges changes nothing`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let tags: [[Text: Text]] = [
      [stack: "a", "user:Owner": "anna"], [stack: "a", "user:Owner": "bo"], [stack: "a"],
      ["user:Owner": "cy", "user:Env": "dev"], ["user:Onwer": "anna"], [:],
    ]
    let allocations = try (0..<120).map { _ in
      try Fixture.allocation(
        "\(Int.random(in: -99...99, using: &random))", tags.randomElement(using: &random) ?? [:],
        account: ["200000000001", "200000000003"].randomElement(using: &random) ?? "",
        currency: ["USD", "CNY"].randomElement(using: &random) ?? "USD")
    }
    let found = try Fixture.allocation(of: allocations)
    let again = try Fixture.allocation(of: allocations.shuffled(using: &random))
    #expect(again.accuracy == found.accuracy, "seed \(seed)")
    #expect(again.debt == found.debt, "seed \(seed)")
    #expect(again.coverage == found.coverage, "seed \(seed)")
  }
}

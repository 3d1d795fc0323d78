import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Normalizing

@Suite struct TagUsesTests {
  /// `account value spelling lineItems gross`, and `!` where the value is not listed.
  private func told(_ allocations: [AllocationSummary], _ dimension: Dimension) throws -> [String] {
    try TagUses.all(allocations, Fixture.attributor).filter { $0.dimension == dimension }.map {
      "\($0.subAccountID) \($0.value) \($0.spelling) \($0.lineItems) \($0.gross)"
        + ($0.isUnlisted ? " !" : "")
    }.sorted()
  }

  @Test func `spellings of a value are kept apart, and costs have no sign`() throws {
    let allocations = try [
      Fixture.allocation("60", ["user:Environment": "prod"], lineItems: 5),
      Fixture.allocation("10", ["user:env": "PRD", "user:Owner": "anna"], lineItems: 2),
      Fixture.allocation("-4", ["user:环境": "PRD"]),
      Fixture.allocation("3", ["user:Environment": "=odd="]),
      Fixture.allocation("2", ["user:Environment": "n/a"], account: "200000000001"),
    ]
    #expect(
      try told(allocations, .environment) == [
        // What the account list says is no tag.
        "200000000001   1 2.00",
        "200000000009 =odd= =odd= 1 3.00 !",
        "200000000009 prod PRD 3 14.00",
        "200000000009 prod prod 5 60.00",
      ])
  }

  @Test func `days are put together by service, and not known where one part does not tell`() throws
  {
    var allocations = try [
      Fixture.allocation("60", ["user:Environment": "prod"]),
      Fixture.allocation("10", ["user:Environment": "prod", "user:Owner": "anna"]),
      Fixture.allocation("4", ["user:Environment": "prod"], service: "Amazon S3"),
    ]
    allocations[0].days = DaysOfMonth([1, 2])
    allocations[1].days = DaysOfMonth([2, 31])
    let uses = try TagUses.all(allocations, Fixture.attributor).filter {
      $0.dimension == .environment
    }
    #expect(
      Dictionary(uniqueKeysWithValues: uses.map { ($0.serviceName, $0.days) })
        == ["Amazon EC2": DaysOfMonth([1, 2, 31]), "Amazon S3": nil])
  }

  @Test func `a dimension without a list knows every value`() throws {
    let allocation = try Fixture.allocation("60", ["user:CostCenter": "cc-1"])
    #expect(try told([allocation], .costCenter) == ["200000000009 CC-1 cc-1 1 60.00"])
  }

  @Test func `tax, fees and credits are nothing that can be tagged`() throws {
    let allocations = try ["Tax", "Fee", "Credit", "RIFee"].map {
      try Fixture.allocation("5", type: $0)
    }
    #expect(try TagUses.all(allocations, Fixture.attributor).isEmpty)
  }
}

import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import Normalizing

@Suite struct TagDebtTests {
  private func debt(
    _ allocations: [AllocationSummary], _ dimension: Dimension? = nil, limit: Int = 20
  ) throws -> [TagDebtRow] {
    try Fixture.allocation(of: allocations, limit: limit).debt
      .filter { dimension == nil || $0.dimension == dimension }
  }

  /// `kind found (reason) -> put | lines cost gained after`.
  private func told(_ rows: [TagDebtRow]) -> [String] {
    rows.map {
      "\($0.kind) \($0.found) (\($0.reason)) -> \($0.put) | \($0.gained.lineItems) "
        + "\($0.gained.gross) \($0.shareGained) \($0.shareAfter)"
    }
  }

  @Test func `a mistyped key joins the aliases of the rule that it is near`() throws {
    let rows = try debt([
      Fixture.allocation("30", ["user:Onwer": "anna"], lineItems: 2),
      Fixture.allocation("10", ["user_onwer": "bo"], account: "200000000008"),
      Fixture.allocation("60", ["user:Owner": "cy"]),
    ])
    #expect(told(rows) == ["alias Onwer (one edit from Owner) -> Onwer | 3 40.00 0.40 1.00"])
    #expect(rows.first?.place == "normalize.tags: dimensions.Owner.rules, aliases of owner")
  }

  @Test func `a key whose values are mostly those of a dimension may be an alias`() throws {
    let rows = try debt(
      [
        Fixture.allocation("30", ["user:Surroundings": "prd", "user:Owner": "cy"]),
        Fixture.allocation("10", ["user:Surroundings": "blue", "user:Owner": "cy"]),
        Fixture.allocation("10", ["user:Boss": "anna"]),
        Fixture.allocation("9", ["user:Boss": "zoe"]),
        Fixture.allocation("41", ["user:Owner": "anna", "user:Env": "dev"]),
      ])
    #expect(
      told(rows.filter { $0.kind == .alias }) == [
        "alias Surroundings (its values are those of Environment) -> Surroundings | 1 30.00 0.30 0.71",
        // 10 of its 19 are an owner's: all 19 would be traced.
        "alias Boss (its values are those of Owner) -> Boss | 2 19.00 0.19 1.00",
      ])
  }

  @Test func `half of a key's cost is not most of it`() throws {
    let rows = try debt([
      Fixture.allocation("10", ["user:Boss": "anna"]),
      Fixture.allocation("10", ["user:Boss": "zoe"]),
      Fixture.allocation("41", ["user:Owner": "anna"]),
    ])
    #expect(rows.map(\.kind) == [.owner])
  }

  @Test func `names, groups, keys of AWS and of other dimensions are no aliases`() throws {
    let keys: [Text] = [
      "user:Name", "aws:cloudformation:stack-name", "user:CostCenter", "aws:owners",
    ]
    for key in keys {
      let rows = try debt(
        [
          Fixture.allocation("10", [key: "anna"]), Fixture.allocation("41", ["user:Owner": "anna"]),
        ], .owner)
      #expect(rows.map(\.kind) == [.owner], "\(key)")
    }
  }

  @Test(
    arguments: [
      ("prdo", "prod"), ("pro-duction", "prod"), ("p r d", "prod"), ("develpment", "dev"),
      ("blue", ""), ("dove", ""),
    ] as [(Text, Text)])
  func `an unlisted value is mapped where one meaning is near`(_ value: Text, _ meaning: Text)
    throws
  {
    let rows = try debt([Fixture.allocation("10", ["user:Env": value])], .environment)
    #expect(
      told(rows) == ["value Env=\(value) (not listed) -> \(meaning) | 1 10.00 1.00 1.00"])
    #expect(rows.first?.place == "normalize.tags: dimensions.Environment.values")
  }

  @Test func `of two meanings that are near, none is taken`() {
    var rules = DimensionRules()
    rules.values = [
      .init("best", spellings: []), .init("test", spellings: ["testing"]),
      .init("pre-prod", spellings: []), .init("prep rod", spellings: []),
    ]
    let reader = ValueReader(rules, placeholders: [])
    #expect(reader.meaning(of: "rest") == nil)
    #expect(reader.meaning(of: "PreProd") == nil)
    #expect(reader.meaning(of: "tesst") == "test")
    #expect(reader.meaning(of: "t-e-s-t") == "test")
  }

  @Test func `a placeholder is put right where it is tagged`() throws {
    let rows = try debt(
      [
        Fixture.allocation("10", ["user:Env": "N/A"]),
        Fixture.allocation("5", ["user:Environment": "n/a"], account: "200000000008"),
      ], .environment)
    #expect(told(rows) == ["value Env=N/A (stands for no value) ->  | 2 15.00 1.00 1.00"])
    #expect(rows.first?.place == "the tags of the resources")
  }

  @Test func `a key that means other things too owes no value`() throws {
    #expect(try debt([Fixture.allocation("10", ["user:Stage": "blue"])], .environment) == [])
  }

  @Test func `an account that no tag gives an owner needs one, else its services do`() throws {
    let rows = try debt(
      [
        Fixture.allocation("20"), Fixture.allocation("5", service: "Amazon S3"),
        Fixture.allocation("10", ["user:Owner": "bo"], account: "200000000008"),
        Fixture.allocation("8", account: "200000000008"),
        Fixture.allocation("7", account: "200000000008", service: "Amazon S3"),
        Fixture.allocation("50", account: "200000000001"),
      ])
    #expect(
      told(rows) == [
        "owner 200000000009 (no owner by any tag) ->  | 2 25.00 0.25 0.85",
        "owner 200000000008, Amazon EC2 (some line items have no owner) ->  | 1 8.00 0.08 0.93",
        "owner 200000000008, Amazon S3 (no owner by any tag) ->  | 1 7.00 0.07 1.00",
      ])
    #expect(
      rows.map(\.place) == [
        "normalize.accounts: Owner of 200000000009", "the tags of the resources",
        "the tags of the resources",
      ])
  }

  @Test func `each change is worth what those before it leave over`() throws {
    // The key brings 30 + 20, the account 20 + 15: after the key 15 of it are left.
    let rows = try debt([
      Fixture.allocation("30", ["user:Onwer": "anna"]),
      Fixture.allocation("20", ["user:Onwer": "anna"], account: "200000000008"),
      Fixture.allocation("15", account: "200000000008"),
      Fixture.allocation("35", ["user:Owner": "cy"], account: "200000000007"),
    ])
    #expect(
      told(rows) == [
        "alias Onwer (one edit from Owner) -> Onwer | 2 50.00 0.50 0.85",
        "owner 200000000008 (no owner by any tag) ->  | 1 15.00 0.15 1.00",
      ])
  }

  @Test func `of changes that gain the same, keys go before values, and values before owners`()
    throws
  {
    let both = try Fixture.allocation("10", ["user:Onwer": "anna", "user:Owner": "n/a"])
    let value = try Fixture.allocation("10", ["user:Owner": "-"], account: "200000000008")
    #expect(try debt([both, value]).map(\.kind) == [.alias, .value])
  }

  @Test func `currencies are told apart, each with its limit`() throws {
    let allocations = try (1...5).flatMap { number in
      try [
        Fixture.allocation("\(number)", account: Text("20000000010\(number)")),
        Fixture.allocation("\(number)", account: Text("20000000010\(number)"), currency: "CNY"),
      ]
    }
    let rows = try debt(allocations, limit: 2)
    #expect(rows.map(\.currency) == ["CNY", "CNY", "USD", "USD"])
    #expect(rows.map(\.gained.gross) == ["5", "4", "5", "4"])
    #expect(rows.map(\.shareAfter) == ["0.333333", "0.6", "0.333333", "0.6"])
    #expect(try debt(allocations, limit: 0) == [])
  }

  @Test func `what costs nothing is no debt`() throws {
    #expect(try debt([Fixture.allocation("0", ["user:Onwer": "anna"], lineItems: 9)]) == [])
  }

  @Test(
    arguments: [
      ("owner", "onwer", true), ("owner", "ownr", true), ("owner", "ownner", true),
      ("owner", "owmer", true), ("owner", "owner", false), ("owner", "onwre", false),
      ("env", "enc", false), ("cc", "ec", false), ("owner", "own", false), ("team", "meat", false),
      ("负责人员", "负责人圆", true), ("prod", "pdor", false),
    ] as [(Text, Text, Bool)])
  func `one edit is a letter more, less or other, or two exchanged`(
    _ a: Text, _ b: Text, _ isOne: Bool
  ) {
    #expect(OneEdit.isBetween(a, b) == isOne)
    #expect(OneEdit.isBetween(b, a) == isOne)
  }
}

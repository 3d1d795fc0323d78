import ExactNumbers
import Testing

@Suite struct ProductTests {
  private static func text(_ result: () throws -> Amount) -> String {
    do { return try result().description } catch { return "overflow" }
  }

  /// All that can be computed of four amounts, as the oracle prints it.
  private static func computed(_ a: Amount, _ b: Amount, _ c: Amount, _ d: Amount) -> [String] {
    let (ab, cd) = (Product(a, b), Product(c, d))
    return [
      text { try a + b }, text { try a - b }, text { try a.multiplied(by: b) },
      b.isZero ? "none" : text { try a.divided(by: b) },
      ab < cd ? "-1" : cd < ab ? "1" : "0", text { try (ab - cd).rounded() },
    ]
  }

  @Test func `sums, products, quotients and their comparison agree with Python's decimal`() throws {
    let seed = 20_260_502
    let rows = try AmountsOracle.table("arithmetic", seed: seed, count: 30_000)
    #expect(rows.count == 30_000)
    var differences: [String] = []
    for row in rows {
      let amounts = try row[..<4].map { try Amount(parsing: $0) }
      let actual = Self.computed(amounts[0], amounts[1], amounts[2], amounts[3])
      if actual != Array(row[4...]) { differences.append("\(row): \(actual)") }
    }
    #expect(differences.prefix(5).isEmpty, "seed \(seed)")
    // The generated rows must reach what they are here for.
    #expect(rows.contains { $0[6] == "overflow" } && rows.contains { $0[7] == "overflow" })
    #expect(rows.contains { $0[8] == "0" } && rows.contains { $0[9] == "overflow" })
  }

  @Test func `a comparison sees what rounding would hide`() throws {
    let small = try Amount(parsing: "0.000000000000000001")
    let third = try Amount(parsing: "0.3")
    #expect(try small.multiplied(by: third) == .zero)
    #expect(Product(small, third) > Product(.zero))
    #expect(Product(-small, third) < Product(.zero))
  }

  @Test func `the largest products do not wrap`() throws {
    let largest = try Amount(parsing: "99999999999999999999.999999999999999999")
    let (high, low) = (Product(largest, largest), Product(-largest, largest))
    #expect(low < high)
    #expect(low - high < low)
    #expect((low - high).magnitude == high - low)
    #expect((low - high).isNegative)
    #expect(throws: AmountOverflow.self) { try high.rounded() }
    #expect(throws: AmountOverflow.self) { try (low - high).rounded() }
  }

  @Test func `an amount at the finer scale is itself`() throws {
    for spelling in ["0", "-0.000000000000000001", "99999999999999999999.999999999999999999"] {
      let amount = try Amount(parsing: spelling)
      #expect(try Product(amount).rounded() == amount)
      #expect(try amount.multiplied(by: .one) == amount)
      #expect(try amount.divided(by: .one) == amount)
    }
  }

  @Test(arguments: [
    ("1", "3", "0.333333333333333333"), ("2", "3", "0.666666666666666667"),
    ("-2", "3", "-0.666666666666666667"), ("2", "-3", "-0.666666666666666667"),
    ("0.000000000000000001", "2", "0.000000000000000001"),
    ("-0.000000000000000001", "2", "-0.000000000000000001"),
    ("0.000000000000000001", "2.000000000000000001", "0.00"), ("0", "-5", "0.00"),
  ])
  func `a quotient is rounded half away from zero`(a: String, b: String, quotient: String) throws {
    let result = try Amount(parsing: a).divided(by: Amount(parsing: b))
    #expect(result.description == quotient)
  }
}

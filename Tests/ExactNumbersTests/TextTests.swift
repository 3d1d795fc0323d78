import ExactNumbers
import Testing

@Suite struct TextTests {
  private static func text(_ amount: Amount) -> String {
    var bytes = Array("a,".utf8)
    amount.append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `every amount is printed as Python prints it`() throws {
    let seed = 20_260_503
    let rows = try AmountsOracle.table("texts", seed: seed, count: 200_000)
    #expect(rows.count == 200_000)
    var differences: [String] = []
    for row in rows {
      let amount = try Amount(units: #require(Int128(row[0])))
      let (text, description) = (Self.text(amount), amount.description)
      if text != "a," + row[1] || description != row[1] {
        differences.append("\(row): \(text), \(description)")
      }
    }
    #expect(differences.prefix(5).isEmpty, "seed \(seed)")
    // The generated rows must reach what they are here for.
    #expect(Set(rows.map { $0[1].utf8.count }).isSuperset(of: 4...40))
  }

  /// `String` prints integers by its own means.
  @Test func `every machine integer is printed as String prints it`() {
    var values = [0, Int.max, Int.min]
    var power = 1
    for _ in 0..<19 {
      values += [power - 1, power, power + 1, -power, power / 9 * 5, -(power / 9 * 5)]
      power = power.multipliedReportingOverflow(by: 10).partialValue
    }
    for value in values {
      var bytes = Array("a,".utf8)
      value.append(to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == "a,\(value)")
    }
  }

  @Test func `texts are appended one behind the other`() throws {
    var bytes: [UInt8] = []
    for units in [Int128(5), -1_500_000_000_000_000_000, 0] {
      try Amount(units: units).append(to: &bytes)
      bytes.append(UInt8(ascii: ";"))
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "0.000000000000000005;-1.50;0.00;")
  }
}

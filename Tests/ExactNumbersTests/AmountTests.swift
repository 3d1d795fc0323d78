import ExactNumbers
import Foundation
import Testing

@Suite struct AmountTests {
  private let largest: Amount
  private let least: Amount

  init() throws {
    largest = try Amount(parsing: "99999999999999999999.999999999999999999")
    least = try Amount(units: 1)
  }

  // MARK: The range

  @Test func `a sum beyond twenty integer digits is an error`() throws {
    #expect(throws: AmountOverflow.self) { try largest + least }
    #expect(throws: AmountOverflow.self) { try -largest - least }
    #expect(throws: AmountOverflow.self) { try largest + largest }
    #expect(throws: AmountOverflow.self) { try -largest + -largest }
  }

  @Test func `the ends of the range can be reached and left again`() throws {
    let below = try largest - least
    #expect(try below + least == largest)
    #expect(try largest + -largest == .zero)
    #expect(try largest - largest == .zero)
  }

  @Test func `units outside thirty-eight digits are an error`() throws {
    let limit: Int128 = 100_000_000_000_000_000_000_000_000_000_000_000_000
    #expect(try Amount(units: limit - 1) == largest)
    for units in [limit, -limit, Int128.max, Int128.min] {
      #expect(throws: AmountOverflow.self) { try Amount(units: units) }
    }
  }

  @Test(arguments: [
    (0, "0.00"), (-7, "-7.00"), (Int.max, "9223372036854775807.00"),
    (Int.min, "-9223372036854775808.00"),
  ])
  func `every machine integer is an amount`(whole: Int, text: String) throws {
    #expect(try Amount(whole).description == text)
  }

  @Test func `a sum of many is an error where it leaves the range, and unchanged by order`() throws
  {
    #expect(throws: AmountOverflow.self) { try Amount.sum([largest, least]) }
    let parts = try ["0.1", "-7", "1e-18", "12345678901234567890", "2.50"].map {
      try Amount(parsing: $0)
    }
    let total = "12345678901234567885.600000000000000001"
    #expect(try Amount.sum(parts).description == total)
    #expect(try Amount.sum(parts.reversed()).description == total)
    #expect(try Amount.sum([]) == .zero)
  }

  @Test func `a failed addition leaves the total as it was`() {
    var total = largest
    #expect(throws: AmountOverflow.self) { try total += least }
    #expect(total == largest)
  }

  // MARK: Sign and order

  @Test func `minus zero is zero`() throws {
    let minusZero = try Amount(parsing: "-0.000")
    #expect(minusZero == .zero)
    #expect(minusZero.hashValue == Amount.zero.hashValue)
    #expect(!minusZero.isNegative && minusZero.isZero && !minusZero.isPositive)
    #expect((-Amount.zero).description == "0.00")
  }

  @Test func `magnitude and negation reach both ends`() {
    #expect((-largest).magnitude == largest)
    #expect(largest.magnitude == largest)
    #expect(-(-largest) == largest)
    #expect((-least).isNegative && least.isPositive)
  }

  @Test func `amounts are ordered as numbers`() throws {
    let ascending = [-largest, -.one, -least, .zero, least, .one, largest]
    #expect(ascending.reversed().sorted() == ascending)
  }

  // MARK: Text

  @Test(arguments: [
    ("0", "0.00"), ("1.5", "1.50"), ("1.500", "1.50"), ("1.505", "1.505"), ("100", "100.00"),
    ("-0.01", "-0.01"), ("4.0E-7", "0.0000004"), ("0.100000000000000000", "0.10"),
    ("1e19", "10000000000000000000.00"),
  ])
  func `an amount prints two fraction digits or as many as it has`(spelling: String, text: String)
    throws
  {
    #expect(try Amount(parsing: spelling).description == text)
  }

  @Test func `what is printed is read back as the same amount`() throws {
    for amount in [largest, -largest, least, -least, .zero, .one] {
      #expect(try Amount(parsing: amount.description) == amount)
    }
  }

  @Test func `JSON carries an amount as text, so that no reader makes a binary fraction of it`()
    throws
  {
    let amounts = [largest, -least, .zero]
    let data = try JSONEncoder().encode(amounts)
    #expect(
      String(decoding: data, as: UTF8.self)
        == #"["99999999999999999999.999999999999999999","-0.000000000000000001","0.00"]"#)
    #expect(try JSONDecoder().decode([Amount].self, from: data) == amounts)
    for wrong in [#"["1,000"]"#, "[1.5]", #"[""]"#] {
      #expect(throws: (any Error).self) {
        try JSONDecoder().decode([Amount].self, from: Data(wrong.utf8))
      }
    }
  }
}

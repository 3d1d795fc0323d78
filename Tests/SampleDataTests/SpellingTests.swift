import ExactNumbers
import Testing

@testable import SampleData

@Suite struct SpellingTests {
  @Test(arguments: [
    ("0", "0.0000000000"), ("0.023", "0.0230000000"), ("24", "24.0000000000"),
    ("-0.5265", "-0.5265000000"), ("0.0000004", "4.0E-7"), ("-0.0000000007", "-7.0E-10"),
    ("0.0000000181", "1.81E-8"), ("0.000001", "0.0000010000"), ("1.123456789012", "1.123456789012"),
  ])
  func `legacy reports write ten digits, or an exponent below a millionth`(
    _ number: String, _ spelled: String
  ) throws {
    #expect(Spelling.decimal(try Amount(parsing: number)) == spelled)
  }

  @Test(arguments: [
    ("0", "0.0"), ("24", "24.0"), ("0.023", "0.023"), ("2.5", "2.5"), ("10.25", "10.25"),
    ("0.001", "0.001"), ("0.0000096322", "9.6322E-6"), ("-0.00045", "-4.5E-4"),
  ])
  func `a double is as short as can be, with an exponent below a thousandth`(
    _ number: String, _ spelled: String
  ) throws {
    #expect(Spelling.double(try Amount(parsing: number)) == spelled)
  }

  @Test func `a field with a comma or a quote is quoted`() {
    #expect(Spelling.field("Linux/UNIX, m5.large") == "\"Linux/UNIX, m5.large\"")
    #expect(Spelling.field("say \"hi\"") == "\"say \"\"hi\"\"\"")
    #expect(Spelling.field("plain") == "plain")
  }

  @Test(arguments: [
    ("CostCenter", "cost_center"), ("cost-center", "cost_center"), ("COST_CENTER", "cost_center"),
    ("costcenter", "costcenter"), ("成本中心", "成本中心"),
  ])
  func `map keys are written as AWS writes them`(_ key: String, _ snake: String) {
    #expect(CostAndUsage2.snakeCase(key) == snake)
  }
}

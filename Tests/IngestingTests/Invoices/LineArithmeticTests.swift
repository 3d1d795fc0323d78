import BillingModel
import ExactNumbers
import Testing

@testable import Ingesting

/// Rules about lines and spellings. The expected values are worked out by hand from the texts of the rules.
@Suite struct LineArithmeticTests {
  /// Rows of `<row q p b n r><off k a c/></row>`, held to EN 16931 or not.
  private func dialect(_ arithmetic: Arithmetic, perUnit: Bool = false) throws -> Dialect {
    func field(_ path: String) throws -> FieldRule { FieldRule([try PlainDialect.path(path)]) }
    var dialect = try PlainDialect.make()
    var line = LineRule(paths: [try PlainDialect.path("row")], net: try field("@n"))
    line.quantity = try field("@q")
    line.price = try field("@p")
    line.baseQuantity = try field("@b")
    line.rate = try field("@r")
    line.tax = try field("@t")
    line.order = try field("@o")
    var allowance = AllowanceRule(
      path: try PlainDialect.path("off"), isCharge: try field("@k"), amount: try field("@a"))
    allowance.percent = try field("@c")
    allowance.isPerUnit = perUnit
    line.allowance = allowance
    dialect.line = line
    dialect.arithmetic = arithmetic
    return dialect
  }

  private func outcome(
    _ rule: ArithmeticRule, _ rows: String, _ arithmetic: Arithmetic = .en16931(admits: []),
    perUnit: Bool = false
  ) throws -> String {
    let invoice = try #require(
      try PlainDialect.read("<bill>\(rows)</bill>", try dialect(arithmetic, perUnit: perUnit))
        .first)
    return invoice.checks.filter { $0.rule == rule }.map { check in
      "\(check.holds ? "ok" : "FAIL") \(check.stated?.description ?? "-") "
        + "\(check.computed?.description ?? "-") \(check.subject?.string ?? "-")"
    }.joined(separator: "; ")
  }

  /// The slack is 0.02, itself included.
  @Test(arguments: [
    ("<row q='3' p='10' n='30'/>", "ok 30.00 30.00 line 1"),
    ("<row q='3' p='10' n='30.02'/>", "ok 30.02 30.00 line 1"),
    ("<row q='3' p='10' n='30.021'/>", "FAIL 30.021 30.00 line 1"),
    ("<row q='3' p='10' b='100' n='0.3'/>", "ok 0.30 0.30 line 1"),
    ("<row q='3' p='10' b='0' n='30'/>", "ok 30.00 30.00 line 1"),
    ("<row p='7' n='7'/>", "ok 7.00 7.00 line 1"), ("<row q='3' n='7'/>", ""),
    ("<row q='-3' p='10' n='-30.03'/>", "FAIL -30.03 -30.00 line 1"),
    (
      "<row q='1' p='10' n='12'><off k='true' a='3'/><off k='false' a='1'/></row>",
      "ok 12.00 12.00 line 1"
    ),
    (
      "<row q='1' p='1' n='1'/><row q='1' p='1' n='3'/><row q='1' p='1' n='2'/>",
      "FAIL 3.00 1.00 line 2"
    ),
  ])
  func `PEPPOL-EN16931-R120 holds quantity, price, charges and allowances to the line`(
    _ rows: String, _ expected: String
  ) throws {
    #expect(try outcome(.peppolR120, rows) == expected)
  }

  /// Three pieces at 0.3333 may have cost 0.33335 each: half a unit of the last digit, three times.
  @Test(arguments: [
    ("<row q='3' p='0.3333' n='1'/>", "ok 1.00 0.9999 line 1"),
    ("<row q='3000' p='0.3333' n='1000.05'/>", "ok 1000.05 999.90 line 1"),
    ("<row q='3000' p='0.3333' n='1000.06'/>", "FAIL 1000.06 999.90 line 1"),
    ("<row q='3000' p='0.33' n='990.01'/>", "FAIL 990.01 990.00 line 1"),
  ])
  func `a price of many decimals is a rounded one`(_ rows: String, _ expected: String) throws {
    #expect(try outcome(.lineProduct, rows, .plain(tolerance: .zero)) == expected)
  }

  @Test func `discounts of a unit follow one another, those of a line are added up`() throws {
    let row = "<row q='2' p='100' n='172'><off c='10'/><off a='4'/></row>"
    // 100 − 10 % = 90, − 4 = 86, twice.
    #expect(
      try outcome(.lineProduct, row, .plain(tolerance: .zero), perUnit: true)
        == "ok 172.00 172.00 line 1")
    // 200 − 10 % − 4.
    #expect(
      try outcome(.lineProduct, row, .plain(tolerance: .zero)) == "FAIL 172.00 176.00 line 1")
  }

  @Test func `the tax of a line has a tolerance of its own`() throws {
    let rows = "<row n='100' r='6' t='6.02'/><row n='50' r='6' t='3'/><row n='1' r='x' t='9'/>"
    let cent = try Amount(parsing: "0.01")
    #expect(
      try outcome(.lineTax, rows, .plain(tolerance: cent)) == "FAIL 6.02 6.00 line 1")
    let own = Arithmetic.plain(tolerance: cent, own: [.lineTax: try Amount(parsing: "0.02")])
    #expect(try outcome(.lineTax, rows, own) == "ok 6.02 6.00 line 1")
    // 6 % of 2694.80 are 161.688: to the cent it is 161.69, which is one cent off.
    let rounded = "<row n='2694.80' r='6' t='161.70'/>"
    #expect(
      try outcome(.lineTax, rounded, .plain(tolerance: cent)) == "ok 161.70 161.69 line 1")
  }

  /// `string-length(substring-after(…, '.')) <= 2`: trailing zeros count.
  @Test(arguments: [
    ("<total net='1.00'>2</total><row n='1.00'/>", "ok - - -"),
    ("<total net='1.000'>2.001</total>", "FAIL 1.00 1.00 BT-109; FAIL 2.001 2.00 BT-112"),
    ("<row n='1'/><row n='1.005'/><row n='1.0055'/>", "FAIL 1.005 1.01 BT-131 of line 2"),
    (
      "<row n='1'><off k='true' a='0.125'/><off k='false' a='0.001'/></row>",
      "FAIL 0.001 0.00 BT-136 of line 1; FAIL 0.125 0.13 BT-141 of line 1"
    ),
    ("<row n='1' q='1.2345' p='0.000123'/>", "ok - - -"), ("", ""),
  ])
  func `BR-DEC names the term that has too many decimals`(
    _ content: String, _ expected: String
  ) throws {
    #expect(try outcome(.brDEC, content) == expected)
  }

  @Test func `orders come from the lines too, each once`() throws {
    var dialect = try dialect(.plain(tolerance: .zero))
    dialect.fields[.purchaseOrder] = FieldRule([try PlainDialect.path("order")])
    let text =
      "<bill><order>B</order><row n='1' o='A'/><row n='1' o='B'/><row n='1' o='A'/><row n='1'/></bill>"
    #expect(try PlainDialect.read(text, dialect).map(\.purchaseOrder) == ["B;A"])
  }

  @Test func `the orders of the lines are bounded`() throws {
    let rows = (0..<700).map { "<row n='1' o='\($0)\(String(repeating: "x", count: 100))'/>" }
    let invoice = try PlainDialect.read(
      "<bill>\(rows.joined())</bill>", try dialect(.plain(tolerance: .zero))
    ).first
    #expect(invoice?.refusal == "its lines name too many purchase orders")
    #expect(invoice?.lineCount == 700)
  }
}

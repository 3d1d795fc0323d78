import BillingModel
import ExactNumbers
import Testing

@testable import Ingesting

/// The expected values are worked out by hand from the texts of the rules.
@Suite struct ArithmeticTests {
  private func amount(_ text: String) throws -> Amount { try Amount(parsing: text) }

  private func check(
    _ rule: ArithmeticRule, _ arithmetic: Arithmetic = .en16931(admits: []),
    _ fill: (inout StatedTotals) throws -> Void
  ) throws -> String {
    var totals = StatedTotals()
    try fill(&totals)
    let check = try arithmetic.checks(totals).first { $0.rule == rule }
    guard let check else { return "" }
    func spelled(_ amount: Amount?) -> String { amount?.description ?? "-" }
    return "\(check.holds ? "ok" : "FAIL") \(spelled(check.stated)) \(spelled(check.computed))"
  }

  @Test func `nothing stated is nothing checked`() throws {
    #expect(try Arithmetic.en16931(admits: []).checks(StatedTotals()).isEmpty)
    #expect(try Arithmetic.plain(tolerance: .zero).checks(StatedTotals()).isEmpty)
  }

  /// Half a cent goes up, also below zero: −0.125 is −0.12.
  @Test(arguments: [
    ("0.13", "0.125", "ok 0.13 0.13"), ("-0.12", "-0.125", "ok -0.12 -0.12"),
    ("-0.13", "-0.125", "FAIL -0.13 -0.12"), ("1", "1.004", "ok 1.00 1.00"),
  ])
  func `BR-CO-10 rounds as XPath does`(_ stated: String, _ sum: String, _ expected: String) throws {
    #expect(
      try check(.brCO10) {
        $0.lineTotal = try amount(stated)
        $0.lineNetSum = try amount(sum)
      } == expected)
  }

  @Test func `BR-CO-11 and 12 pass if neither the sum nor its parts are there`() throws {
    #expect(try check(.brCO11) { $0.net = .one } == "ok - -")
    let allowance = StatedTotals.Allowance(isCharge: false, amount: .one)
    #expect(
      try check(.brCO11) {
        $0.net = .one
        $0.allowances = [allowance]
      } == "FAIL - 1.00")
    #expect(
      try check(.brCO12) {
        $0.net = .one
        $0.allowances = [allowance]
      } == "ok - -")
    #expect(
      try check(.brCO12) {
        $0.chargeTotal = try amount("3")
        $0.allowances = [allowance, .init(isCharge: true, amount: try amount("3"))]
      } == "ok 3.00 3.00")
  }

  @Test func `BR-CO-13 does not round where there is neither allowance nor charge`() throws {
    #expect(
      try check(.brCO13) {
        $0.net = try amount("10.00")
        $0.lineTotal = try amount("10.001")
      } == "FAIL 10.00 10.001")
    #expect(
      try check(.brCO13) {
        $0.net = try amount("7.00")
        $0.lineTotal = try amount("10.001")
        $0.allowanceTotal = try amount("4")
        $0.chargeTotal = try amount("1")
      } == "ok 7.00 7.00")
  }

  @Test func `BR-CO-14 looks at every tax total that is broken down`() throws {
    func row(_ tax: String) throws -> TaxSubtotal {
      TaxSubtotal(category: "S", rate: nil, base: nil, tax: try amount(tax))
    }
    #expect(
      try check(.brCO14) {
        $0.taxTotals = [
          .init(amount: try amount("3"), subtotals: [try row("1"), try row("2")]),
          .init(amount: try amount("9")),
        ]
      } == "ok 3.00 3.00")
    #expect(
      try check(.brCO14) {
        $0.taxTotals = [
          .init(amount: try amount("3"), subtotals: [try row("3")]),
          .init(amount: try amount("9"), subtotals: [try row("8")]),
        ]
      } == "FAIL 9.00 8.00")
  }

  @Test func `BR-CO-15 wants one tax total in the currency of the document`() throws {
    func gross(_ currencies: [Text]) throws -> String {
      try check(.brCO15) {
        $0.currency = "EUR"
        $0.net = try amount("100")
        $0.gross = try amount("119")
        $0.taxTotals = try currencies.map { .init(amount: try amount("19"), currency: $0) }
      }
    }
    #expect(try gross(["EUR"]) == "ok 119.00 119.00")
    #expect(try gross(["EUR", "USD"]) == "ok 119.00 119.00")
    #expect(try gross(["EUR", "EUR"]) == "FAIL 119.00 -")
    #expect(try gross(["USD"]) == "FAIL 119.00 -")
    #expect(try gross([]) == "FAIL 119.00 -")
  }

  @Test func `BR-CO-15 admits a gross total that is the net total in CII only`() throws {
    for admitted in [true, false] {
      let arithmetic = Arithmetic.en16931(admits: admitted ? [.grossEqualsNet] : [])
      let outcome = try check(.brCO15, arithmetic) {
        $0.currency = "EUR"
        $0.net = try amount("100")
        $0.gross = try amount("100")
      }
      #expect(outcome == (admitted ? "ok 100.00 100.00" : "FAIL 100.00 -"))
    }
  }

  @Test func `BR-CO-16 subtracts what is prepaid and adds the rounding`() throws {
    func payable(_ payable: String, prepaid: String?, rounding: String?) throws -> String {
      try check(.brCO16) {
        $0.gross = try amount("1200.78")
        $0.payable = try amount(payable)
        $0.prepaid = try prepaid.map { try amount($0) }
        $0.rounding = try rounding.map { try amount($0) }
      }
    }
    #expect(try payable("1200.78", prepaid: nil, rounding: nil) == "ok 1200.78 1200.78")
    #expect(try payable("200.78", prepaid: "1000", rounding: nil) == "ok 200.78 200.78")
    #expect(try payable("201", prepaid: "1000", rounding: "0.22") == "ok 201.00 201.00")
    #expect(try payable("1201", prepaid: nil, rounding: "0.22") == "ok 1201.00 1201.00")
    #expect(try payable("1200.78", prepaid: "1000", rounding: "0.22") == "FAIL 1200.78 201.00")
  }

  /// 100 × 19 % = 19: UBL admits less than 1.00 difference, CII 1.00 itself.
  @Test(arguments: [
    ("19.99", false, "ok 19.99 19.00"), ("20", false, "FAIL 20.00 19.00"),
    ("18", false, "FAIL 18.00 19.00"), ("20", true, "ok 20.00 19.00"),
    ("20.01", true, "FAIL 20.01 19.00"),
  ])
  func `BR-CO-17 differs between UBL and CII at exactly one`(
    _ tax: String, _ allowsWholeUnit: Bool, _ expected: String
  ) throws {
    #expect(
      try check(.brCO17, .en16931(admits: allowsWholeUnit ? [.wholeUnit] : [])) {
        $0.taxTotals = [
          .init(subtotals: [
            TaxSubtotal(
              category: "S", rate: try amount("19"), base: try amount("100"),
              tax: try amount(tax))
          ])
        ]
      } == expected)
  }

  @Test func `BR-CO-17 shows the farthest row, a failing one before all`() throws {
    func row(_ rate: String, _ base: String, _ tax: String) throws -> TaxSubtotal {
      TaxSubtotal(
        category: "S", rate: try amount(rate), base: try amount(base), tax: try amount(tax))
    }
    let rows = [try row("19", "-100", "-19.50"), try row("19", "-100", "-19.20")]
    #expect(
      try check(.brCO17) { $0.taxTotals = [.init(subtotals: rows)] } == "ok -19.50 -19.00")
    let failing = try row("0", "100", "0.50")
    #expect(
      try check(.brCO17) { $0.taxTotals = [.init(subtotals: rows + [failing])] }
        == "FAIL 0.50 0.00")
  }

  @Test func `plain documents are held to their tolerance`() throws {
    let plain = Arithmetic.plain(tolerance: try amount("0.01"))
    func sums(_ lines: String) throws -> String {
      try check(.lineSum, plain) {
        $0.net = try amount("100")
        $0.lineNetSum = try amount(lines)
      }
    }
    #expect(try sums("100.01") == "ok 100.00 100.01")
    #expect(try sums("99.989999") == "FAIL 100.00 99.989999")
    func gross(_ gross: String, net: String?) throws -> String {
      try check(.grossSum, plain) {
        $0.gross = try amount(gross)
        $0.net = try net.map { try amount($0) }
        $0.tax = try amount("6")
        $0.lineTotal = try amount("100")
        $0.chargeTotal = try amount("3")
        $0.allowanceTotal = try amount("1")
      }
    }
    #expect(try gross("107", net: "101") == "ok 107.00 107.00")
    #expect(try gross("107", net: "100") == "FAIL 107.00 106.00")
    #expect(try gross("108", net: nil) == "ok 108.00 108.00")
  }

  @Test func `the line that is farthest off stands for all`() throws {
    let invoice = try read(
      [("10", "0.6", "10.6"), ("20", "1.2", "21.5"), ("30", "1.8", "31.9")])
    #expect(
      invoice.checks.first { $0.rule == .lineGross }
        == ArithmeticCheck(
          rule: .lineGross, holds: false, stated: try amount("21.5"), computed: try amount("21.2"),
          subject: "line 2"))
    #expect(try read([("10", "0.6", "10.6")]).checks.map(\.holds) == [true])
    #expect(try read([("10", "***", "10.6")]).checks.isEmpty)
  }

  private func read(_ lines: [(String, String, String)]) throws -> Invoice {
    var dialect = try PlainDialect.make()
    dialect.line?.tax = FieldRule([try PlainDialect.path("tax")])
    dialect.line?.gross = FieldRule([try PlainDialect.path("gross")])
    let rows = lines.map {
      "<row><net>\($0.0)</net><tax>\($0.1)</tax><gross>\($0.2)</gross></row>"
    }
    let invoices = try PlainDialect.read(
      "<bill><rows>\(rows.joined())</rows></bill>", dialect)
    return try #require(invoices.first)
  }
}

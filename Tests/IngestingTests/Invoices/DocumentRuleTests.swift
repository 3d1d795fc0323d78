import BillingModel
import ExactNumbers
import Testing

@testable import Ingesting

/// What a dialect can say of a document as a whole.
@Suite struct DocumentRuleTests {
  private func field(_ path: String) throws -> FieldRule {
    FieldRule([try PlainDialect.path(path)])
  }

  private func one(_ text: String, _ dialect: Dialect) throws -> Invoice {
    try #require(try PlainDialect.read(text, dialect).first)
  }

  @Test func `parts are one value together, if the last of them is there`() throws {
    var dialect = try PlainDialect.make()
    var number = try field("id")
    number.parts = [try PlainDialect.path("@series"), try PlainDialect.path("@no")]
    dialect.fields[.number] = number
    #expect(try one("<bill series='A' no='7'><id>U</id></bill>", dialect).invoiceID == "A7")
    #expect(try one("<bill no='7'><id>U</id></bill>", dialect).invoiceID == "7")
    #expect(try one("<bill series='A'><id>U</id></bill>", dialect).invoiceID == "U")
    number.combination = .joined("/")
    dialect.fields[.number] = number
    #expect(try one("<bill series='A' no='7'/>", dialect).invoiceID == "A/7")
  }

  @Test func `payment accounts are all there are, without spaces, each once`() throws {
    var dialect = try PlainDialect.make()
    dialect.fields[.paymentAccount] = FieldRule([
      try PlainDialect.path("iban"), try PlainDialect.path("old"),
    ])
    let text = "<bill><old>9</old><iban>DE1 2</iban><iban>X</iban><iban>DE1 2</iban></bill>"
    #expect(try one(text, dialect).paymentAccounts == ["DE12", "X", "9"])
  }

  @Test func `what is not stated is worked out where the dialect says so`() throws {
    var dialect = try PlainDialect.make()
    dialect.fields = [
      .lineTotal: try field("l"), .allowanceTotal: try field("d"), .tax: try field("t"),
      .gross: try field("g"), .withheld: try field("w"), .prepaid: try field("p"),
      .payable: try field("due"),
    ]
    let text = "<bill><l>100</l><d>10</d><t>9</t><w>4</w><p>5</p></bill>"
    #expect(try one(text, dialect).gross == nil)
    dialect.computed = [.gross, .payable]
    let invoice = try one(text, dialect)
    #expect(invoice.net?.description == "90.00")
    #expect(invoice.gross?.description == "99.00")
    #expect(invoice.payable?.description == "90.00")
    // What is worked out is not held against itself.
    #expect(invoice.checks.isEmpty)
    let stated = try one(text.replacing("</bill>", with: "<due>91</due></bill>"), dialect)
    #expect(stated.payable?.description == "91.00")
    #expect(
      stated.checks == [
        ArithmeticCheck(
          rule: .payableSum, holds: false, stated: try Amount(parsing: "91"),
          computed: try Amount(parsing: "90"))
      ])
  }

  @Test func `a cancellation names what it takes back and needs only its number`() throws {
    var dialect = try PlainDialect.make()
    dialect.required = [.number, .gross]
    dialect.fields[.precedingInvoice] = try field("old")
    dialect.cancellations = [
      CancellationRule(
        path: try PlainDialect.path("@op"), value: "delete", takesBack: try PlainDialect.path("ref")
      )
    ]
    let text = "<bill no='1' op='delete' date='soon'><old>0</old><ref>m@x</ref></bill>"
    let invoice = try one(text, dialect)
    #expect(invoice.kind == .cancellation && invoice.refusal == "")
    #expect(invoice.precedingInvoice == "m@x")
    let new = try one(text.replacing("delete", with: "new"), dialect)
    #expect(new.kind == .invoice && new.precedingInvoice == "0")
    #expect(new.refusal == "issueDate: \"soon\" is not a date; missing: gross")
    #expect(try one("<bill op='delete'/>", dialect).refusal == "missing: number")
  }

  @Test func `an exemption holds always, where something is, or where it has a value`() throws {
    var dialect = try PlainDialect.make()
    let text = "<bill><total net='2'/><rows><row><net>1</net></row></rows><x/><y>1</y></bill>"
    func rules(_ exemption: ExemptionRule?) throws -> [ArithmeticRule] {
      dialect.exemptions = [exemption].compactMap { $0 }
      return try one(text, dialect).checks.map(\.rule)
    }
    func exemption(_ path: String, _ value: Text? = nil) throws -> ExemptionRule {
      ExemptionRule(rules: [.lineSum], path: try PlainDialect.path(path), value: value)
    }
    #expect(try rules(nil) == [.lineSum])
    #expect(try rules(ExemptionRule(rules: [.grossSum])) == [.lineSum])
    #expect(try rules(ExemptionRule(rules: [.lineSum])) == [])
    #expect(try rules(try exemption("x")) == [])
    #expect(try rules(try exemption("z")) == [.lineSum])
    #expect(try rules(try exemption("total/@net")) == [])
    #expect(try rules(try exemption("y", "1")) == [])
    #expect(try rules(try exemption("y", "2")) == [.lineSum])
  }

  @Test func `another currency has its tax total, unless it is that of the document`() throws {
    var dialect = try PlainDialect.make()
    dialect.fields[.currency] = try field("@c")
    var total = TaxTotalRule(path: try PlainDialect.path("tax"))
    total.amount = try field(".")
    total.currency = try field("@c")
    dialect.taxTotal = total
    var rule = ConvertedRule(currency: try field("@tc"))
    rule.gross = try field("tg")
    rule.exchangeRate = try field("rate")
    dialect.taxCurrency = rule
    let text = """
      <bill c='USD' tc='EUR'><tax c='USD'>6</tax><tax c='EUR'>5.40</tax><tg>95.40</tg><rate>0.9</rate></bill>
      """
    let invoice = try one(text, dialect)
    #expect(invoice.tax?.description == "6.00")
    let converted = try #require(invoice.inTaxCurrency)
    #expect(converted.currency == "EUR" && converted.net == nil)
    #expect(converted.tax?.description == "5.40" && converted.gross?.description == "95.40")
    #expect(converted.exchangeRate?.description == "0.90")
    #expect(try one(text.replacing("tc='EUR'", with: "tc='USD'"), dialect).inTaxCurrency == nil)
    let wrong = try one(text.replacing("95.40", with: "95,40"), dialect)
    #expect(wrong.refusal == "taxCurrency.gross: \"95,40\" is not a decimal number")
  }

  @Test(arguments: [("0.06", "6.00"), ("6%", "6.00"), ("0.130000", "13.00"), ("免税", nil)])
  func `a rate is a fraction or per cent`(_ spelled: String, _ rate: String?) throws {
    let number = Spelled(Array(spelled.utf8).span, .fraction)
    #expect(number?.amount.description == rate)
    #expect(Spelled(Array("6%".utf8).span, .none) == nil)
  }

  /// 100 + 20 are taxed at 10 %, 50 at 0 %; a fund of 2 and a rounding of 0.30 belong to the first.
  @Test(arguments: [
    ("122.30", "10", "ok"), ("122.40", "10", "FAIL rate 10.00 122.40 122.30"),
    ("122.30", "11", "FAIL rate 0.00 51.00 50.00"),
  ])
  func `the base of a rate is its lines, what is added and what is rounded`(
    _ base: String, _ other: String, _ expected: String
  ) throws {
    var dialect = try PlainDialect.make()
    var line = LineRule(paths: [try PlainDialect.path("row")], net: try field("@n"))
    line.rate = try field("@r")
    dialect.line = line
    var total = TaxTotalRule(path: try PlainDialect.path("."))
    total.subtotal = try PlainDialect.path("sum")
    total.rate = try field("@r")
    total.base = try field("@b")
    total.baseRounding = try field("@o")
    total.addition = AdditionRule(
      path: try PlainDialect.path("fund"), rate: try field("@r"), amount: try field("@a"))
    dialect.taxTotal = total
    let invoice = try one(
      """
      <bill><row n='100' r='10'/><row n='50' r='0'/><row n='20' r='10.0'/><fund r='10' a='2'/>
      <sum r='10' b='\(base)' o='0.30'/><sum r='0' b='40'/><sum r='0' b='\(other)'/></bill>
      """, dialect)
    let check = try #require(invoice.checks.first { $0.rule == .taxBase })
    let sides = "\(check.stated?.description ?? "") \(check.computed?.description ?? "")"
    #expect((check.holds ? "ok" : "FAIL \(check.subject?.string ?? "") \(sides)") == expected)
  }
}

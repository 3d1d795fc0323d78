import BillingModel
import ByteStreaming
import ExactNumbers
import Testing

@testable import Ingesting

@Suite struct InvoiceReaderTests {
  private func one(_ text: String, _ dialect: Dialect? = nil) throws -> Invoice {
    let invoices = try PlainDialect.read(text, dialect)
    #expect(invoices.count == 1)
    return try #require(invoices.first)
  }

  @Test func `fields stand where the dialect says, and nowhere else`() throws {
    let invoice = try one(
      """
      <bill no=" A-1 " date="2026-05-19"><x><total>9</total></x><total net="100.5">110.55</total>
      <row><net>7</net></row><rows><row of="B"><net>40</net></row><row of="A"><net>30</net></row>
      <row of="B"><net>30.50</net></row></rows></bill>
      """)
    #expect(invoice.file == "bill.xml")
    #expect(invoice.sha256 == "ab")
    #expect(invoice.index == 1)
    #expect(invoice.dialect == "plain")
    #expect(invoice.invoiceID == "A-1")
    #expect(invoice.issueDate?.description == "2026-05-19")
    #expect(invoice.net?.description == "100.50")
    #expect(invoice.gross?.description == "110.55")
    #expect(invoice.lineCount == 3)
    #expect(invoice.lineNetSum?.description == "100.50")
    #expect(
      invoice.items.map { "\($0.serviceName) \($0.net) \($0.lines)" } == ["A 30.00 1", "B 70.50 2"])
    #expect(invoice.refusal == "")
  }

  @Test func `a path with a namespace does not match its local name alone`() throws {
    #expect(try PlainDialect.code("<bill xmlns='urn:other'/>") == "UnknownDialect")
    #expect(try one("<bill><total xmlns='urn:other'>1</total></bill>").gross == nil)
  }

  @Test func `an unknown root is named with its namespace`() throws {
    #expect(
      throws: InvoiceFault(
        code: "UnknownDialect",
        message: """
          line 1, column 21: no dialect for {urn:o}order; known roots: bill: to read it, add a table \
          to the dialects folder
          """)
    ) { try PlainDialect.read("<order xmlns='urn:o'/>") }
  }

  @Test func `a number that cannot be read refuses its document, and says which`() throws {
    let invoice = try one("<bill date='19.5.26'><total>1,000.00</total></bill>")
    #expect(invoice.gross == nil)
    #expect(
      invoice.refusal
        == "issueDate: \"19.5.26\" is not a date; gross: \"1,000.00\" is not a decimal number")
  }

  @Test func `a line amount that cannot be read refuses its document`() throws {
    let invoice = try one(
      "<bill><rows><row><net>1</net></row><row><net>one</net></row><row/></rows></bill>")
    #expect(invoice.refusal == "net amount of line 2: \"one\" is not a decimal number")
    #expect(invoice.lineCount == 3)
    #expect(invoice.lineNetSum?.description == "1.00")
  }

  @Test func `required fields that are missing refuse a document`() throws {
    var dialect = try PlainDialect.make()
    dialect.required = [.number, .issueDate, .gross]
    #expect(try one("<bill no='1'/>", dialect).refusal == "missing: issueDate, gross")
  }

  @Test func `a refusal of the dialect goes before all others`() throws {
    var dialect = try PlainDialect.make()
    dialect.required = [.gross]
    dialect.refusals = [
      RefusalRule(path: try PlainDialect.path("@test"), value: "yes", reason: "only a test")
    ]
    #expect(try one("<bill test='yes'/>", dialect).refusal == "only a test")
    #expect(try one("<bill test='no'/>", dialect).refusal == "missing: gross")
  }

  @Test func `several documents below one root share what stands at the root`() throws {
    var dialect = try PlainDialect.make()
    dialect.document = try PlainDialect.path("body")
    dialect.fields[.sellerName] = FieldRule([try PlainDialect.path("/seller")])
    let invoices = try PlainDialect.read(
      """
      <bill><body no="1"><total>1</total><rows><row><net>1</net></row></rows></body>
      <body no="2"><total>2</total></body><seller>S</seller></bill>
      """, dialect)
    #expect(invoices.map(\.invoiceID) == ["1", "2"])
    #expect(invoices.map(\.index) == [1, 2])
    #expect(invoices.map(\.lineCount) == [1, 0])
    #expect(invoices.map(\.seller.name) == ["S", "S"])
    #expect(try PlainDialect.code("<bill><seller/></bill>", dialect) == "UnknownDialect")
  }

  @Test func `invoices are found inside the wrappers of their dialect only`() throws {
    var dialect = try PlainDialect.make()
    dialect.wrappers = [["set", "item"].map { ElementName(namespace: "", local: $0) }]
    let text =
      "<set><bill no='8'/><head><bill no='0'/></head><item><bill no='1'/></item><item><bill no='2'/></item></set>"
    #expect(try PlainDialect.read(text, dialect).map(\.invoiceID) == ["1", "2"])
    #expect(try PlainDialect.code(text) == "UnknownDialect")
    #expect(try PlainDialect.code("<set><item/></set>", dialect) == "NoInvoice")
  }

  @Test func `nothing is handed out of a file that is cut off after its invoice`() throws {
    var dialect = try PlainDialect.make()
    dialect.wrappers = [[ElementName(namespace: "", local: "set")]]
    #expect(try PlainDialect.code("<set><bill no='1'/>", dialect) == "NotWellFormed")
    #expect(try PlainDialect.code("<bill no='1'><total>1</total>") == "NotWellFormed")
  }

  @Test func `what nobody asks for may be as long as it likes`() throws {
    let long = String(repeating: "QUJD", count: 100_000)
    #expect(try one("<bill no='1'><attachment>\(long)</attachment></bill>").invoiceID == "1")
    #expect(try PlainDialect.code("<bill><note>\(long)</note></bill>") == "FieldTooLong")
  }

  @Test func `documents, lines, elements and text are bounded`() throws {
    var limits = InvoiceLimits()
    limits.lines = 2
    let row = "<row><net>1</net></row>"
    #expect(
      try PlainDialect.code("<bill><rows>\(row)\(row)</rows></bill>", limits: limits) == "none")
    #expect(
      try PlainDialect.code("<bill><rows>\(row)\(row)\(row)</rows></bill>", limits: limits)
        == "TooManyLines")
    limits = InvoiceLimits()
    limits.elements = 4
    #expect(
      try PlainDialect.code("<bill><rows>\(row)\(row)</rows></bill>", limits: limits) == "none")
    #expect(
      try PlainDialect.code("<bill><note/><note/><note/><note/></bill>", limits: limits)
        == "TooManyElements")
    limits = InvoiceLimits()
    limits.keptBytes = 5
    #expect(try PlainDialect.code("<bill><note>123</note></bill>", limits: limits) == "none")
    #expect(
      try PlainDialect.code("<bill><note>123</note><note>456</note></bill>", limits: limits)
        == "TooMuchText")
    var dialect = try PlainDialect.make()
    dialect.wrappers = [[ElementName(namespace: "", local: "set")]]
    limits = InvoiceLimits()
    limits.documents = 1
    #expect(
      try PlainDialect.code("<set><bill/><bill/></set>", dialect, limits: limits)
        == "TooManyDocuments")
  }

  @Test func `sums beyond twenty digits stop the reading`() throws {
    let row = "<row><net>99999999999999999999</net></row>"
    #expect(
      try PlainDialect.code("<bill><rows>\(row)\(row)</rows></bill>") == "AmountOverflow")
  }

  @Test func `values are combined and converted as the dialect says`() throws {
    var dialect = try PlainDialect.make()
    var orders = FieldRule([try PlainDialect.path("order/@id"), try PlainDialect.path("old")])
    orders.combination = .joined(";")
    var charges = FieldRule([try PlainDialect.path("a"), try PlainDialect.path("b")])
    charges.combination = .sum
    var account = FieldRule([try PlainDialect.path("note"), try PlainDialect.path("old")])
    account.shape = WordShape("[0-9]{12}")
    var date = FieldRule([try PlainDialect.path("due")])
    date.conversion = .compactDate
    var name = FieldRule([try PlainDialect.path("name")])
    name.conversion = .withoutStarredPrefix
    var buyer = FieldRule([try PlainDialect.path("buyer")])
    buyer.conversion = .singleSpaces
    var currency = FieldRule()
    currency.constant = "CNY"
    dialect.fields.merge(
      [
        .purchaseOrder: orders, .chargeTotal: charges, .billingAccount: account, .dueDate: date,
        .sellerName: name, .buyerName: buyer, .currency: currency,
      ], uniquingKeysWith: { $1 })
    let invoice = try one(
      """
      <bill><order id="7"/><order id="5"/><order id="7"/><old>account 123456789012</old>
      <note>x</note><a>1.5</a><b>2</b><a>3</a><due>20260519</due><name>*信息技术服务*云服务费</name>
      <buyer> A\n   B </buyer></bill>
      """, dialect)
    #expect(invoice.purchaseOrder == "7;5")
    #expect(invoice.chargeTotal?.description == "6.50")
    #expect(invoice.billingAccountID == "123456789012")
    #expect(invoice.dueDate?.description == "2026-05-19")
    #expect(invoice.seller.name == "云服务费")
    #expect(invoice.buyer.name == "A B")
    #expect(invoice.currency == "CNY")
  }

  @Test func `neither XML nor JSON is no invoice`() throws {
    #expect(try PlainDialect.code("number,total\n1,2\n") == "UnknownContent")
  }
}

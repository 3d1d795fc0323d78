import BillingModel
import ByteStreaming
import ExactNumbers
import Foundation
import Ingesting
import TestSupport
import Testing

@testable import PipelineRuntime

/// The dialects that the repository ships.
enum ShippedDialects {
  static let names = [
    "cfdi", "cii", "cn-einvoice", "cxml", "fatturapa", "ubl", "zugferd1",
  ]
  static let all = names.compactMap(named)

  /// The dialect in a file of `pipelines/dialects`, or nil if it has mistakes.
  static func named(_ name: String) -> Dialect? {
    let url = repositoryRoot().appendingPathComponent("pipelines/dialects/\(name).yaml")
    let mistakes = Mistakes()
    guard let text = try? String(contentsOf: url, encoding: .utf8),
      let root = YAMLNode.root(of: text, file: "\(name).yaml", mistakes: mistakes)
    else { return nil }
    let dialect = DialectFile.read(root)
    for mistake in mistakes.found { Issue.record("\(mistake)") }
    return mistakes.found.isEmpty ? dialect : nil
  }

  static func read(_ bytes: [UInt8], dialects: [Dialect] = all) throws -> [Invoice] {
    var source = try ByteSource(bytes)
    return try InvoiceReader(dialects: dialects).read(&source, file: "f", sha256: "h")
  }

  static func read(_ text: String) throws -> [Invoice] { try read(Array(text.utf8)) }
}

@Suite struct DialectFileTests {
  private func read(_ text: String) -> (Dialect?, [String]) {
    let mistakes = Mistakes()
    let root = YAMLNode.root(of: text, file: "d.yaml", mistakes: mistakes)
    let dialect = root.flatMap(DialectFile.read)
    let sorted = mistakes.found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    return (dialect, sorted.map(\.description))
  }

  @Test func `the dialects of the repository have no mistake`() {
    #expect(ShippedDialects.all.map(\.name.string) == ShippedDialects.names)
  }

  @Test func `every part of a table reaches the dialect`() throws {
    let (read, mistakes) = read(
      """
      name: tiny
      namespaces: {n: "urn:n"}
      unprefixed: any
      roots: [{element: n:bill}, {element: note, kind: credit}]
      wrappers: [[n:set, item]]
      document: body
      fields:
        number: no
        net: [a, "b/@c"]
        currency: {value: EUR}
        purchaseOrder: {at: o, join: ";"}
        chargeTotal: {at: [x, y], sum: true}
        billingAccount: {at: r, word: "[0-9]{12}"}
        sellerName: {at: s, read: withoutStarredPrefix}
      lines: {at: row, net: n, tax: t, gross: g, service: s, account: a}
      taxTotals: {at: tax, amount: a, currency: "@c", rows: {at: r, category: c, rate: p, base: b, tax: t}}
      allowances: {at: ac, isCharge: i, amount: a}
      kinds: {381: credit}
      negativeMeansCredit: true
      required: [number, net]
      refusals: [{at: /@mode, is: test, because: a test}]
      references: {at: [r], words: ["[0-9]{9}"]}
      periods: {at: [r], words: [YYYY-MM]}
      arithmetic: {family: EN16931, admits: [wholeUnit]}
      """)
    #expect(mistakes.isEmpty)
    let dialect = try #require(read)
    let prefixes = NamespacePrefixes(["n": "urn:n"], unprefixed: nil)
    func path(_ text: String) throws -> ElementPath {
      try ElementPath(parsing: text, prefixes: prefixes)
    }
    let bill = ElementName(namespace: "urn:n", local: "bill")
    let note = ElementName(namespace: nil, local: "note")
    #expect(dialect.roots == [Dialect.Root(bill), Dialect.Root(note, .credit)])
    #expect(dialect.wrappers.map { $0.map(\.local) } == [["set", "item"]])
    #expect(dialect.document == (try path("body")))
    #expect(dialect.fields[.net]?.paths == [try path("a"), try path("b/@c")])
    #expect(dialect.fields[.currency]?.constant == "EUR")
    #expect(dialect.fields[.purchaseOrder]?.combination == .joined(";"))
    #expect(dialect.fields[.chargeTotal]?.combination == .sum)
    #expect(dialect.fields[.billingAccount]?.shape == WordShape("[0-9]{12}"))
    #expect(dialect.fields[.sellerName]?.conversion == .withoutStarredPrefix)
    #expect(dialect.line?.paths == [try path("row")])
    #expect(dialect.line?.account?.paths == [try path("a")])
    #expect(dialect.line?.gross?.paths == [try path("g")])
    #expect(dialect.taxTotal?.currency?.paths == [try path("@c")])
    #expect(dialect.taxTotal?.subtotal == (try path("r")))
    #expect(dialect.taxTotal?.base?.paths == [try path("b")])
    #expect(dialect.allowance?.amount.paths == [try path("a")])
    #expect(dialect.kinds == ["381": .credit])
    #expect(dialect.negativeMeansCredit)
    #expect(dialect.required == [.number, .net])
    #expect(
      dialect.refusals == [RefusalRule(path: try path("/@mode"), value: "test", reason: "a test")])
    #expect(dialect.references?.shapes.map(\.spelling) == ["[0-9]{9}"])
    #expect(dialect.periodMentions?.shapes.map(\.spelling) == ["YYYY-MM"])
    #expect(dialect.arithmetic == .en16931(admits: [.wholeUnit]))
  }

  @Test func `mistakes are named with their place and the nearest word`() {
    let (_, mistakes) = read(
      """
      name: tiny
      namespaces: {cbc: "urn:c"}
      roots: [{element: a, kind: invoise}]
      fields:
        nummber: cbc:ID
        net: cbs:Net
        gross: {at: a, word: "[0-9"}
        tax: {join: ";"}
      periods: {at: [a], words: [Y-M]}
      arithmetic: {family: EN16931, tolerance: 0.01}
      """)
    #expect(
      mistakes == [
        "d.yaml:3:28: unknown word \"invoise\" (did you mean \"invoice\"?)",
        "d.yaml:5:3: unknown key \"nummber\" (did you mean \"number\"?)",
        "d.yaml:6:8: the prefix \"cbs\" is not among the namespaces, at character 5 of the path "
          + "\"cbs:Net\" (did you mean \"cbc\"?)",
        "d.yaml:7:24: expected the shape of a word such as [A-Z]{2}[0-9]+, not \"[0-9\"",
        "d.yaml:8:8: expected \"at\" with a path, \"parts\" with several, or \"value\"",
        "d.yaml:9:28: expected a month such as YYYY-MM or YYYY年M月, not \"Y-M\"",
        "d.yaml:10:42: \"tolerance\" belongs to the family \"plain\"",
      ])
  }

  @Test func `lines, currencies, cancellations and exemptions are read to the last key`() throws {
    let (read, mistakes) = read(
      """
      name: full
      roots: [{element: bill}]
      fields:
        number: {parts: ["@series", "@folio"], at: id}
        transport: /@id
        paymentAccount: [bank, iban]
      lines:
        at: row
        net: n
        order: o
        quantity: q
        price: p
        baseQuantity: b
        rate: {at: r, read: fraction}
        allowances: {at: d, isCharge: kind, charge: MG, amount: a, percent: c, perUnit: true}
      taxTotals:
        at: .
        rows: {at: t, rate: r, base: b, tax: x, baseRounding: o}
        additions: {at: fund, rate: r, amount: a}
      taxCurrency: {currency: tc, net: tn, tax: tt, gross: tg, exchangeRate: te}
      paymentCurrency: {currency: {value: EUR}}
      computed: [gross, payable]
      cancellations: [{at: "@op", is: delete, takesBack: ref}]
      arithmetic: {family: plain, tolerance: 0.01, lineTax: 0.02, taxBase: 1}
      exemptions:
        - {from: [LineSum]}
        - {from: [TaxSum, BR-CO-16], where: "@kind", is: P}
      """)
    #expect(mistakes.isEmpty)
    let dialect = try #require(read)
    func path(_ text: String) throws -> ElementPath {
      try ElementPath(parsing: text, prefixes: NamespacePrefixes())
    }
    #expect(dialect.fields[.number]?.parts == [try path("@series"), try path("@folio")])
    #expect(dialect.fields[.paymentAccount]?.paths.count == 2)
    let line = try #require(dialect.line)
    #expect(line.order?.paths == [try path("o")])
    #expect(line.quantity?.paths == [try path("q")])
    #expect(line.price?.paths == [try path("p")])
    #expect(line.baseQuantity?.paths == [try path("b")])
    #expect(line.rate?.conversion == .fraction)
    let allowance = try #require(line.allowance)
    #expect(allowance.chargeMark == "MG" && allowance.isPerUnit)
    #expect(allowance.percent?.paths == [try path("c")])
    #expect(dialect.taxTotal?.baseRounding?.paths == [try path("o")])
    #expect(dialect.taxTotal?.addition?.amount.paths == [try path("a")])
    #expect(dialect.taxCurrency?.exchangeRate?.paths == [try path("te")])
    #expect(dialect.paymentCurrency?.currency.constant == "EUR")
    #expect(dialect.computed == [.gross, .payable])
    #expect(
      dialect.cancellations == [
        CancellationRule(path: try path("@op"), value: "delete", takesBack: try path("ref"))
      ])
    let cent = try Amount(parsing: "0.01")
    #expect(
      dialect.arithmetic
        == .plain(
          tolerance: cent, own: [.lineTax: try Amount(parsing: "0.02"), .taxBase: .one]))
    #expect(
      dialect.exemptions == [
        ExemptionRule(rules: [.lineSum]),
        ExemptionRule(rules: [.taxSum, .brCO16], path: try path("@kind"), value: "P"),
      ])
  }

  @Test func `mistakes in the further keys are named with their place`() {
    let (_, mistakes) = read(
      """
      name: full
      roots: [{element: bill}]
      fields: {number: n}
      lines: {at: row, net: n, prize: p, allowances: {at: d}}
      taxCurrency: {gross: tg}
      computed: [net]
      cancellations: [{at: "@op"}]
      arithmetic: {family: EN16931, lineTax: 1}
      exemptions: [{from: [LineSums]}, {from: [LineSum], is: P}]
      """)
    #expect(
      mistakes == [
        "d.yaml:4:26: unknown key \"prize\" (did you mean \"price\"?)",
        "d.yaml:4:48: the key \"isCharge\" is missing",
        "d.yaml:4:48: the key \"amount\" is missing",
        "d.yaml:5:14: the key \"currency\" is missing",
        "d.yaml:6:12: unknown word \"net\" (allowed: gross, payable)",
        "d.yaml:7:17: the key \"is\" is missing",
        "d.yaml:8:40: \"lineTax\" belongs to the family \"plain\"",
        "d.yaml:9:22: unknown word \"LineSums\" (did you mean \"LineSum\"?)",
        "d.yaml:9:56: \"is\" needs \"where\" with a path",
      ])
  }

  @Test func `a table needs a name, roots, fields and its arithmetic`() {
    let (dialect, mistakes) = read("document: a\n")
    #expect(dialect == nil)
    #expect(
      mistakes
        == ["name", "roots", "fields", "arithmetic"].map {
          "d.yaml:1:1: the key \"\($0)\" is missing"
        })
  }
}

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
  static let all = ["cii", "cn-einvoice", "cxml", "ubl"].compactMap(named)

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
    #expect(ShippedDialects.all.map(\.name) == ["cii", "cn-einvoice", "cxml", "ubl"])
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
        "d.yaml:8:8: expected \"at\" with a path, or \"value\"",
        "d.yaml:9:28: expected a month such as YYYY-MM or YYYY年M月, not \"Y-M\"",
        "d.yaml:10:42: \"tolerance\" belongs to the family \"plain\"",
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

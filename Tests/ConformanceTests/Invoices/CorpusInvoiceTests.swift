import Foundation
import TestSupport
import Testing

/// Documents that others wrote, as `counterfoil invoices` lists them.
@Suite(.enabled(if: corpus != nil, "COUNTERFOIL_CORPUS names no folder of real documents"))
struct CorpusInvoiceTests {
  /// The listing of all XML files below some folders.
  private func listing(_ folders: String...) throws -> (rows: [[String: String]], code: Int32) {
    let files = try folders.flatMap { folder in
      let root = try #require(corpus).appendingPathComponent("invoices/\(folder)")
      return try filesBelow(root).keys.filter { $0.hasSuffix(".xml") }.sorted().map {
        root.appendingPathComponent($0).path
      }
    }
    return try listing(of: files)
  }

  private func listing(of files: [String]) throws -> (rows: [[String: String]], code: Int32) {
    let dialects = DataRoot.pipeline("dialects")
    let ending = try Program.run(["invoices", "--dialects", dialects] + files)
    return (Sheet(ending.output).rows, ending.code)
  }

  private func counts(_ rows: [[String: String]], _ column: String) -> [String: Int] {
    rows.reduce(into: [:]) { $0[$1[column] ?? "", default: 0] += 1 }
  }

  @Test func `every UBL and CII invoice and the 数电票 of the corpus are read`() throws {
    let (rows, code) = try listing("xrechnung/ubl", "xrechnung/cii", "cn-einvoice")
    #expect(code == 0)
    #expect(counts(rows, "Dialect") == ["ubl": 45, "cii": 41, "cn-einvoice": 1])
    #expect(counts(rows, "Status") == ["ok": 87])
  }

  /// The others are templates: one has words in place of a currency and a date, three state no amount.
  @Test func `cXML is read, or refused for what it lacks`() throws {
    let (rows, code) = try listing("cxml")
    #expect(code == 65)
    #expect(
      counts(rows, "Status") == [
        "ok": 2, "missing: gross": 2,
        "currency: \"currency_code\" is not an ISO 4217 code such as USD; "
          + "issueDate: \"invoice_date\" is not a date; missing: gross": 1,
      ])
  }

  @Test(arguments: [
    ("cfdi", 12, ["ok": 3, "missing: number": 9], ["invoice": 3, "receipt": 9]),
    ("fatturapa", 10, ["ok": 10], ["invoice": 10]),
  ])
  func `FatturaPA and CFDI are read, or refused for what they lack`(
    folder: String, count: Int, statuses: [String: Int], kinds: [String: Int]
  ) throws {
    let (rows, code) = try listing(folder)
    #expect(code == (statuses == ["ok": count] ? 0 : 65))
    #expect(counts(rows, "Dialect") == [folder: count])
    #expect(counts(rows, "Status") == statuses)
    #expect(counts(rows, "DocumentKind") == kinds)
  }

  /// Fragments for single rules, most of which lack nearly everything: the parts that are there are read
  /// as ElementTree reads them, and what is missing is named.
  @Test func `the fragments of the EN 16931 test sets are read as in Python`() throws {
    let folder = TemporaryFolder()
    let sets = try #require(corpus).appendingPathComponent("invoices/en16931-testsets/test")
    let expected = Sheet(try oracle(script("embedded.py"), [sets.path, folder.path]))
    let (rows, code) = try listing(of: expected.column("File"))
    #expect(code == 65 && rows.count == 1130)
    for (row, wanted) in zip(rows, expected.rows) {
      for column in expected.columns {
        #expect(row[column] == wanted[column], "\(column) of \(row)")
      }
      #expect(row["Status"]?.contains("missing: ") == true, "\(row)")
    }
    let kinds = counts(rows, "DocumentKind")
    #expect(kinds == ["invoice": 915, "credit": 215])
  }

  @Test func `no attack on XML parsers is read as an invoice`() throws {
    let root = try #require(corpus).appendingPathComponent("xml-attacks")
    let files = try filesBelow(root).keys.sorted().map { root.appendingPathComponent($0).path }
    let (rows, code) = try listing(of: files)
    #expect(code == 65 && rows.count == files.count)
    for row in rows { #expect(!["", "ok"].contains(row["Status"]), "\(row)") }
  }
}

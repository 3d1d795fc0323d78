import BillingModel
import ByteStreaming
import ExactNumbers
import Foundation
import Ingesting
import TestSupport
import Testing

@testable import PipelineRuntime

/// Documents that others wrote, read by the dialects that the repository ships.
@Suite(.enabled(if: corpus != nil)) struct InvoiceCorpusTests {
  private func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: #require(corpus).appendingPathComponent(path)))
  }

  private func files(below folder: String) throws -> [String] {
    let root = try #require(corpus).appendingPathComponent(folder)
    return try #require(FileManager.default.enumerator(atPath: root.path))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".xml") }.sorted()
  }

  /// File, type, number, date, currency, net, tax, gross, payable, prepaid, rounding, lines and their
  /// sum: read out of the files with Python's ElementTree and decimal.
  private static let xrechnung = """
    04.01a 380 12345 2019-05-15 EUR 12536.84 2382.00 14918.84 4918.84 10000.00 - 2 12536.84
    04.02a 380 12345 2019-05-15 EUR 27.72 5.27 32.99 32.99 - - 1 27.72
    04.03a 877 12345 2019-05-15 EUR 20175350.92 3933072.07 24108422.99 23044105.65 1064317.34 - 1 21165166.39
    04.04a 877 17794 2021-07-14 EUR 3508.77 666.67 4175.44 4175.44 - - 1 3508.77
    05.01a 380 123456XX 2016-04-04 EUR 314.86 22.04 336.90 366.86 - - 2 314.86
    01.01a 380 123456XX 2016-04-04 EUR 314.86 22.04 336.90 336.90 - - 2 314.86
    01.02a 380 123456 2016-06-21 EUR 11.78 0.82 12.60 12.60 - - 1 11.78
    01.03a 380 RR123456 2016-06-24 EUR 170.28 11.92 182.20 182.20 - - 2 170.28
    01.04a 380 1234/78/901 2016-06-16 EUR 120.00 0.00 120.00 120.00 - - 1 120.00
    01.05a 380 PRG1502112 2015-04-24 EUR 8870.00 1685.30 10555.30 10555.30 - - 4 8870.00
    01.06a 380 R123456789 2016-07-06 EUR 18236.72 3464.98 21701.70 21701.70 - - 7 18236.72
    01.07a 380 R1234567 2016-06-30 EUR 38.00 7.22 45.22 45.22 - - 1 38.00
    01.08a 380 R123456789 2016-01-18 EUR 2374.68 451.19 2825.87 2825.87 - - 1 2374.68
    01.09a 380 R123456 2016-04-06 EUR 6048.00 1149.12 7197.12 7197.12 - - 1 6048.00
    01.10a 380 Rechnungsnummer 2016-06-27 EUR 2180.00 414.20 2594.20 2594.20 - - 1 2180.00
    01.11a 380 Rechnungsnummer 2016-02-23 EUR 234.77 44.61 279.38 279.38 - - 3 234.77
    01.12a 380 Rechnungsnummer 2016-03-02 EUR 256.61 48.76 305.37 305.37 - - 5 256.61
    01.13a 380 Rechnungsnummer 2015-01-09 EUR 5330.00 1012.70 6342.70 6342.70 - - 11 5330.00
    01.14a 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 - - 2 10781.25
    01.15a 380 0000123456 2017-12-11 EUR 8980.00 1706.20 10686.20 10686.20 - - 4 8980.00
    01.17a 380 123456XX 2016-04-04 EUR 314.86 22.04 336.90 336.91 - 0.01 2 314.86
    01.18a 384 PRG1502112 2015-04-24 EUR 8870.00 1685.30 10555.30 10555.30 - - 4 8870.00
    01.19a 380 PRG1502112 2015-04-24 EUR 8870.00 1685.30 10555.30 10555.30 - - 4 8870.00
    01.20a 389 1234567890 2021-01-25 EUR 300.00 57.00 357.00 357.00 - - 2 300.00
    01.21a 380 18383 2020-11-27 EUR 233.00 0.00 233.00 233.00 - - 1 208.00
    02.01a 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 - 2 10781.25
    02.02a 380 1234567 2018-04-13 EUR 10781.25 0.00 10781.25 10781.25 0.00 - 2 10781.25
    02.03a 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 0.00 12829.69 - 2 10781.25
    02.04a 380 1234567 2018-04-13 EUR 0.00 0.00 0.00 0.00 0.00 - 2 0.00
    02.05a 380 1234567 2019-08-20 EUR 2311.94 264.47 2576.41 2576.41 - - 23 1492.23
    02.06a 380 1234567 2019-08-20 EUR 10.95 2.08 13.03 13.03 - - 2 10.95
    03.01a 380 123456789 2019-02-28 EUR 687.28 117.58 804.86 -225.14 1030.00 - 14 687.28
    03.02a 380 0000123456 2017-12-11 EUR 8980.00 1706.20 10686.20 10686.20 - - 4 8980.00
    03.03a 380 0000123456 2017-12-11 EUR 8980.00 1706.20 10686.20 10686.20 - - 4 8980.00
    03.04a 380 123456789 2018-06-05 EUR 35156.82 6679.80 41836.62 1997.62 39839.00 - 9 35156.82
    03.05a 380 123456789 2018-06-05 EUR 44682.01 8489.58 53171.59 53171.59 - - 3 44682.01
    03.06a 380 112233 2021-04-23 EUR 1500.00 304.00 1804.00 1804.00 - - 4 1500.00
    03.07a 380 1234567 2018-04-13 EUR 10781250.00 2048437.50 12829687.50 12829687.50 0.00 - 2 10781250.00
    01.01_comprehensive_test 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 - 2 10781.25
    01.02_comprehensive_test 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 - 2 10781.25
    01.03_comprehensive_test 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 - 2 10781.25
    01.04_comprehensive_test 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 - 2 10781.25
    01.05_minimal_test 380 1234567 2018-04-13 EUR 4743.75 0.00 4743.75 4743.75 - - 1 4743.75
    01.06_minimal_test 380 1234567 2018-04-13 EUR 3986.34 757.41 4743.75 4743.75 - - 1 3986.34
    02.01a-cvd_INVOICE 380 1234567 2018-04-13 EUR 10781250.00 2048437.50 12829687.50 12829687.50 0.00 - 2 10781250.00
    """

  private static let xrechnungCII = """
    04.05a 380 2020-1 2020-01-03 EUR 100.00 19.00 119.00 119.00 - - 1 100.00
    01.01a 380 123456XX 2016-04-04 EUR 314.86 22.04 336.90 336.90 - - 2 314.86
    01.02a 380 123456 2016-06-21 EUR 11.78 0.82 12.60 12.60 - - 1 11.78
    01.03a 380 RR123456 2016-06-24 EUR 170.28 11.92 182.20 182.20 - - 2 170.28
    01.04a 380 1234/78/901 2016-06-16 EUR 120.00 0.00 120.00 120.00 - - 1 120.00
    01.05a 380 PRG1502112 2015-04-24 EUR 8870.00 1685.30 10555.30 10555.30 - - 4 8870.00
    01.06a 380 R123456789 2016-07-06 EUR 18236.72 3464.98 21701.70 21701.70 - - 7 18236.72
    01.07a 380 R1234567 2016-06-30 EUR 38.00 7.22 45.22 45.22 - - 1 38.00
    01.08a 380 R123456789 2016-01-18 EUR 2374.68 451.19 2825.87 2825.87 - - 1 2374.68
    01.09a 380 R123456 2016-04-06 EUR 6048.00 1149.12 7197.12 7197.12 - - 1 6048.00
    01.10a 380 Rechnungsnummer 2016-06-27 EUR 2180.00 414.20 2594.20 2594.20 - - 1 2180.00
    01.11a 380 Rechnungsnummer 2016-02-23 EUR 234.77 44.61 279.38 279.38 - - 3 234.77
    01.12a 380 Rechnungsnummer 2016-03-02 EUR 256.61 48.76 305.37 305.37 - - 5 256.61
    01.13a 380 Rechnungsnummer 2015-01-09 EUR 5330.00 1012.70 6342.70 6342.70 - - 11 5330.00
    01.14a 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 - - 2 10781.25
    01.15a 380 0000123456 2017-12-11 EUR 8980.00 1706.20 10686.20 10686.20 - - 4 8980.00
    01.17a 380 123456XX 2016-04-04 EUR 314.86 22.04 336.90 336.91 - 0.01 2 314.86
    01.18a 384 PRG1502112 2015-04-24 EUR 8870.00 1685.30 10555.30 10555.30 - - 4 8870.00
    01.19a 380 PRG1502112 2015-04-24 EUR 8870.00 1685.30 10555.30 10555.30 - - 4 8870.00
    01.20a 389 1234567890 2021-01-25 EUR 300.00 57.00 357.00 357.00 0.00 - 2 300.00
    01.21a 380 18383 2020-11-27 EUR 233.00 0.00 233.00 233.00 - - 1 208.00
    02.01a 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 0.00 2 10781.25
    02.02a 380 1234567 2018-04-13 EUR 10781.25 0.00 10781.25 10781.25 0.00 0.00 2 10781.25
    02.03a 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 0.00 12829.69 0.00 2 10781.25
    02.04a 380 1234567 2018-04-13 EUR 0.00 0.00 0.00 0.00 0.00 0.00 2 0.00
    02.05a 380 1234567 2019-08-20 EUR 2311.94 264.47 2576.41 2576.41 - - 23 1492.23
    02.06a 380 1234567 2019-08-20 EUR 10.95 2.08 13.03 13.03 - - 2 10.95
    03.01a 380 123456789 2019-02-28 EUR 687.28 117.58 804.86 -225.14 1030.00 - 14 687.28
    03.02a 380 0000123456 2017-12-11 EUR 8980.00 1706.20 10686.20 10686.20 - - 4 8980.00
    03.03a 380 0000123456 2017-12-11 EUR 8980.00 1706.20 10686.20 10686.20 - - 4 8980.00
    03.04a 380 123456789 2018-06-05 EUR 35156.82 6679.80 41836.62 1997.62 39839.00 - 9 35156.82
    03.05a 380 123456789 2018-06-05 EUR 44682.01 8489.58 53171.59 53171.59 - - 3 44682.01
    03.06a 380 112233 2021-04-23 EUR 1500.00 304.00 1804.00 1804.00 - - 4 1500.00
    03.07a 380 1234567 2018-04-13 EUR 10781250.00 2048437.50 12829687.50 12829687.50 0.00 0.00 2 10781250.00
    01.01_comprehensive_test 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 0.00 2 10781.25
    01.02_comprehensive_test 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 0.00 2 10781.25
    01.03_comprehensive_test 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 0.00 2 10781.25
    01.04_comprehensive_test 380 1234567 2018-04-13 EUR 10781.25 2048.44 12829.69 12829.69 0.00 0.00 2 10781.25
    01.05_minimal_test 380 1234567 2018-04-13 EUR 4743.75 - 4743.75 4743.75 - - 1 4743.75
    01.06_minimal_test 380 1234567 2018-04-13 EUR 3986.34 757.41 4743.75 4743.75 - - 1 3986.34
    02.01a-cvd_INVOICE 380 1234567 2018-04-13 EUR 10781250.00 2048437.50 12829687.50 12829687.50 0.00 0.00 2 10781250.00
    """

  @Test(arguments: [("ubl", xrechnung), ("cii", xrechnungCII)])
  func `every XRechnung is read as Python reads it`(_ syntax: String, _ rows: String) throws {
    let folder = "invoices/xrechnung/\(syntax)"
    var expected = Set(rows.split(separator: "\n").map(String.init))
    for file in try files(below: folder) {
      let invoices = try ShippedDialects.read(bytes("\(folder)/\(file)"))
      #expect(invoices.count == 1, "\(file)")
      let invoice = try #require(invoices.first)
      let row = Self.row(file, invoice)
      #expect(expected.remove(row) != nil, "\(row)")
      #expect(invoice.dialect.string == syntax && invoice.refusal == "", "\(file)")
    }
    #expect(expected.isEmpty)
  }

  private static func row(_ file: String, _ invoice: Invoice) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? ""
    let amounts = [
      invoice.net, invoice.tax, invoice.gross, invoice.payable, invoice.prepaid, invoice.rounding,
    ].map { $0?.description ?? "-" }
    let parts =
      [
        name.replacing("_ubl.xml", with: "").replacing("_uncefact.xml", with: "")
          .replacing("-INVOICE", with: ""),
        invoice.typeCode.string, invoice.invoiceID.string, invoice.issueDate?.description ?? "-",
        invoice.currency.description,
      ] + amounts + ["\(invoice.lineCount)", invoice.lineNetSum?.description ?? "-"]
    return parts.joined(separator: " ")
  }

  /// One document pays for third parties, by an extension that BR-CO-16 does not know: it is not held to it.
  @Test func `the arithmetic of every XRechnung holds`() throws {
    let folder = "invoices/xrechnung"
    var failing: [String] = []
    for file in try files(below: folder) {
      for invoice in try ShippedDialects.read(bytes("\(folder)/\(file)")) {
        // One CII states no tax total: nothing to hold BR-CO-14 against.
        let minimal = file.hasSuffix("01.05_minimal_test_uncefact.xml")
        let extended = file.hasSuffix("05.01a-INVOICE_ubl.xml")
        #expect(invoice.checks.count == (minimal || extended ? 9 : 10), "\(file)")
        failing += invoice.checks.filter { !$0.holds }.map {
          "\(file.suffix(22)) \($0.rule.rawValue)"
        }
      }
    }
    #expect(failing == [])
  }

  @Test(arguments: [("Invoice-unit-UBL", 79), ("CreditNote-unit-UBL", 24), ("cii", 9)])
  func `the unit tests of EN 16931 are met`(_ folder: String, _ count: Int) throws {
    let folder = "invoices/en16931-testsets/test/\(folder)"
    var met = 0
    for file in try files(below: folder) {
      let bytes = try bytes("\(folder)/\(file)")
      let wanted = Self.expectations(in: String(decoding: bytes, as: UTF8.self))
      guard wanted.contains(where: { !$0.isEmpty }) else { continue }
      let invoices = try ShippedDialects.read(bytes, dialects: try Self.dialectsInTestSets())
      try #require(invoices.count == wanted.count, "\(file)")
      for (invoice, wanted) in zip(invoices, wanted) {
        for (rule, holds) in wanted {
          let check = invoice.checks.first { $0.rule == rule }
          #expect(check?.holds == holds, "\(file) document \(invoice.index) \(rule.rawValue)")
          met += 1
        }
      }
    }
    #expect(met == count)
  }

  /// The shipped tables, made to look inside `testSet/test`.
  private static func dialectsInTestSets() throws -> [Dialect] {
    let namespace: Text = "http://difi.no/xsd/vefa/validator/1.0"
    return ShippedDialects.all.map { dialect in
      var dialect = dialect
      dialect.wrappers = [["testSet", "test"].map { ElementName(namespace: namespace, local: $0) }]
      return dialect
    }
  }

  /// For each `<test>` of a file: which of our rules must hold or fail.
  private static func expectations(in text: String) -> [[ArithmeticRule: Bool]] {
    text.replacing(/<!--(?s:.*?)-->/, with: "").matches(of: /<test(?: [^>]*)?>(?s:.*?)<\/test>/).map
    { test in
      var wanted: [ArithmeticRule: Bool] = [:]
      for match in test.0.matches(of: /<(success|error)>\s*([A-Z0-9-]+)\s*<\//) {
        if let rule = ArithmeticRule(rawValue: String(match.2)) {
          wanted[rule] = match.1 == "success"
        }
      }
      return wanted
    }
  }
}

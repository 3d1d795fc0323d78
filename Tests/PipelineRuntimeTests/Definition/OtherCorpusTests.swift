import BillingModel
import ExactNumbers
import Foundation
import Ingesting
import TestSupport
import Testing

@testable import PipelineRuntime

/// Documents outside EN 16931 that others wrote, read by the dialects that the repository ships.
@Suite(.enabled(if: corpus != nil)) struct OtherCorpusTests {
  private func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: #require(corpus).appendingPathComponent(path)))
  }

  private func files(below folder: String) throws -> [String] {
    let root = try #require(corpus).appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: root.path)
      .filter { $0.hasSuffix(".xml") }.sorted()
  }

  @Test func `the five cXML samples are read, and what they lack is said`() throws {
    let expected: [String: String] = [
      "invoice_backed_and_unbacked_by_pos.xml": "",
      "invoice_backed_by_multiple_pos.xml": "",
      "invoice_taxes_at_line.xml": "missing: gross",
      "invoice_taxes_at_line_multiple_taxes.xml":
        "currency: \"currency_code\" is not an ISO 4217 code such as USD; "
        + "issueDate: \"invoice_date\" is not a date; missing: gross",
      "invoice_taxes_at_total.xml": "missing: gross",
    ]
    let files = try files(below: "invoices/cxml")
    #expect(files == expected.keys.sorted())
    for file in files {
      let invoice = try #require(
        try ShippedDialects.read(bytes("invoices/cxml/\(file)")).first)
      #expect(invoice.dialect == "cxml" && invoice.refusal.string == expected[file], "\(file)")
    }
    let many = try #require(
      try ShippedDialects.read(bytes("invoices/cxml/invoice_backed_by_multiple_pos.xml")).first)
    #expect(many.purchaseOrder == "2252;2253")
    // 200 + 20, and a NetAmount of 0: the document contradicts itself.
    #expect(many.lineNetSum?.description == "220.00")
    #expect(many.gross == .zero)
    #expect(many.checks.filter { !$0.holds }.map(\.rule) == [.grossSum])
    #expect(many.transportID == "20101222 190337.2999")
    // 3 × 100 is not 200.
    let odd = try #require(
      try ShippedDialects.read(bytes("invoices/cxml/invoice_backed_and_unbacked_by_pos.xml")).first)
    let product = odd.checks.first { $0.rule == .lineProduct }
    #expect(product?.holds == false && product?.subject == "line 1")
    #expect(product?.computed?.description == "300.00")
  }

  @Test func `the 数电票 sample is read to its last field`() throws {
    let invoices = try ShippedDialects.read(bytes("invoices/cn-einvoice/sample_einvoice.xml"))
    let invoice = try #require(invoices.first)
    #expect(invoice.invoiceID == "99990000000000000001")
    #expect(invoice.issueDate?.description == "2026-05-19")
    #expect(invoice.currency == "CNY")
    #expect(invoice.net?.description == "1000.00")
    #expect(invoice.tax?.description == "130.00")
    #expect(invoice.gross?.description == "1130.00")
    #expect(invoice.seller == Party(name: "测试销售方有限公司", taxID: "91SELLERTAXID00000X"))
    #expect(invoice.buyer == Party(name: "测试购买方有限公司", taxID: "91BUYERTAXID00000Y"))
    #expect(invoice.remark == "测试备注内容")
    #expect(invoice.items.map(\.serviceName) == ["无规格测试品", "测试软管甲"])
    #expect(invoice.paymentAccounts == ["0000000000000000001"])
    #expect(
      invoice.checks.map(\.rule)
        == [.lineSum, .grossSum, .lineGross, .lineTax, .lineTaxSum, .lineGrossSum])
    #expect(invoice.checks.allSatisfy { $0.holds })
    #expect(invoice.refusal == "")
  }

  /// File, document, number, date, net, tax, gross: by hand out of the files. Two lots state a base of 27
  /// for lines of 25.
  private static let fatturapa = """
    FPA01 1 123 2017-01-18 5.00 1.10 6.10
    FPA02 1 123 2017-01-18 25.00 5.50 30.50
    FPA03 1 12 2017-01-18 25.00 5.50 30.50
    FPA03 2 456 2017-01-20 2000.00 440.00 2440.00
    FPR01 1 123 2014-12-18 5.00 1.10 6.10
    FPR02 1 123 2014-12-18 25.00 5.50 30.50
    FPR03 1 123 2014-12-18 27.00 5.95 32.95 TaxBase
    FPR03 2 456 2014-12-20 2000.00 440.00 2440.00
    FPR04 1 123 2014-12-18 27.00 5.95 32.95 TaxBase
    FPR04 2 456 2014-12-20 2000.00 440.00 2440.00
    """

  @Test func `every body of every FatturaPA is read`() throws {
    var rows: [String] = []
    for file in try files(below: "invoices/fatturapa") {
      for invoice in try ShippedDialects.read(bytes("invoices/fatturapa/\(file)")) {
        #expect(invoice.refusal == "" && invoice.seller.taxID == "IT01234567890", "\(file)")
        let amounts = [invoice.net, invoice.tax, invoice.gross].map { $0?.description ?? "-" }
        let failing = invoice.checks.filter { !$0.holds }.map(\.rule.rawValue)
        rows.append(
          ([
            String(file.dropLast(4).suffix(5)), "\(invoice.index)", invoice.invoiceID.string,
            invoice.issueDate?.description ?? "-",
          ] + amounts + failing).joined(separator: " "))
      }
    }
    #expect(rows == Self.fatturapa.split(separator: "\n").map(String.init))
  }

  /// Nine receipts that were never stamped and have no number, and one invoice in three forms.
  @Test func `every CFDI is read, or refused for the number that it lacks`() throws {
    for file in try files(below: "invoices/cfdi") {
      let invoice = try #require(try ShippedDialects.read(bytes("invoices/cfdi/\(file)")).first)
      #expect(invoice.checks.allSatisfy { $0.holds }, "\(file)")
      if file.hasPrefix("cfdv40") {
        #expect(invoice.kind == .receipt && invoice.refusal == "missing: number", "\(file)")
      } else {
        #expect(invoice.kind == .invoice && invoice.refusal == "", "\(file)")
        #expect(invoice.invoiceID == "A123456")
        // 15390.30 + 2462.45 = 17852.75, of which 3180.67 are withheld: 14672.08.
        #expect(invoice.gross?.description == "17852.75")
        #expect(invoice.payable?.description == "14672.08")
        let rules = Set(invoice.checks.map(\.rule))
        #expect(rules == [.lineSum, .lineProduct, .payableSum, .taxRate, .taxSum])
      }
    }
  }
}

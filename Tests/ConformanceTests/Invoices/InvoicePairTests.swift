import Foundation
import TestSupport
import Testing

/// Invoices that others wrote in both syntaxes of EN 16931: the listing says the same of both.
@Suite(.enabled(if: corpus != nil, "COUNTERFOIL_CORPUS names no folder of real documents"))
struct InvoicePairTests {
  private static let amounts: Set<String> = [
    "Net", "Tax", "Gross", "Payable", "Prepaid", "Rounding", "LineNetSum", "AllowanceTotal",
    "ChargeTotal",
  ]
  /// The two schematrons differ in BR-CO-17.
  private static let passedOver: Set<String> = ["File", "Dialect", "BR-CO-17"]

  /// What the files themselves say differently: case, column, UBL, CII.
  private static let differences: Set<String> = [
    // The CII has no order.
    "01.02a-INVOICE PurchaseOrder Dummywert -", "01.08a-INVOICE PurchaseOrder Dummywert -",
    "01.09a-INVOICE PurchaseOrder Dummywert -", "01.10a-INVOICE PurchaseOrder Dummywert -",
    "01.11a-INVOICE PurchaseOrder Dummywert -", "01.12a-INVOICE PurchaseOrder Dummywert -",
    "01.13a-INVOICE PurchaseOrder Dummywert -",
    // The CII names one of two preceding invoices.
    "01.01_comprehensive_test PrecedingInvoice PIR1234567890;PIR0987654321 PIR1234567890",
    // The CII states no tax total, so that there is nothing to check.
    "01.05_minimal_test BR-CO-14 ok -",
    // Another seller.
    "01.21a-INVOICE SellerTaxId DE 123456789 DE152338654",
  ]

  private func rows() throws -> [[String: String]] {
    let root = try #require(corpus).appendingPathComponent("invoices/xrechnung")
    let files = try filesBelow(root).keys.filter { $0.hasSuffix(".xml") }.sorted().map {
      root.appendingPathComponent($0).path
    }
    let ending = try Program.run(["invoices", "--dialects", DataRoot.pipeline("dialects")] + files)
    #expect(ending.code == 0)
    return Sheet(ending.output).rows
  }

  private func name(_ row: [String: String]) -> String {
    let file = row["File"]?.split(separator: "/").last ?? ""
    return String(file).replacing("_ubl.xml", with: "").replacing("_uncefact.xml", with: "")
  }

  private func value(_ row: [String: String], _ column: String) -> String {
    let text = row[column] ?? ""
    return Self.amounts.contains(column) && (text.isEmpty || text == "0.00") ? "0" : text
  }

  @Test func `40 invoices in UBL and CII are the same but for what their files say differently`()
    throws
  {
    let rows = try rows()
    var pairs = 0
    var found: Set<String> = []
    let ubl = Dictionary(
      rows.filter { $0["Dialect"] == "ubl" }.map { (name($0), $0) }, uniquingKeysWith: { a, _ in a }
    )
    for cii in rows where cii["Dialect"] == "cii" {
      guard let ubl = ubl[name(cii)] else { continue }
      pairs += 1
      for column in cii.keys where !Self.passedOver.contains(column) {
        let (left, right) = (value(ubl, column), value(cii, column))
        if left != right {
          let sides = [left, right].map { $0.isEmpty ? "-" : $0 }
          found.insert("\(name(cii)) \(column) \(sides[0]) \(sides[1])")
        }
      }
    }
    #expect(pairs == 40)
    #expect(found == Self.differences)
  }
}

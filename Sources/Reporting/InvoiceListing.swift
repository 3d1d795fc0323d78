package import BillingModel

/// What `counterfoil invoices` prints: what was read from each document, amounts and signs as the
/// document states them.
package enum InvoiceListing {
  /// A document with its checks, or a file that could not be read at all.
  private enum Row {
    case invoice(Invoice)
    case refused(file: Text, reason: Text)

    var order: (file: Text, index: Int) {
      switch self {
      case .invoice(let invoice): (invoice.file, invoice.index)
      case .refused(let file, _): (file, 0)
      }
    }
  }

  /// EN 16931's rules; what other documents are held to goes to the findings.
  private static let rules: [ArithmeticRule] = [
    .brCO10, .brCO11, .brCO12, .brCO13, .brCO14, .brCO15, .brCO16, .brCO17,
  ]

  private static let columns: [Text] =
    [
      "File", "Index", "Dialect", "DocumentKind", "TypeCode", "InvoiceId", "IssueDate", "Currency",
      "Net", "Tax", "Gross", "Payable", "Prepaid", "Rounding", "LineCount", "LineNetSum",
      "AllowanceTotal", "ChargeTotal", "PrecedingInvoice", "PurchaseOrder", "SellerTaxId",
      "BuyerTaxId",
    ] + rules.map { Text($0.rawValue) } + ["Status"]

  /// Sorted by file and index, without byte-order mark and without spreadsheet prefixes.
  package static func csv(
    _ invoices: [Invoice], faults: [(file: Text, message: Text)]
  ) -> [UInt8] {
    let rows =
      invoices.map { Row.invoice($0) }
      + faults.map { Row.refused(file: $0.file, reason: $0.message) }
    var writer = CSVWriter(columns: columns, for: .program)
    write(rows, to: &writer)
    return writer.bytes
  }

  /// The same of documents, as evidence for people.
  static func csv(_ invoices: [Invoice], byteOrderMark: Bool) -> [UInt8] {
    var writer = CSVWriter(columns: columns, for: .spreadsheet, byteOrderMark: byteOrderMark)
    write(invoices.map { Row.invoice($0) }, to: &writer)
    return writer.bytes
  }

  private static func write(_ rows: [Row], to writer: inout CSVWriter) {
    for row in rows.sorted(by: { $0.order < $1.order }) {
      switch row {
      case .invoice(let invoice): writer.append(cells(invoice))
      case .refused(let file, let reason): writer.append(cells(file: file, reason: reason))
      }
    }
  }

  private static func cells(_ invoice: Invoice) -> [Cell] {
    let identity: [Cell] = [
      .text(invoice.file), .count(invoice.index), .text(invoice.dialect), .word(invoice.kind),
      .text(invoice.typeCode), .text(invoice.invoiceID), .day(invoice.issueDate),
      .currency(invoice.currency),
    ]
    let amounts: [Cell] = [
      .amount(invoice.net), .amount(invoice.tax), .amount(invoice.gross), .amount(invoice.payable),
      .amount(invoice.prepaid), .amount(invoice.rounding), .count(invoice.lineCount),
      .amount(invoice.lineNetSum), .amount(invoice.allowanceTotal), .amount(invoice.chargeTotal),
    ]
    let parties: [Cell] = [
      .text(invoice.precedingInvoice), .text(invoice.purchaseOrder), .text(invoice.seller.taxID),
      .text(invoice.buyer.taxID),
    ]
    let verdicts = rules.map { Cell.text(verdict(on: $0, of: invoice)) }
    let status = Cell.text(invoice.refusal.isEmpty ? "ok" : invoice.refusal)
    return identity + amounts + parties + verdicts + [status]
  }

  private static func cells(file: Text, reason: Text) -> [Cell] {
    [.text(file)] + Array(repeating: .text(""), count: columns.count - 2) + [.text(reason)]
  }

  /// Empty where the document does not hold what the rule needs. BR-CO-17 is checked once for each
  /// tax subtotal: one failure fails it.
  private static func verdict(on rule: ArithmeticRule, of invoice: Invoice) -> Text {
    let checks = invoice.checks.filter { $0.rule == rule }
    if checks.isEmpty { return "" }
    return checks.allSatisfy(\.holds) ? "ok" : "FAIL"
  }
}

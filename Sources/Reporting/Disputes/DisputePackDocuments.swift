import BillingModel
import ExactNumbers

/// The documents of `disputes/<FindingId>/`: a letter in English and one in Chinese, the line items as the
/// export states them, and the arithmetic.
enum DisputePackDocuments {
  static func all(
    _ pack: DisputePack, _ options: ReportOptions
  ) throws(AmountOverflow) -> [Document] {
    let folder = "disputes/\(pack.dispute.findingID)"
    let letter = DisputeLetter(pack)
    return [
      text("\(folder)/letter-en.txt", letter.english, options),
      text("\(folder)/letter-zh.txt", letter.chinese, options),
      evidence("\(folder)/evidence.csv", pack, options),
      try DisputeArithmetic.document("\(folder)/arithmetic.csv", pack, options),
    ]
  }

  private static func text(_ name: String, _ text: String, _ options: ReportOptions) -> Document {
    let mark: [UInt8] = options.byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    return Document(name: Text(name), bytes: mark + Array(text.utf8), rows: 0)
  }

  // MARK: Evidence

  /// The cells of the export, verbatim; numbers are not made safe for spreadsheets, since they are numbers.
  private static func evidence(
    _ name: String, _ pack: DisputePack, _ options: ReportOptions
  ) -> Document {
    if !pack.documents.isEmpty {
      return Document(
        name: Text(name),
        bytes: InvoiceListing.csv(pack.documents, byteOrderMark: options.byteOrderMark),
        rows: pack.documents.count)
    }
    var writer = CSVWriter(
      columns: ["File", "FileSha256", "Record"] + pack.columns, for: .spreadsheet,
      byteOrderMark: options.byteOrderMark)
    for line in pack.lines {
      writer.append(encoded: CSVWriter.encode(line.file, for: .spreadsheet))
      writer.append(encoded: CSVWriter.encode(line.place.file, for: .spreadsheet))
      writer.append(count: line.place.record)
      for cell in line.cells {
        let isNumber = (try? Amount(parsing: cell.string)) != nil
        writer.append(encoded: CSVWriter.encode(cell, for: isNumber ? .program : .spreadsheet))
      }
      writer.endRecord()
    }
    return Document(name: Text(name), bytes: writer.bytes, rows: writer.rows)
  }
}

/// Finds the columns of money in an export of any format.
struct LineReading {
  private let costs: Int?
  private let rates: Int?
  private let quantities: Int?
  private let invoices: Int?
  private let sellers: Int?

  init(_ columns: [Text]) {
    func place(_ names: [Text]) -> Int? {
      names.lazy.compactMap { name in columns.firstIndex(of: name) }.first
    }
    costs = place(["lineItem/UnblendedCost", "line_item_unblended_cost", "BilledCost"])
    rates = place(["lineItem/UnblendedRate", "line_item_unblended_rate", "ContractedUnitPrice"])
    quantities = place(["lineItem/UsageAmount", "line_item_usage_amount", "PricingQuantity"])
    sellers = place([
      "bill/InvoicingEntity", "bill_invoicing_entity", "InvoiceIssuerName", "InvoiceIssuer",
    ])
    invoices = place(["bill/InvoiceId", "bill_invoice_id", "InvoiceId"])
  }

  func cost(_ line: DisputePack.Line) -> Amount? { amount(costs, line) }
  func rate(_ line: DisputePack.Line) -> Amount? { amount(rates, line) }
  func quantity(_ line: DisputePack.Line) -> Amount? { amount(quantities, line) }

  func seller(_ line: DisputePack.Line) -> Text { sellers.map { line.cells[$0] } ?? "" }

  func invoiceID(_ line: DisputePack.Line) -> Text {
    invoices.map { line.cells[$0] } ?? ""
  }

  /// Those of all lines, each once.
  func invoiceIDs(_ lines: [DisputePack.Line]) -> [Text] {
    Set(lines.map(invoiceID).filter { !$0.isEmpty }).sorted()
  }

  private func amount(_ place: Int?, _ line: DisputePack.Line) -> Amount? {
    guard let place else { return nil }
    return try? Amount(parsing: line.cells[place].string)
  }
}

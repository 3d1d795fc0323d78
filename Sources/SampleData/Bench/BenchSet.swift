import BillingModel
import ExactNumbers

/// Writes one month for the benchmarks: clean, so that a night over it proves every invoice and finds
/// nothing, and large.
struct BenchSet {
  private let settings: BenchSettings
  private let columns: ExportColumns
  private let delivery: BenchDelivery
  private var writer: RowWriter
  private var close: MonthClose

  init(_ settings: BenchSettings) throws(BenchFault) {
    self.settings = settings
    columns = try ExportColumns(count: settings.columns, tags: settings.tags)
    delivery = BenchDelivery(settings)
    let table = ProfileTable(settings)
    writer = RowWriter(table, columns, seed: settings.seed)
    close = MonthClose(table)
  }

  /// Rows in shuffled order, then those that close the month.
  mutating func write() throws -> BenchFigures {
    let header = columns.names.map(Spelling.field).joined(separator: ",") + "\n"
    var files = try CompressedFiles(delivery.dataFiles(), header: Array(header.utf8))
    let body = settings.rows - close.rowCount
    let shuffle = Shuffle(body, "bench shuffle \(settings.seed)")
    var block: [UInt8] = []
    block.reserveCapacity(CompressedFiles.blockSize + 8192)
    for index in 0..<body {
      close.add(writer.append(shuffle(index), to: &block))
      guard block.count >= CompressedFiles.blockSize else { continue }
      try files.append(block)
      block.removeAll(keepingCapacity: true)
    }
    let closing = try close.rows()
    for (index, row) in closing.enumerated() { append(row, number: body + index, to: &block) }
    try files.append(block)
    let gzipBytes = try files.finish()
    try delivery.write(
      columns, close.drafts(closing, issued: BenchSettings.period.end.advanced(by: 2)))
    let figures = BenchFigures(
      settings: settings, rows: body + closing.count,
      groups: writer.table.groups(ofFirst: body) + closing.count,
      plainBytes: files.plainBytes, gzipBytes: gzipBytes)
    try delivery.write(figures)
    return figures
  }

  private mutating func append(
    _ row: MonthClose.Row, number: Int, to block: inout [UInt8]
  ) {
    let period = BenchSettings.period
    var id: [UInt8] = []
    writer.appendID(number, to: &id)
    let (start, end) = (Spelling.midnight(period.firstDay), Spelling.midnight(period.end))
    var further = [
      "identity/LineItemId": String(decoding: id, as: UTF8.self),
      "identity/TimeInterval": start + "/" + Spelling.midnight(period.firstDay.advanced(by: 1)),
      "lineItem/LineItemType": row.type, "lineItem/UsageStartDate": start,
      "lineItem/UsageEndDate": end, "lineItem/ProductCode": row.product.code,
      "lineItem/UsageType": row.usageType, "lineItem/UsageAmount": "1.0000000000",
      "lineItem/UnblendedCost": row.cost.description, "lineItem/BlendedCost": row.cost.description,
      "lineItem/LineItemDescription": row.description,
      "product/ProductName": row.product.name, "product/servicecode": row.product.code,
    ]
    if row.type == "Tax" { further["lineItem/TaxType"] = "VAT" }
    if row.type == "RIFee" {
      further["reservation/ReservationARN"] = BenchCompany.reservationARN(
        BenchCompany.invoice(of: row.account))
    }
    let fields = ProfileFields(account: row.account, further: further)
    block += columns.names.map { Spelling.field(fields[$0] ?? "") }.joined(separator: ",").utf8
    block.append(UInt8(ascii: "\n"))
  }
}

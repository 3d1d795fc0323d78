import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting
import Reporting
import Tabulating

/// What `counterfoil summarize` does: exact sums over exports, without a ledger.
package struct Summarizing {
  package let text: String
  /// Files that were refused and rows that were rejected.
  package let warnings: [String]

  package static func sums(
    of files: [String], by columns: [String], asTable: Bool, workers: Int?
  ) throws(Stop) -> Summarizing {
    guard !columns.isEmpty else { throw .usage("--by names no column") }
    let summary = ExportSummary(by: columns.map { Text($0) })
    let pool = try PipelineRunner.pool(workers)
    let looks = pool.drain(
      files, makeState: { Look(worker: summary.makeWorker()) }
    ) { look, _, file in look.read(file) }
    // A worker that met a fault holds half a file: what it read is not shown.
    if let fault = looks.compactMap(\.fault).min(by: { $0.message < $1.message }) {
      throw fault.code == "UnreadableFile"
        ? .missing(fault.message.string) : .usage(fault.message.string)
    }
    let result = try Stop.catching("summarize") { () throws(MergeFault) in
      try summary.merge(looks.map(\.worker), on: pool)
    }
    return Summarizing(
      text: asTable ? table(result, columns) : csv(result, columns),
      warnings: result.rejects.map(\.message.string))
  }

  private struct Look: Sendable {
    var worker: ExportSummary.Worker
    var fault: ExportFault?

    mutating func read(_ file: String) {
      do throws(ExportFault) {
        var source = try ByteSource(export: Path(file), name: Text(file))
        try worker.read(&source, ExportFile(name: Text(file), sha256: Text(file)))
      } catch {
        fault = fault ?? error
      }
    }
  }

  private static func header(_ columns: [String]) -> [Text] {
    columns.map { Text($0) } + ["BillingCurrency", "BilledCost", "ConsumedQuantity", "LineItems"]
  }

  private static func cells(_ rows: SummaryRows, _ row: Int) -> [Cell] {
    (0...rows.columnCount).map { .text(rows.text(rows.key(row, $0), in: $0)) } + [
      .amount(rows.billedCosts[row]), .amount(rows.consumedQuantities[row]),
      .count(rows.lineItems[row]),
    ]
  }

  private static func csv(_ result: ExportSummary.Result, _ columns: [String]) -> String {
    var writer = CSVWriter(columns: header(columns), for: .program)
    for row in 0..<result.rows.count { writer.append(cells(result.rows, row)) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func table(_ result: ExportSummary.Result, _ columns: [String]) -> String {
    var table = Table(columns: header(columns), widest: 40)
    for row in 0..<result.rows.count { table.append(cells(result.rows, row)) }
    return table.text
  }
}

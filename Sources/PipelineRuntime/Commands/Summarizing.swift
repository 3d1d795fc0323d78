import BillingModel
import ByteStreaming
import Ingesting
import Normalizing
import Reporting
import Tabulating

/// What `counterfoil summarize` does: exact sums over exports, without a ledger.
package struct Summarizing {
  private let columns: [String]
  private let result: ExportSummary.Result
  private let threads: WorkerPool

  /// - Parameters:
  ///   - columns: What to sum by, at least one.
  ///   - tags: The file of tag rules; it is read only if a column is a tag dimension.
  package init(
    _ files: [String], by columns: [String], tags: String, workers: Int?
  ) throws(Stop) {
    guard !columns.isEmpty else { throw .usage("--by names no column") }
    self.columns = columns
    let threads = try PipelineRunner.pool(workers)
    self.threads = threads
    FreedMemory.goesBack(fromSize: 256 << 10)
    let summary = ExportSummary(
      by: columns.map { Text($0) }, dimensions: try Self.dimensions(among: columns, tags))
    let looks = threads.drain(
      files, makeState: { Look(worker: summary.makeWorker()) }
    ) { look, _, file in look.read(file, among: files.count, on: threads) }
    // A worker that met a fault holds half a file: what it read is not shown.
    if let fault = looks.compactMap(\.fault).min(by: { $0.message < $1.message }) {
      throw Self.stop(fault)
    }
    result = try Stop.catching("summarize") { () throws(MergeFault) in
      try summary.merge(looks.map(\.worker), on: threads)
    }
  }

  private static func stop(_ fault: ExportFault) -> Stop {
    if let failure = fault.failure, failure.call != "open" { return Stop(failure) }
    return switch fault.code {
    case "UnreadableFile": .missing(fault.message.string)
    case "UnknownColumn": .usage(fault.message.string)
    case "AmountOverflow": .overflow(fault.message.string)
    default: .refused(fault.message.string)
    }
  }

  /// Rows that were rejected.
  package var warnings: [String] { result.rejects.map(\.message.string) }

  private struct Look: Sendable {
    var worker: ExportSummary.Worker
    var fault: ExportFault?

    mutating func read(_ file: String, among count: Int, on threads: WorkerPool) {
      do throws(ExportFault) {
        try threads.withExport(Path(file), Text(file), among: count) {
          source throws(ExportFault) in
          try worker.read(&source, ExportFile(name: Text(file), sha256: Text(file)))
        }
      } catch {
        fault = fault ?? error
      }
    }
  }

  /// How to read the dimensions that are asked for, by the tags alone.
  private static func dimensions(
    among columns: [String], _ tags: String
  ) throws(Stop) -> [Text: DimensionReading] {
    let wanted = Dimension.allCases.filter { columns.contains($0.rawValue) }
    if wanted.isEmpty { return [:] }
    let attributor = Attributor(
      rules: try DefinitionFiles.tagRules(in: Path(tags)), accounts: AccountDirectory([]))
    var readings: [Text: DimensionReading] = [:]
    for dimension in wanted {
      readings[Text(dimension.rawValue)] = { tags in
        attributor.attribution(tags: tags, subAccountID: "")[dimension].value
      }
    }
    return readings
  }

  // MARK: Output

  private var header: [Text] {
    columns.map { Text($0) } + ["BillingCurrency", "BilledCost", "ConsumedQuantity", "LineItems"]
  }

  /// Prints the sums to standard output, as CSV or as an aligned table.
  package func print(asTable: Bool) throws(Stop) {
    if asTable {
      try Console.print(table)
    } else {
      try SummaryPrinter(result.rows, on: threads).write(columns: header) { bytes throws(Stop) in
        try Console.print(bytes)
      }
    }
  }

  private var table: String {
    var table = Table(columns: header, widest: 40)
    let rows = result.rows
    for row in 0..<rows.count {
      table.append(
        (0...rows.columnCount).map { .text(rows.text(rows.key(row, $0), in: $0)) } + [
          .amount(rows.billedCosts[row]), .amount(rows.consumedQuantities[row]),
          .count(rows.lineItems[row]),
        ])
    }
    return table.text
  }
}

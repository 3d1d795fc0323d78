package import BillingModel
package import ByteStreaming
import ExactNumbers
package import Tabulating

/// One pass over the files of a delivery: exact sums by charge and by tags, rejects, and the rows that
/// the screens of the rules look for.
///
/// Screens over groups look twice: the first look keeps hashes and says which groups may have tripped,
/// and only if there are some, a second one reads the files again and compares the groups themselves.
package struct ExportPass: Sendable {
  private let screens: [Screen]

  package init(screens: [Screen]) { self.screens = screens }

  private var query: TableQuery {
    var query = ExportQuery.query(
      sums: [Field.netUnblendedCost.slot, Field.consumedQuantity.slot],
      groupings: [ExportQuery.usageKey, ExportQuery.allocationKey, ExportQuery.priceKey],
      screens: screens)
    query.largestAddend = Self.largestQuantity
    query.marked = ExportQuery.days(ofGrouping: 1)
    return query
  }

  /// 10¹² units of 10⁻¹⁸: no row has used more, and a hundred million of them still have a sum.
  private static let largestQuantity: Int128 = 1_000_000_000_000_000_000_000_000_000_000

  /// A worker of the first look, one for each thread.
  package func makeWorker() -> ExportWorker { ExportWorker(screens, Tabulator(query)) }

  /// Merges the workers; which read which files, and in what order, does not matter.
  package func merge(
    _ workers: [ExportWorker], on threads: some ParallelMapping = OneThread()
  ) throws(MergeFault) -> FirstLook {
    let table = try Tabulation(query, workers.map(\.tabulator), on: threads)
    return try FirstLook(screens, table, workers.flatMap(\.files))
  }
}

/// What the first look found.
package struct FirstLook: Sendable {
  /// All but the suspects of group screens.
  package let contents: ExportContents
  private let screens: [Screen]
  private let table: Tabulation
  private let files: [ReadFile]

  fileprivate init(
    _ screens: [Screen], _ table: Tabulation, _ files: [ReadFile]
  ) throws(MergeFault) {
    self.screens = screens
    self.table = table
    self.files = files
    do throws(AmountOverflow) {
      contents = try ContentsWriter(screens, table, files).contents()
    } catch {
      throw .overflow
    }
  }

  /// Whether the files must be read once more.
  package var needsSecondLook: Bool { table.needsSecondLook }

  /// A worker of the second look.
  package func makeWorker() -> ExportWorker { ExportWorker(screens, table.secondWorker()) }

  /// The whole contents, with what the workers of a second look over the same files found.
  package func finish(_ workers: [ExportWorker]) throws(MergeFault) -> ExportContents {
    var table = table
    try table.finish(workers.map(\.tabulator))
    var result = contents
    result.suspects = ContentsWriter(screens, table, files).suspects()
    return result
  }
}

/// Reads files into tables of its own. After a fault it holds half a file and must be thrown away.
package struct ExportWorker: Sendable {
  private let screens: [Screen]
  fileprivate let tabulator: Tabulator
  fileprivate private(set) var files: [ReadFile] = []

  fileprivate init(_ screens: [Screen], _ tabulator: Tabulator) {
    self.screens = screens
    self.tabulator = tabulator
  }

  /// Reads one file to its verified end, and returns what ``absorb(_:as:)`` takes in instead of reading the
  /// same bytes again.
  package mutating func readWhole(
    _ source: inout ByteSource, _ file: ExportFile
  ) throws(ExportFault) -> [UInt8] {
    var reader = CSVReader()
    let header = try ExportReading.header(&reader, &source, file)
    let binding = try ColumnBinding(header, file)
    var writer = PackedWriter()
    writer.put(header.count)
    for column in header { writer.put(column) }
    let read = try ExportReading.tabulateWhole(
      tabulator, &reader, &source, binding, binding.layout(screens), file, packing: &writer)
    files.append(read)
    writer.put(read.notes.count)
    for note in read.notes { writer.put(Array(note.utf8)) }
    return writer.bytes
  }

  /// Takes in a file by what ``readWhole(_:_:)`` returned for the same bytes, under the same screens and
  /// program; false where that is damaged, and the file must be read.
  package mutating func absorb(_ packed: [UInt8], as file: ExportFile) -> Bool {
    do {
      var reader = PackedReader(packed)
      var header: [[UInt8]] = []
      for _ in 0..<(try reader.count()) { header.append(try reader.string()) }
      let binding = try ColumnBinding(header, file)
      var notes: [String] = []
      try tabulator.absorb(&reader, as: TableFile(identity: file.identity)) {
        rest throws(PackedFault) in
        for _ in 0..<(try rest.count()) {
          notes.append(String(decoding: try rest.string(), as: UTF8.self))
        }
      }
      files.append(ReadFile(file: file, binding: binding, notes: notes))
      return true
    } catch {
      return false
    }
  }

  /// Reads one file to its verified end.
  package mutating func read(
    _ source: inout ByteSource, _ file: ExportFile
  ) throws(ExportFault) {
    var reader = CSVReader()
    let binding = try ColumnBinding(ExportReading.header(&reader, &source, file), file)
    let read = try ExportReading.tabulate(
      tabulator, &reader, &source, binding, binding.layout(screens), file)
    files.append(read)
  }
}

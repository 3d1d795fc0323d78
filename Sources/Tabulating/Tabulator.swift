package import ByteStreaming
import ExactNumbers
import Synchronization

/// One worker of a pass: its tables grow with every file that it reads, and are merged at the end.
///
/// A handle: the tables themselves are moved out of it for each file, so that the loop over the rows
/// meets neither classes nor reference counts, nor a lock.
package final class Tabulator: Sendable {
  private let query: TableQuery
  private let resting: Mutex<TabulatorCore?>
  private let totals = Mutex<[FileTotals]>([])

  package var files: [FileTotals] { totals.withLock { $0 } }

  package convenience init(_ query: TableQuery) { self.init(query, candidates: nil) }

  init(_ query: TableQuery, candidates: [Candidates]?) {
    self.query = query
    resting = Mutex(TabulatorCore(query, candidates: candidates))
  }

  /// Reads all records of a file whose header was read and bound. After a fault the worker holds half a
  /// file and must be thrown away.
  package func read(
    _ reader: inout CSVReader, _ source: inout ByteSource, _ layout: TableLayout, _ file: TableFile
  ) throws(TableFault) {
    var core = take()
    let result: Result<FileTotals, TableFault>
    do throws(TableFault) {
      result = .success(try core.read(&reader, &source, layout, file))
    } catch {
      result = .failure(error)
    }
    rest(core)
    let read = try result.get()
    totals.withLock { $0.append(read) }
  }

  /// Reads a file in tables of its own and takes it in whole. After a fault the worker must be thrown away.
  ///
  /// - Parameter writer: Gets what ``absorb(_:as:)`` takes in instead of reading the file again.
  package func readWhole(
    _ reader: inout CSVReader, _ source: inout ByteSource, _ layout: TableLayout,
    _ file: TableFile, packing writer: inout PackedWriter
  ) throws(TableFault) {
    var apart = TabulatorCore(query, candidates: nil)
    let totals = try apart.read(&reader, &source, layout, file)
    do throws(RowFault) {
      try apart.pack(totals, into: &writer)
      try take(in: apart, totals)
    } catch {
      throw TableFault(error, record: totals.rows)
    }
  }

  /// Takes in a file by what ``readWhole(_:_:_:_:packing:)`` packed for the same bytes.
  ///
  /// - Parameter rest: Takes out what follows, and must reach the end.
  package func absorb(
    _ packed: inout PackedReader, as file: TableFile,
    rest: (inout PackedReader) throws(PackedFault) -> Void
  ) throws(PackedFault) {
    var apart = TabulatorCore(query, candidates: nil)
    let totals = try apart.unpack(&packed, as: file)
    try rest(&packed)
    guard packed.isAtEnd, (try? take(in: apart, totals)) != nil else { throw PackedFault() }
  }

  private func take(in apart: borrowing TabulatorCore, _ read: FileTotals) throws(RowFault) {
    var core = take()
    let result: Result<Void, RowFault>
    do throws(RowFault) {
      result = .success(try core.absorb(apart))
    } catch {
      result = .failure(error)
    }
    rest(core)
    try result.get()
    totals.withLock { $0.append(read) }
  }

  /// The tables, for merging; the worker is empty then.
  func take() -> TabulatorCore {
    guard let core = resting.withLock({ $0.take() }) else {
      preconditionFailure("a worker does one thing at a time")
    }
    return core
  }

  private func rest(_ core: consuming TabulatorCore) {
    var core = Optional(core)
    resting.withLock { swap(&$0, &core) }
  }
}

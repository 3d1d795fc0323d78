import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting
import Reporting

/// Writes the rows of a summary as CSV, on all threads: each distinct text is encoded once.
struct SummaryPrinter: Sendable {
  private let rows: SummaryRows
  private let threads: WorkerPool
  private let texts: PackedBytes
  /// Days and months are few: for each column of theirs, the text of each.
  private let numbers: [[Int: [UInt8]]]

  /// Rows that are written in one piece.
  private static let pieceRows = 4096

  init(_ rows: SummaryRows, on threads: WorkerPool) {
    self.rows = rows
    self.threads = threads
    let step = 1024
    let cuts = stride(from: 0, to: rows.textCount, by: step).map {
      $0..<min($0 + step, rows.textCount)
    }
    let pieces = threads.map(cuts) { cut in
      var packed = PackedBytes()
      for key in cut { packed.append(CSVWriter.encode(rows.text(key), for: .program)) }
      return packed
    }
    var texts = PackedBytes()
    for piece in pieces { texts.append(piece) }
    self.texts = texts
    numbers = threads.map(Array(0..<rows.columnCount)) { column in
      guard rows.isNumber(column) else { return [:] }
      var found: [Int: [UInt8]] = [:]
      for row in 0..<rows.count {
        let key = rows.key(row, column)
        if found[key] == nil {
          found[key] = CSVWriter.encode(rows.text(key, in: column), for: .program)
        }
      }
      return found
    }
  }

  /// Hands the document to `output`, piece after piece.
  func write(columns: [Text], to output: ([UInt8]) throws(Stop) -> Void) throws(Stop) {
    try output(CSVWriter(columns: columns, for: .program).bytes)
    let wave = Self.pieceRows * threads.count * 2
    for start in stride(from: 0, to: rows.count, by: wave) {
      let cuts = stride(from: start, to: min(start + wave, rows.count), by: Self.pieceRows).map {
        $0..<min($0 + Self.pieceRows, rows.count)
      }
      for piece in threads.map(cuts, { bytes(of: $0) }) { try output(piece) }
    }
  }

  private func bytes(of range: Range<Int>) -> [UInt8] {
    let comma = UInt8(ascii: ",")
    var result: [UInt8] = []
    result.reserveCapacity(range.count * 192)
    for row in range {
      for column in 0..<rows.columnCount {
        let key = rows.key(row, column)
        if rows.isNumber(column) {
          result.append(contentsOf: numbers[column][key] ?? [])
        } else {
          texts.copy(key, to: &result)
        }
        result.append(comma)
      }
      texts.copy(rows.key(row, rows.columnCount), to: &result)
      result.append(comma)
      rows.billedCosts[row].append(to: &result)
      result.append(comma)
      rows.consumedQuantities[row]?.append(to: &result)
      result.append(comma)
      rows.lineItems[row].append(to: &result)
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }
}

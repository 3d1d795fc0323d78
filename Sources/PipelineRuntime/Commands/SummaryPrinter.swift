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
    numbers = threads.map(Array(0...rows.columnCount)) { column in
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
    let (texts, numbers) = (texts, numbers)
    var result: [UInt8] = []
    result.reserveCapacity(range.count * 192)
    rows.visit(range) { keys, billedCost, consumedQuantity, lineItems in
      for column in keys.indices {
        let key = Int(keys[column])
        if numbers[column].isEmpty {
          texts.copy(key, to: &result)
        } else {
          result.append(contentsOf: numbers[column][key] ?? [])
        }
        result.append(comma)
      }
      billedCost.append(to: &result)
      result.append(comma)
      consumedQuantity?.append(to: &result)
      result.append(comma)
      lineItems.append(to: &result)
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }
}

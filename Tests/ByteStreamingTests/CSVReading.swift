import ByteStreaming
import Foundation

/// The records of a document as the reader finds them.
struct CSVReading {
  var header: [[UInt8]] = []
  /// All fields of each record; nil for a record at fault.
  var records: [[[UInt8]]?] = []
  var faults: [CSVRowFault] = []
  /// What the selected ranges hold, raw.
  var selected: [[[UInt8]]] = []

  init(
    _ bytes: [UInt8], bufferSize: Int = 64, rowLimit: Int = 1 << 20,
    scanner: CSVScanner = .fastest, ranges: (Int) -> [ClosedRange<Int>] = { _ in [] }
  ) throws {
    var source = try ByteSource(bytes)
    var reader = CSVReader(bufferSize: bufferSize, rowLimit: rowLimit, scanner: scanner)
    guard let header = try reader.header(&source) else { return }
    self.header = header
    let selection = CSVSelection(columns: header.count, ranges: ranges(header.count))
    reader.select(selection)
    while try reader.next(&source) {
      unsafe reader.withChunk { chunk in unsafe read(chunk, selection) }
    }
  }

  private mutating func read(_ chunk: CSVChunk, _ selection: CSVSelection) {
    for row in unsafe 0..<chunk.count {
      let fault = unsafe CSVRowFault(rawValue: chunk.faults[row])!
      faults.append(fault)
      let record = unsafe chunk.record(row)
      records.append(fault == .none ? CSVRecord.fields(record) : nil)
      if fault == .none { selected.append(unsafe spans(chunk, row, selection)) }
    }
  }

  private func spans(_ chunk: CSVChunk, _ row: Int, _ selection: CSVSelection) -> [[UInt8]] {
    selection.leading.indices.map { range in
      let base = unsafe row * chunk.stopCount
      let leading = selection.leading[range]
      let start =
        unsafe leading < 0 ? chunk.begins[row] : chunk.stops[base + leading] + 1
      let end = unsafe chunk.stops[base + selection.trailing[range]]
      return (Int(start)..<Int(end)).map { unsafe chunk.bytes[$0] }
    }
  }
}

func hex(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// Takes one record apart into the values of its fields.
package enum CSVRecord {
  /// The values, with quotes taken off. The record must be well formed, as ``CSVReader`` finds them.
  package static func fields(_ record: [UInt8]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var field: [UInt8] = []
    var isQuoted = false
    var isAtStart = true
    var at = 0
    while at < record.count {
      let byte = record[at]
      if isQuoted {
        if byte != CSVScan.quote {
          field.append(byte)
        } else if at + 1 < record.count, record[at + 1] == CSVScan.quote {
          field.append(byte)
          at += 1
        } else {
          isQuoted = false
        }
      } else if byte == CSVScan.quote, isAtStart {
        isQuoted = true
        isAtStart = false
      } else if byte == CSVScan.comma {
        result.append(field)
        field = []
        isAtStart = true
      } else {
        field.append(byte)
        isAtStart = false
      }
      at += 1
    }
    return result + [field]
  }

  /// The fields of the first line of `bytes`, which may be cut short; a byte-order mark is passed over.
  package static func firstLine(_ bytes: [UInt8]) -> [[UInt8]] {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let line = body.drop { $0 == CSVScan.line || $0 == CSVScan.carriage }
      .prefix { $0 != CSVScan.line && $0 != CSVScan.carriage }
    return fields(Array(line))
  }

  /// A record that ``fields(_:)`` takes apart into `values`.
  package static func join(_ values: [[UInt8]]) -> [UInt8] {
    var result: [UInt8] = []
    for (index, value) in values.enumerated() {
      if index > 0 { result.append(CSVScan.comma) }
      result.append(CSVScan.quote)
      for byte in value {
        result.append(byte)
        if byte == CSVScan.quote { result.append(byte) }
      }
      result.append(CSVScan.quote)
    }
    return result
  }
}

extension CSVChunk {
  /// The raw bytes of one record, up to `limit`.
  package func record(_ row: Int, limit: Int = .max) -> [UInt8] {
    let begin = unsafe Int(begins[row])
    let length = unsafe min(limit, Int(ends[row]) - begin)
    return unsafe [UInt8](UnsafeBufferPointer(start: bytes + begin, count: length))
  }
}

extension CSVReader {
  /// Those of the records at hand whose numbers are wanted, as fields; and how many are at hand.
  package func records(_ wanted: Set<Int>) -> (
    records: [(number: Int, fields: [[UInt8]])], count: Int
  ) {
    unsafe withChunk { chunk in
      var result: [(number: Int, fields: [[UInt8]])] = []
      for row in unsafe 0..<chunk.count where unsafe wanted.contains(chunk.firstRecord + row) {
        let raw = unsafe chunk.record(row)
        let isWhole = unsafe chunk.faults[row] == CSVRowFault.none.rawValue
        result.append((unsafe chunk.firstRecord + row, isWhole ? CSVRecord.fields(raw) : [raw]))
      }
      return (result, unsafe chunk.count)
    }
  }
}

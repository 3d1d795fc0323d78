package import Foundation

/// A CSV document (RFC 4180, UTF-8 with or without a byte-order mark) as a test reads it: rows by the
/// names of their columns.
package struct Sheet: Sendable {
  package let columns: [String]
  package let rows: [[String: String]]

  package init(_ document: Data) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = document.starts(with: mark) ? document.dropFirst(3) : document
    var records = Self.records(Array(bytes))
    columns = records.isEmpty ? [] : records.removeFirst()
    let names = columns
    rows = records.map { Dictionary(zip(names, $0)) { first, _ in first } }
  }

  /// The cells of the rows that hold all the given values.
  package func rows(_ values: [String: String]) -> [[String: String]] {
    rows.filter { row in values.allSatisfy { row[$0.key] == $0.value } }
  }

  /// One column of all rows.
  package func column(_ name: String) -> [String] { rows.map { $0[name] ?? "" } }

  private static func records(_ bytes: [UInt8]) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    func text() -> String { String(decoding: field, as: UTF8.self) }
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && bytes[safe: index + 1] == byte:
        field.append(byte)
        index += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        record.append(text())
        field = []
      case UInt8(ascii: "\n") where !isQuoted:
        records.append(record + [text()])
        (record, field) = ([], [])
      default: field.append(byte)
      }
      index += 1
    }
    return records
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

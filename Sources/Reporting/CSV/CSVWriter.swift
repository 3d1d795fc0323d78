package import BillingModel

/// Writes a CSV document: RFC 4180 with LF line ends, the header always, quotes only where needed.
package struct CSVWriter: Sendable {
  /// Who opens the document.
  package enum Reader: Sendable {
    /// Excel, WPS, LibreOffice: text cells are kept from becoming formulas.
    case spreadsheet
    /// Another program or a pipe: the bytes as they are.
    case program
  }

  package private(set) var bytes: [UInt8] = []
  /// Records after the header.
  package private(set) var rows = 0
  private let reader: Reader
  private let columnCount: Int

  package init(columns: [Text], for reader: Reader, byteOrderMark: Bool = false) {
    self.reader = reader
    self.columnCount = columns.count
    if byteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
    write(columns.map { Cell.text($0) })
  }

  package mutating func append(_ cells: [Cell]) {
    precondition(cells.count == columnCount, "a record has one cell for each column")
    write(cells)
    rows += 1
  }

  private mutating func write(_ cells: [Cell]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(spelling(of: cell))
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private func spelling(of cell: Cell) -> Text {
    guard reader == .spreadsheet, case .text(let text) = cell else { return cell.plain }
    return SpreadsheetSafety.prefix(text)
  }

  private mutating func write(_ text: Text) {
    let utf8 = text.string.utf8
    guard utf8.contains(where: Self.needsQuotes) else {
      bytes.append(contentsOf: utf8)
      return
    }
    let quote = UInt8(ascii: "\"")
    bytes.append(quote)
    for byte in utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }
}

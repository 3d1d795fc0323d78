package import BillingModel
package import ExactNumbers

/// Writes a CSV document: RFC 4180 with LF line ends, the header always, quotes only where needed.
///
/// A record is written whole, by ``append(_:)``, or cell by cell, by ``append(encoded:)``,
/// ``append(amount:)`` and ``append(count:)``, and ended by ``endRecord()``. The bytes are the same;
/// cell by cell, a text that stands in many records is encoded once.
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
  /// Cells of the record that is being written.
  private var cellCount = 0

  package init(columns: [Text], for reader: Reader, byteOrderMark: Bool = false) {
    self.reader = reader
    self.columnCount = columns.count
    if byteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
    for column in columns { append(text: column) }
    endLine()
  }

  package mutating func append(_ cells: [Cell]) {
    precondition(cellCount == 0, "a record begins where another has ended")
    for cell in cells {
      switch cell {
      case .text(let text): append(text: text)
      case .amount(let amount): append(amount: amount)
      case .count(let count): append(count: count)
      case .day(let day):
        beginCell()
        if let day { bytes.append(contentsOf: day.description.utf8) }
      }
    }
    endRecord()
  }

  /// A text cell as ``encode(_:for:)`` gave it for this document's reader.
  package mutating func append(encoded cell: [UInt8]) {
    beginCell()
    bytes.append(contentsOf: cell)
  }

  /// Written exactly; empty where absent.
  package mutating func append(amount: Amount?) {
    beginCell()
    amount?.append(to: &bytes)
  }

  /// Empty where absent.
  package mutating func append(count: Int?) {
    beginCell()
    count?.append(to: &bytes)
  }

  package mutating func endRecord() {
    precondition(cellCount == columnCount, "a record has one cell for each column")
    endLine()
    rows += 1
  }

  /// The bytes of a text cell: made safe for the reader, quoted where needed.
  package static func encode(_ text: Text, for reader: Reader) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text, for: reader, to: &bytes)
    return bytes
  }

  private mutating func append(text: Text) {
    beginCell()
    Self.append(text, for: reader, to: &bytes)
  }

  private mutating func beginCell() {
    if cellCount > 0 { bytes.append(UInt8(ascii: ",")) }
    cellCount += 1
  }

  private mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    cellCount = 0
  }
}

extension CSVWriter {
  private static let quote = UInt8(ascii: "\"")

  /// Nearly every text stands in the document as it is. So it is put there first and looked at there,
  /// where its bytes lie side by side.
  private static func append(_ text: Text, for reader: Reader, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: text.string.utf8)
    let isQuoted = needsQuotes(bytes.span.extracting(start...))
    let isDangerous =
      reader == .spreadsheet && SpreadsheetSafety.isDangerous(bytes.span.extracting(start...))
    guard isDangerous || isQuoted else { return }

    let plain = Array(bytes[start...])
    bytes.removeLast(plain.count)
    if isQuoted { bytes.append(quote) }
    if isDangerous { bytes.append(SpreadsheetSafety.apostrophe) }
    for byte in plain {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    if isQuoted { bytes.append(quote) }
  }

  private static func needsQuotes(_ cell: Span<UInt8>) -> Bool {
    var isQuoted = false
    // Looks at all bytes, so that the compiler takes many at a time.
    for index in cell.indices {
      let byte = cell[index]
      isQuoted =
        isQuoted
        || (byte == UInt8(ascii: ",")) || (byte == quote) || (byte == UInt8(ascii: "\n"))
        || (byte == UInt8(ascii: "\r"))
    }
    return isQuoted
  }
}

/// A cell and where it begins, from 1.
struct CSVField {
  var text: String
  var line: Int
  var column: Int
}

/// A small table as RFC 4180 writes it, read whole, with the place of every cell. Exports go
/// through the streaming reader instead.
struct CSVText {
  struct Fault: Error {
    var message: String
    var line: Int
    var column: Int
  }

  private let scalars: [Unicode.Scalar]
  private let separator: Unicode.Scalar
  private var at = 0
  private var line = 1
  private var column = 1

  init(_ bytes: [UInt8]) throws(Fault) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(
        message: "the file is not UTF-8; save it as \"CSV UTF-8\"", line: 1, column: 1)
    }
    self.init(text)
  }

  /// - Parameter separator: What stands between cells; spreadsheets of some countries write `;`.
  init(_ text: String, separator: Unicode.Scalar = ",") {
    scalars = Array(text.unicodeScalars)
    self.separator = separator
  }

  private var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  private mutating func advance() {
    if scalars[at] == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    at += 1
  }

  /// All records; a line without any text is none.
  mutating func records() throws(Fault) -> [[CSVField]] {
    var records: [[CSVField]] = []
    while next != nil {
      let record = try record()
      if record.count > 1 || !record[0].text.isEmpty { records.append(record) }
    }
    return records
  }

  private mutating func record() throws(Fault) -> [CSVField] {
    var fields = [try field()]
    while next == separator {
      advance()
      fields.append(try field())
    }
    if next == "\r" { advance() }
    if next == "\n" { advance() }
    return fields
  }

  private mutating func field() throws(Fault) -> CSVField {
    var field = CSVField(text: "", line: line, column: column)
    if next == "\"" {
      field.text = try quoted()
      return field
    }
    while let scalar = next, scalar != separator, scalar != "\n", scalar != "\r" {
      field.text.unicodeScalars.append(scalar)
      advance()
    }
    return field
  }

  private mutating func quoted() throws(Fault) -> String {
    let (firstLine, firstColumn) = (line, column)
    var text = ""
    advance()
    while let scalar = next {
      advance()
      if scalar != "\"" {
        text.unicodeScalars.append(scalar)
      } else if next == "\"" {
        text.append("\"")
        advance()
      } else {
        guard next == nil || next == separator || next == "\r" || next == "\n" else {
          throw Fault(message: "text after a closing quote", line: line, column: column)
        }
        return text
      }
    }
    throw Fault(message: "a quote that is never closed", line: firstLine, column: firstColumn)
  }
}

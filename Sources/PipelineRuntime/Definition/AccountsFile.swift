import BillingModel

/// Reads the list of accounts: `accounts.csv`, or what `aws organizations list-accounts` prints. The
/// content tells which.
///
/// A row without an account id is the entry of the organizational unit that it names.
struct AccountsFile {
  static let columns =
    ["AccountId", "AccountName", "OrganizationalUnit"] + Dimension.allCases.map(\.rawValue)

  static func read(_ bytes: [UInt8], fileName: String, mistakes: Mistakes) -> AccountDirectory {
    let text = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    let first = text.first { !" \t\r\n".utf8.contains($0) }
    if first == UInt8(ascii: "{") {
      return OrganizationReader(file: fileName, mistakes: mistakes).read(text)
    }
    return AccountTableReader(file: fileName, mistakes: mistakes).read(text)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// A path without empty parts, as `/Shop//Prod/` has them.
  static func path(_ text: String) -> String {
    text.split(separator: "/").joined(separator: "/")
  }

  /// What is wrong with an account id, and what to do; nil for a right one.
  static func fault(ofID id: String) -> String? {
    if id.utf8.count == 12, id.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) { return nil }
    return "an account id has 12 digits, not \"\(id)\""
      + "; a spreadsheet drops leading zeros unless the column is text"
  }
}

/// The accounts of a CSV table.
private struct AccountTableReader {
  let file: String
  let mistakes: Mistakes

  func read(_ bytes: [UInt8]) -> AccountDirectory {
    let records: [[CSVField]]
    do {
      var table = try CSVText(bytes)
      records = try table.records()
    } catch {
      mistake(error.message, error.line, error.column)
      return AccountDirectory([])
    }
    guard let header = records.first else {
      mistake(
        "the file is empty; its header is \(AccountsFile.columns.joined(separator: ","))", 1, 1)
      return AccountDirectory([])
    }
    guard let positions = positions(header) else { return AccountDirectory([]) }
    var lines: [String: Int] = [:]
    var accounts: [Account] = []
    var units: [Text: [Dimension: Text]] = [:]
    for record in records.dropFirst() {
      guard let row = row(record, positions, width: header.count, &lines) else { continue }
      if row.id.isEmpty { units[row.unit] = row.dimensions } else { accounts.append(row) }
    }
    return AccountDirectory(accounts, units: units)
  }

  private func mistake(_ message: String, _ line: Int, _ column: Int) {
    mistakes.add(DefinitionMistake(file: file, line: line, column: column, message: message))
  }

  /// Where each column stands; nil if the table cannot be read.
  private func positions(_ header: [CSVField]) -> [String: Int]? {
    var positions: [String: Int] = [:]
    for (position, field) in header.enumerated() {
      if !AccountsFile.columns.contains(field.text) {
        mistake(
          "unknown column \"\(field.text)\""
            + NearestWord.hint(field.text, among: AccountsFile.columns), field.line, field.column)
      } else if positions.updateValue(position, forKey: field.text) != nil {
        mistake("the column \"\(field.text)\" stands twice", field.line, field.column)
      }
    }
    guard positions["AccountId"] != nil else {
      mistake("the column \"AccountId\" is missing", 1, 1)
      return nil
    }
    return positions
  }

  /// An account, or without an id the entry of a unit.
  private func row(
    _ record: [CSVField], _ positions: [String: Int], width: Int, _ lines: inout [String: Int]
  ) -> Account? {
    guard record.count == width else {
      let place = record[min(width, record.count - 1)]
      mistake("\(record.count) cells where the header has \(width)", place.line, place.column)
      return nil
    }
    func cell(_ column: String) -> CSVField? { positions[column].map { record[$0] } }
    guard let id = cell("AccountId") else { return nil }
    let unit = AccountsFile.path(cell("OrganizationalUnit")?.text ?? "")
    let isUnit = id.text.isEmpty && !unit.isEmpty
    if !isUnit, let fault = AccountsFile.fault(ofID: id.text) {
      mistake(fault, id.line, id.column)
      return nil
    }
    if let first = lines.updateValue(id.line, forKey: isUnit ? unit : id.text) {
      let what = isUnit ? "unit \(unit)" : "account \(id.text)"
      mistake("the \(what) stands already in line \(first)", id.line, id.column)
    }
    var dimensions: [Dimension: Text] = [:]
    for dimension in Dimension.allCases {
      guard let text = cell(dimension.rawValue)?.text, !text.isEmpty else { continue }
      dimensions[dimension] = Text(text)
    }
    return Account(
      id: Text(id.text), name: Text(cell("AccountName")?.text ?? ""), dimensions: dimensions,
      unit: Text(unit))
  }
}

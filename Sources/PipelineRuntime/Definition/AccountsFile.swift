import BillingModel
import ByteStreaming

/// Reads the list of accounts: `accounts.csv`, or what `aws organizations list-accounts` prints. The
/// content tells which.
struct AccountsFile {
  static let columns = ["AccountId", "AccountName"] + Dimension.allCases.map(\.rawValue)

  static func read(_ bytes: [UInt8], fileName: String, mistakes: Mistakes) -> [Account] {
    let text = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    let first = text.first { !" \t\r\n".utf8.contains($0) }
    if first == UInt8(ascii: "{") {
      return OrganizationReader(file: fileName, mistakes: mistakes).read(text)
    }
    return AccountTableReader(file: fileName, mistakes: mistakes).read(text)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// What is wrong with an account id, and what to do; nil for a right one.
  fileprivate static func fault(ofID id: String) -> String? {
    if id.utf8.count == 12, id.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) { return nil }
    return "an account id has 12 digits, not \"\(id)\""
      + "; a spreadsheet drops leading zeros unless the column is text"
  }
}

/// The accounts of a CSV table.
private struct AccountTableReader {
  let file: String
  let mistakes: Mistakes

  func read(_ bytes: [UInt8]) -> [Account] {
    let records: [[CSVField]]
    do {
      var table = try CSVText(bytes)
      records = try table.records()
    } catch {
      mistake(error.message, error.line, error.column)
      return []
    }
    guard let header = records.first else {
      mistake(
        "the file is empty; its header is \(AccountsFile.columns.joined(separator: ","))", 1, 1)
      return []
    }
    guard let positions = positions(header) else { return [] }
    var lines: [String: Int] = [:]
    return records.dropFirst().compactMap { record in
      account(record, positions, width: header.count, &lines)
    }
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

  private func account(
    _ record: [CSVField], _ positions: [String: Int], width: Int, _ lines: inout [String: Int]
  ) -> Account? {
    guard record.count == width else {
      let place = record[min(width, record.count - 1)]
      mistake("\(record.count) cells where the header has \(width)", place.line, place.column)
      return nil
    }
    func cell(_ column: String) -> CSVField? { positions[column].map { record[$0] } }
    guard let id = cell("AccountId") else { return nil }
    if let fault = AccountsFile.fault(ofID: id.text) {
      mistake(fault, id.line, id.column)
      return nil
    }
    if let first = lines.updateValue(id.line, forKey: id.text) {
      mistake("the account \(id.text) stands already in line \(first)", id.line, id.column)
    }
    var dimensions: [Dimension: Text] = [:]
    for dimension in Dimension.allCases {
      guard let text = cell(dimension.rawValue)?.text, !text.isEmpty else { continue }
      dimensions[dimension] = Text(text)
    }
    return Account(
      id: Text(id.text), name: Text(cell("AccountName")?.text ?? ""), dimensions: dimensions)
  }
}

/// The accounts of AWS Organizations' own list: ids and names.
private struct OrganizationReader {
  let file: String
  let mistakes: Mistakes

  func read(_ bytes: [UInt8]) -> [Account] {
    do {
      let document = try JSONValue(parsing: bytes)
      guard let accounts = document["Accounts"]?.array else {
        mistake("expected {\"Accounts\": [ … ]}, as `aws organizations list-accounts` prints it")
        return []
      }
      var ids: Set<String> = []
      return accounts.enumerated().compactMap { account($1, "Accounts[\($0)]", &ids) }
    } catch {
      mistake("JSON syntax: \(error.message)", error.line, error.column)
      return []
    }
  }

  private func account(_ value: JSONValue, _ path: String, _ ids: inout Set<String>) -> Account? {
    guard let id = value["Id"]?.string else {
      mistake("\(path).Id is missing")
      return nil
    }
    if let fault = AccountsFile.fault(ofID: id) {
      mistake("\(path).Id: \(fault)")
      return nil
    }
    if !ids.insert(id).inserted { mistake("\(path).Id: the account \(id) stands twice") }
    return Account(id: Text(id), name: Text(value["Name"]?.string ?? ""), dimensions: [:])
  }

  /// A JSON value has a path; its line is not known.
  private func mistake(_ message: String, _ line: Int = 1, _ column: Int = 1) {
    mistakes.add(DefinitionMistake(file: file, line: line, column: column, message: message))
  }
}

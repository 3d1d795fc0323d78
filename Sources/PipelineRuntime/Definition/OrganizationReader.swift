import BillingModel
import ByteStreaming

/// The accounts of AWS Organizations' own list: ids, names and where they lie in the organization.
///
/// A further member, `OrganizationalUnits`, may hold what units decide, which AWS does not know: objects
/// with a `Path` as accounts have it, and dimensions.
struct OrganizationReader {
  let file: String
  let mistakes: Mistakes

  func read(_ bytes: [UInt8]) -> AccountDirectory {
    do {
      let document = try JSONValue(parsing: bytes)
      guard let accounts = document["Accounts"]?.array else {
        mistake("expected {\"Accounts\": [ … ]}, as `aws organizations list-accounts` prints it")
        return AccountDirectory([])
      }
      var ids: Set<String> = []
      let units = document["OrganizationalUnits"]?.array ?? []
      return AccountDirectory(
        accounts.enumerated().compactMap { account($1, "Accounts[\($0)]", &ids) },
        units: Dictionary(
          units.enumerated().compactMap { unit($1, "OrganizationalUnits[\($0)]") },
          uniquingKeysWith: { first, _ in first }))
    } catch {
      mistake("JSON syntax: \(error.message)", error.line, error.column)
      return AccountDirectory([])
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
    return Account(
      id: Text(id), name: Text(value["Name"]?.string ?? ""), dimensions: [:],
      unit: Self.unit(of: id, value["Paths"]?.array?.first?.string ?? ""))
  }

  /// An entity path, `o-…/r-…/ou-…/123456789012`, without the account at its end.
  private static func unit(of id: String, _ path: String) -> Text {
    let parts = path.split(separator: "/")
    return Text(
      (parts.last.map { $0 == id } == true ? parts.dropLast() : parts[...]).joined(separator: "/"))
  }

  private func unit(_ value: JSONValue, _ place: String) -> (Text, [Dimension: Text])? {
    guard let path = value["Path"]?.string.map(AccountsFile.path), !path.isEmpty else {
      mistake("\(place).Path is missing")
      return nil
    }
    var dimensions: [Dimension: Text] = [:]
    for dimension in Dimension.allCases {
      guard let text = value[dimension.rawValue]?.string, !text.isEmpty else { continue }
      dimensions[dimension] = Text(text)
    }
    return (Text(path), dimensions)
  }

  /// A JSON value has a path; its line is not known.
  private func mistake(_ message: String, _ line: Int = 1, _ column: Int = 1) {
    mistakes.add(DefinitionMistake(file: file, line: line, column: column, message: message))
  }
}

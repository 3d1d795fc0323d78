import BillingModel
import Foundation
import GRDB

extension Text {
  /// As it is stored: its UTF-8 bytes.
  var blob: Data { Data(string.utf8) }
}

extension Database {
  /// Adds a row. Where one with the same `key` is there, its other columns are replaced, but those in
  /// `keeping`.
  ///
  /// Table and column names are this module's own; every value is bound, never spelled.
  func insert(
    into table: String, _ values: KeyValuePairs<String, (any DatabaseValueConvertible)?>,
    replacing key: [String] = [], keeping: [String] = []
  ) throws {
    let columns = values.map(\.key)
    var sql =
      "INSERT INTO \(table) (\(columns.joined(separator: ", "))) "
      + "VALUES (\(places(columns.count)))"
    if !key.isEmpty {
      let replaced = columns.filter { !key.contains($0) && !keeping.contains($0) }
      sql += " ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET "
      sql += replaced.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    }
    try cachedStatement(sql: sql).execute(arguments: StatementArguments(values.map(\.value)))
  }
}

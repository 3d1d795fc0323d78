import BillingModel
import ExactNumbers
import Foundation
import GRDB

/// Reads the ledger's columns; a value outside a column's vocabulary is damage, not a trap.
extension Row {
  func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
    let stored: DatabaseValue? = self[column]
    guard let value = stored.flatMap(Value.fromDatabaseValue) else {
      throw UnreadableValue(column: column)
    }
    return value
  }

  func isAbsent(_ column: String) -> Bool {
    let stored: DatabaseValue? = self[column]
    return stored?.isNull ?? true
  }

  /// A text that was delivered by others.
  func text(_ column: String) throws -> Text { Text(decoding: try value(column) as Data) }

  func bytes(_ column: String) throws -> [UInt8] { Array(try value(column) as Data) }

  /// A word of the ledger's own.
  func ownText(_ column: String) throws -> Text { Text(try value(column) as String) }

  func word<Word: RawRepresentable<String>>(_ column: String) throws -> Word {
    try parsed(column) { Word(rawValue: $0) }
  }

  func day(_ column: String) throws -> Day { try parsed(column) { Day($0) } }

  func period(_ column: String) throws -> BillingPeriod { try parsed(column) { BillingPeriod($0) } }

  func amount(_ column: String) throws -> Amount { try parsed(column) { try? Amount(parsing: $0) } }

  private func parsed<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value {
    guard let value = parse(try value(column)) else { throw UnreadableValue(column: column) }
    return value
  }
}

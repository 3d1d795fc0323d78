package import ByteStreaming
package import ExactNumbers

/// The identity of a file that is read.
package struct TableFile: Hashable, Sendable {
  /// What its records are placed by, such as a content hash.
  package var identity: [UInt8]

  package init(identity: [UInt8]) { self.identity = identity }
}

/// Why a row was not kept.
package enum RejectReason: Hashable, Sendable {
  /// The record cannot be taken apart; with the number of fields where that is the reason.
  case record(CSVRowFault, fields: Int)
  /// The amount is no number.
  case amount
  /// The unit is none.
  case unit
  /// Requirement number n of the query is not met.
  case requirement(Int)
}

/// A row that was not kept, with its amount and unit where both can be read.
package struct RejectedRow: Hashable, Sendable {
  package var record: Int
  package var reason: RejectReason
  /// The field at fault, or the record where that is.
  package var raw: [UInt8]
  package var amount: Amount?
  package var unit: [UInt8]?

  static let rawLimit = 200
}

/// Rows and amounts of one file: read = kept + rejected.
package struct FileTotals: Sendable {
  package var file: TableFile
  package var rows = 0
  package var keptRows = 0
  package var rejectedRows: [RejectedRow] = []
  /// Readable amounts of all rows, and those of the kept ones.
  package var read = UnitTotals()
  package var kept = UnitTotals()
  /// Amounts in the file that lost digits beyond the 18th of their fraction.
  package var rounded = 0
  /// The latest point in time of the query's ``TableQuery/latest``.
  package var latest: Int?

  init(_ file: TableFile) { self.file = file }
}

/// Exact sums by unit: an array, since a file has one unit, or two.
package struct UnitTotals: Sendable {
  package private(set) var totals: [(unit: [UInt8], amount: Amount)] = []

  mutating func append(_ unit: [UInt8], _ units: Int128) {
    guard let amount = try? Amount(units: units) else { preconditionFailure("sums are in range") }
    totals.append((unit, amount))
  }
}

/// Why a file cannot be used; what was added from it must be thrown away.
package enum TableFault: Error, Sendable {
  case stream(StreamError)
  case overflow(record: Int)
  /// More rejected rows than anybody will read.
  case hopeless(FileTotals)
}

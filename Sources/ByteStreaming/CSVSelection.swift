/// Which columns of a CSV file are wanted: ranges of neighbouring columns, each handed up as one span.
///
/// The scanner does not visit fields. It counts separators and stores the positions of a few of them,
/// the *stops*: the separator before each range and the one that ends it, and the end of the record.
package struct CSVSelection: Hashable, Sendable {
  /// Columns of the header; a record with another number of fields is at fault.
  package let columns: Int
  /// Ordinals of the stored separators, ascending; the last is the end of the record.
  package let stops: [Int]
  /// How many separators lie from the stop before (from the start of the record) to each stop.
  let steps: [Int]
  /// For each range, the stop before its first byte; -1 where it begins with the record.
  package let leading: [Int]
  /// For each range, the stop behind its last byte.
  package let trailing: [Int]

  /// - Parameter ranges: Columns by ordinal, in any order; they may overlap.
  package init(columns: Int, ranges: [ClosedRange<Int>]) {
    var ordinals: Set<Int> = [columns - 1]
    for range in ranges {
      if range.lowerBound > 0 { ordinals.insert(range.lowerBound - 1) }
      ordinals.insert(range.upperBound)
    }
    let stops = ordinals.sorted()
    self.columns = columns
    self.stops = stops
    steps = stops.indices.map { $0 == 0 ? stops[0] + 1 : stops[$0] - stops[$0 - 1] }
    leading = ranges.map { $0.lowerBound == 0 ? -1 : stops.firstIndex(of: $0.lowerBound - 1)! }
    trailing = ranges.map { stops.firstIndex(of: $0.upperBound)! }
  }
}

/// Why a CSV record cannot be taken apart.
package enum CSVRowFault: UInt8, Sendable, Hashable {
  case none
  /// Another number of fields than the header has.
  case columns
  /// A quoted field that never ends.
  case unclosedQuote
  /// Text between a closing quote and the next separator.
  case textAfterQuote
  /// A NUL byte.
  case nul
  /// Longer than a record may be.
  case tooLong
}

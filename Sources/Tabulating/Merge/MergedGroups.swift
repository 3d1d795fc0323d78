package import ExactNumbers

/// The groups of one grouping, of all workers, in the order of their keys: parts compare in turn, texts
/// by their bytes, numbers by value, an absent number first.
package final class MergedGroups: Sendable {
  /// Owns the memory in which the records lie.
  private let tables: MergingTables
  private let grouping: Int
  /// Worker and index of each group.
  private let places: Slab<UInt64>
  /// The first word of each part.
  private let words: Slab<Int>

  init(
    _ tables: MergingTables, _ grouping: Int, _ places: consuming Slab<UInt64>
  ) {
    self.tables = tables
    self.grouping = grouping
    self.places = places
    var starts: [KeyPart: Int] = [:]
    var width = 0
    for part in tables.query.keys[grouping] {
      starts[part] = width
      width += part.width
    }
    var words = Slab<Int>()
    for part in tables.query.groupings[grouping] { words.append(starts[part] ?? 0) }
    self.words = words
  }

  package var count: Int { places.count }

  /// Asks for a group that will be looked at soon: in the order of their keys they lie all over memory.
  package func prefetch(_ index: Int) {
    if index < places.count { tables.record(places[index], grouping).prefetch() }
  }

  /// How many tables the groups lie in.
  package var tableCount: Int { tables.count }

  /// Shows all groups of one table, in the order of memory; those that became one with another too.
  package func visit(_ table: Int, _ body: (GroupRow) -> Void) {
    for index in 0..<tables.groupCount(table, grouping) {
      let place = UInt64(table) &<< 32 | UInt64(index)
      unsafe body(
        GroupRow(record: tables.record(place, grouping), words: UnsafePointer(words.base)))
    }
  }

  package subscript(index: Int) -> GroupRow {
    unsafe GroupRow(
      record: tables.record(places[index], grouping), words: UnsafePointer(words.base))
  }
}

/// One group; valid as long as the groups it is of.
@safe package struct GroupRow {
  fileprivate let record: GroupRecord
  /// The first word of each part.
  fileprivate let words: UnsafePointer<Int>

  /// The number of the text of a part, or of what its raw reading made, in ``MergedTexts``.
  package func text(_ part: Int) -> Int { unsafe Int(record.key[words[part]]) }

  /// The number of a derived part.
  package func number(_ part: Int) -> Int? {
    unsafe DerivedWord.value(record.key[words[part]])
  }

  package var rows: Int { unsafe Int(record.counts[0]) }

  /// The amount, then the sums of the query.
  package func sum(_ index: Int) -> Amount {
    guard let amount = unsafe try? Amount(units: record.sums[index]) else {
      preconditionFailure("sums are in range")
    }
    return amount
  }

  /// What its rows are marked with; only of the grouping that is.
  package var marks: UInt32 { unsafe record.marks.pointee }

  /// How many rows state a sum.
  package func stated(_ index: Int) -> Int { unsafe Int(record.counts[1 + index]) }

  /// Whether the first parts of both keys are the same.
  package func hasSameParts(_ other: GroupRow, first count: Int) -> Bool {
    for part in 0..<count
    where unsafe record.key[words[part]] != other.record.key[words[part]] {
      return false
    }
    return true
  }
}

/// How a derived number stands in a key: ordered as words, an absent one first.
enum DerivedWord {
  /// While rows are read, absence is the largest number.
  static func ordered(_ word: UInt32) -> UInt32 {
    word == UInt32(bitPattern: .max) ? 0 : word ^ 0x8000_0000
  }

  static func value(_ word: UInt32) -> Int? {
    word == 0 ? nil : Int(Int32(bitPattern: word ^ 0x8000_0000))
  }
}

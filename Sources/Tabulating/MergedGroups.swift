package import ExactNumbers

/// The groups of one grouping, of all workers, in the order of their keys: parts compare in turn, texts
/// by their bytes, numbers by value, an absent number first.
///
/// Unchecked because nothing changes after it was made.
package final class MergedGroups: @unchecked Sendable {
  /// Owns the memory in which the records lie.
  private let tables: MergingTables
  private let grouping: Int
  /// Worker and index of each group.
  private let places: Slab<UInt64>
  /// The first word of each part.
  private let words: [Int]

  init(
    _ tables: MergingTables, _ grouping: Int, _ places: consuming Slab<UInt64>, _ parts: [KeyPart]
  ) {
    self.tables = tables
    self.grouping = grouping
    self.places = places
    var at = 0
    words = parts.map { part in
      defer { at += part.width }
      return at
    }
  }

  package var count: Int { places.count }

  package subscript(index: Int) -> GroupRow {
    GroupRow(record: tables.record(places[index], grouping), groups: self)
  }

  fileprivate func word(_ part: Int) -> Int { words[part] }
}

/// One group.
@safe package struct GroupRow {
  fileprivate let record: GroupRecord
  fileprivate let groups: MergedGroups

  /// The number of the text of a part, or of what its raw reading made, in ``MergedTexts``.
  package func text(_ part: Int) -> Int { unsafe Int(record.key[groups.word(part)]) }

  /// The number of a derived part.
  package func number(_ part: Int) -> Int? {
    unsafe DerivedWord.value(record.key[groups.word(part)])
  }

  package var rows: Int { unsafe Int(record.counts[0]) }

  /// The amount, then the sums of the query.
  package func sum(_ index: Int) -> Amount {
    guard let amount = unsafe try? Amount(units: record.sums[index]) else {
      preconditionFailure("sums are in range")
    }
    return amount
  }

  /// How many rows state a sum.
  package func stated(_ index: Int) -> Int { unsafe Int(record.counts[1 + index]) }

  /// Whether the first parts of both keys are the same.
  package func hasSameParts(_ other: GroupRow, first count: Int) -> Bool {
    for part in 0..<count
    where unsafe record.key[groups.word(part)] != other.record.key[groups.word(part)] {
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

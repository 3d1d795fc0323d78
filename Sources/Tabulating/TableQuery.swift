/// Reads a whole number out of a text, such as a day or a month; nil where the text is none. Called once
/// for each distinct text. As part of a key it must fit 32 bits.
package typealias Derivation = @Sendable ([UInt8]) -> Int?

/// Reads the raw columns of a row: `signature` says what they are, `record` is their CSV text. Called once
/// for each distinct record; records that read the same are one.
package typealias RawReading = @Sendable (_ signature: [UInt8], _ record: [UInt8]) -> [UInt8]

/// One part of what rows are grouped by.
package enum KeyPart: Hashable, Sendable {
  /// The text of a slot; an absent field is the empty text.
  case text(Int)
  /// What derivation number `by` reads out of the slot.
  case derived(Int, by: Int)
  /// What raw reading number `by` makes of the raw columns that a file's layout names.
  case raw(by: Int)
}

/// The value of a part of the query's partition.
package enum KeyValue: Hashable, Sendable {
  case text([UInt8])
  case number(Int?)
}

/// What one pass over many files computes: exact sums by groups, and rows that a watch looks for.
///
/// Fields are *slots*, numbered from 0; which columns of a file fill them is its ``TableLayout``.
package struct TableQuery: Sendable {
  package var slots: Int
  package var derivations: [Derivation]
  /// The slot whose number every row must have; it is the first sum.
  package var amount: Int
  /// The slot and derivation that tell in what unit the amount is; sums never cross units.
  package var unit: (slot: Int, derivation: Int)
  /// Further slots that must be readable by a derivation, or the row is rejected.
  package var required: [(slot: Int, derivation: Int)]
  /// Where one of these holds, the amounts of a row count as zero.
  package var zeroed: [RowTest]
  /// Slots that are added up beside the amount where they are readable.
  package var sums: [Int]
  /// The slot of ``sums`` in whose place the amount counts where a row does not state it.
  package var orAmount: Int?
  /// In units of 10⁻¹⁸: what a row adds to ``sums`` and to what watches add up (but the amount, and that of
  /// ``orAmount``) is as absent beyond this, so that no slip of one row takes a whole sum out of range.
  package var largestAddend = Int128.max
  package var groupings: [[KeyPart]] { didSet { keys = Self.keys(groupings) } }
  /// The parts of each key as it is kept: what is asked for twice is kept once.
  private(set) var keys: [[KeyPart]]
  package var rawReadings: [RawReading]
  /// How texts are shown: once for each distinct one, and texts shown alike are one.
  package var spelling: @Sendable ([UInt8]) -> [UInt8]
  /// What suspect rows are kept apart by, whatever their watch; the unit is added to it.
  package var partition: [KeyPart]
  package var watches: [Watch]
  /// The derivation that reads a point in time, for comparing two of them.
  package var instant: Int?
  package var marked: TableMarks?
  /// The slot whose latest point in time is noted for each file.
  package var latest: Int?
  /// Words in memory for the first look of each watch, beyond which they go to a scratch file.
  package var logLimit = 4 << 20

  package init(
    slots: Int, derivations: [Derivation], amount: Int, unit: (slot: Int, derivation: Int),
    required: [(slot: Int, derivation: Int)] = [], zeroed: [RowTest] = [], sums: [Int] = [],
    orAmount: Int? = nil, groupings: [[KeyPart]], rawReadings: [RawReading] = [],
    spelling: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }, partition: [KeyPart] = [],
    watches: [Watch] = [], instant: Int? = nil, latest: Int? = nil
  ) {
    self.slots = slots
    self.derivations = derivations
    self.amount = amount
    self.unit = unit
    self.required = required
    self.zeroed = zeroed
    self.sums = sums
    self.orAmount = orAmount
    self.groupings = groupings
    keys = Self.keys(groupings)
    self.rawReadings = rawReadings
    self.spelling = spelling
    self.partition = partition
    self.watches = watches
    self.instant = instant
    self.latest = latest
  }
}

extension TableQuery {
  private static func keys(_ groupings: [[KeyPart]]) -> [[KeyPart]] {
    groupings.map { parts in
      parts.indices.filter { parts.firstIndex(of: parts[$0]) == $0 }.map { parts[$0] }
    }
  }

  /// The slots whose texts stand in keys.
  var keyTexts: Set<Int> {
    var result: Set<Int> = []
    for case .text(let slot) in keys.joined() { result.insert(slot) }
    return result
  }
}

/// What a grouping remembers of its rows: bit n for each of the numbers from `first` to `last` that is `origin` + n,
/// n ≤ 30; bit 31 where some row states `first` and `origin` at all. A row that states no `last`, or an earlier one,
/// has only its first.
package struct TableMarks: Sendable {
  package var grouping: Int
  package var first: SlotReading
  package var last: SlotReading
  package var origin: SlotReading

  package static let isStated: UInt32 = 1 << 31

  package init(grouping: Int, from first: SlotReading, to last: SlotReading, origin: SlotReading) {
    self.grouping = grouping
    self.first = first
    self.last = last
    self.origin = origin
  }

  var slots: Set<Int> { [first.slot, last.slot, origin.slot] }
}

/// Where the text of a slot comes from.
package enum TableSource: Hashable, Sendable {
  case column(Int)
  /// A text member of the JSON object that a column holds.
  case member(Int, [UInt8])
  /// All raw columns of the layout, as one CSV record; the only source of its slot.
  case raw
}

/// Which columns of one file fill the slots.
package struct TableLayout: Sendable {
  package var columns: Int
  /// For each slot its sources; the first that is not absent is read.
  package var slots: [[TableSource]]
  /// Columns that are kept as raw text, and what they are.
  package var raw: [ClosedRange<Int>]
  package var signature: [UInt8]
  /// A spelling that means "absent", beside the empty field.
  package var absent: [UInt8]?
  /// Watches that this file cannot answer.
  package var silenced: Set<Int>

  package init(
    columns: Int, slots: [[TableSource]], raw: [ClosedRange<Int>] = [], signature: [UInt8] = [],
    absent: [UInt8]? = nil, silenced: Set<Int> = []
  ) {
    self.columns = columns
    self.slots = slots
    self.raw = raw
    self.signature = signature
    self.absent = absent
    self.silenced = silenced
  }
}

/// Where a record lies; ordered by the file's identity, then by number.
package struct TablePlace: Hashable, Comparable, Sendable {
  package var file: [UInt8]
  package var record: Int

  package static func < (a: Self, b: Self) -> Bool {
    a.file != b.file ? a.file.lexicographicallyPrecedes(b.file) : a.record < b.record
  }
}

extension KeyValue: Comparable {
  /// By bytes; numbers by value, after texts; an absent number comes first.
  package static func < (a: KeyValue, b: KeyValue) -> Bool {
    switch (a, b) {
    case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
    case (.number(let a), .number(let b)): a ?? .min < b ?? .min
    case (.text, .number): true
    case (.number, .text): false
    }
  }
}

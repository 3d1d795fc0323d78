package import ExactNumbers

/// A test on the fields of one row. An absent or unreadable field fails every test but ``isAbsent(_:)``.
package indirect enum RowTest: Hashable, Sendable {
  case isOneOf(Int, [[UInt8]])
  case isNoneOf(Int, [[UInt8]])
  case isPresent(Int)
  case isAbsent(Int)
  case containsOneOf(Int, [[UInt8]])
  case containsNoneOf(Int, [[UInt8]])
  /// Phrases in lower case; letters of ASCII are folded, and no letter or digit of it stands before or behind.
  case containsNoWordsOf(Int, [[UInt8]])
  case isNegative(Int)
  case isPositive(Int)
  case isNonZero(Int)
  case isZero(Int)
  /// a > b + margin
  case exceeds(Int, Int, by: Amount)
  /// |value − rate·quantity| > max(absolute, relative·|value|)
  case differsFromProduct(
    value: Int, rate: Int, quantity: Int, absolute: Amount, relative: Amount)
  case differs(Int, Int)
  case isBefore(Int, Int)
  /// Both are points in time, and the first is no earlier.
  case isNotBefore(Int, Int)
  /// What is read out of a text is this number.
  case reads(SlotReading, Int)
  /// Both can be read, and the first is less.
  case isLess(SlotReading, than: SlotReading)
  /// Both can be read, and are the same.
  case isSame(SlotReading, as: SlotReading)
  /// | |a − b| − |c| | > margin
  case isOtherStep(Int, Int, than: Int, by: Amount)
  case anyOf([RowTest])
}

/// What derivation `derivation` reads out of a slot.
package struct SlotReading: Hashable, Sendable {
  package var slot: Int
  package var derivation: Int

  package init(_ slot: Int, by derivation: Int) {
    self.slot = slot
    self.derivation = derivation
  }
}

/// What is added up over suspect rows; a row with an unreadable field adds nothing.
package enum WatchMeasure: Hashable, Sendable {
  case sum(Int)
  /// Σ (value − rate·quantity)
  case residual(value: Int, rate: Int, quantity: Int)
  /// Σ (rate − limit)·quantity
  case excess(rate: Int, limit: Int, quantity: Int)
  /// What ``Watch/balance`` makes of the rows of groups of which it makes more than zero.
  case surplus
  /// What it makes of the rows of the others, so that no group hides another.
  case shortfall
  /// Σ over all rows of a group but its first, by place.
  case sumOfRepeats(Int)
}

/// Rows to look for, alone or in groups.
package struct Watch: Sendable {
  package enum Trip: Hashable, Sendable {
    case row
    /// More than one row in a group.
    case repeats
    /// More than one value of the slot; as numbers, so that 0.1 and 0.10 are one, or as bytes.
    case varies(Int, isNumber: Bool)
    case repeatsWithOther(Int)
    case sumIsNotZero(Int, perRow: Amount)
    /// Σ slot > what derivation `by` reads out of slot `of`; all rows of a group read the same there.
    case sumExceeds(Int, of: Int, by: Int)
    /// ``Watch/balance`` is off by more than the margin a row.
    case isUnbalanced(perRow: Amount)
  }

  package var rows: [RowTest]
  package var groupedBy: [Int]
  package var trip: Trip
  /// What ``Trip/isUnbalanced(perRow:)`` adds up; apart from it, so that a trip is copied like a number.
  package var balance: WatchBalance?
  package var keyedBy: [Int]
  package var measures: [WatchMeasure]
  package var captures: [Int]
  /// How many rows of a suspect are kept as evidence.
  package var evidenceLimit: Int

  package init(
    rows: [RowTest], groupedBy: [Int], trip: Trip, keyedBy: [Int], measures: [WatchMeasure],
    captures: [Int], evidenceLimit: Int
  ) {
    self.rows = rows
    self.groupedBy = groupedBy
    self.trip = trip
    self.keyedBy = keyedBy
    self.measures = measures
    self.captures = captures
    self.evidenceLimit = evidenceLimit
  }
}

extension Watch.Trip {
  /// Whether the test adds amounts, which never cross units.
  var isSum: Bool {
    switch self {
    case .sumIsNotZero, .sumExceeds, .isUnbalanced: true
    default: false
    }
  }

  /// The slot whose values are compared within a group.
  var compared: Int? {
    switch self {
    case .varies(let slot, _), .repeatsWithOther(let slot): slot
    default: nil
    }
  }

  func trips(rows: Int, differs: Bool, sum: Amount, limit: Int) throws(AmountOverflow) -> Bool {
    switch self {
    case .row: true
    case .repeats: rows > 1
    case .varies: differs
    case .repeatsWithOther: rows > 1 && differs
    case .sumIsNotZero(_, let perRow):
      Product(sum.magnitude) > Product(perRow, try Amount(rows))
    case .sumExceeds: try sum > Amount(limit)
    case .isUnbalanced(let perRow):
      try WatchBalance.trips(sides: limit, sum: sum, margin: Product(perRow, Amount(rows)))
    }
  }
}

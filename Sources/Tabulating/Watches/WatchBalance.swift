import ExactNumbers

/// Rows of two sides that should come to the same.
package struct WatchBalance: Hashable, Sendable {
  package var parts: [WatchTerm]
  package var wholes: [WatchTerm]
  /// Where a row holds it, the parts may not fall short of the whole either.
  package var isClosed: RowTest

  package init(parts: [WatchTerm], wholes: [WatchTerm], isClosed: RowTest) {
    self.parts = parts
    self.wholes = wholes
    self.isClosed = isClosed
  }

  /// What is known of a group, a bit each; of rows and logs that are put together any bit counts.
  enum Side {
    static let part = 1
    static let whole = 2
    static let closed = 4
    /// A figure that is no number, or that no sum has room for.
    static let unknown = 8
  }

  static func trips(sides: Int, sum: Amount, margin: Product) -> Bool {
    guard sides & (Side.part | Side.whole | Side.unknown) == Side.part | Side.whole else {
      return false
    }
    return Product(sum) > margin || sides & Side.closed != 0 && Product(sum.magnitude) > margin
  }
}

/// A figure of the rows that pass all tests.
package struct WatchTerm: Hashable, Sendable {
  package var slot: Int
  package var rows: [RowTest]
  /// An absent figure adds nothing; else it is unknown.
  package var mayBeAbsent: Bool

  package init(_ slot: Int, where rows: [RowTest], mayBeAbsent: Bool = false) {
    self.slot = slot
    self.rows = rows
    self.mayBeAbsent = mayBeAbsent
  }
}

/// A balance with its tests by number.
struct CompiledBalance: Sendable {
  struct Term {
    var slot: Int
    var tests: [Int]
    var isWhole: Bool
    var mayBeAbsent: Bool
  }

  let terms: [Term]
  let isClosed: Int
}

extension TabulatorCore {
  /// What a row adds to the balance of its group, and what it says of it.
  mutating func balance(
    _ index: Int, _ row: inout RowView
  ) throws(AmountOverflow) -> (sum: Int128, sides: Int) {
    guard let balance = plan.balances[index] else { return (0, 0) }
    var sum: Int128 = 0
    var sides = holds(balance.isClosed, &row) ? WatchBalance.Side.closed : 0
    for term in balance.terms where passes(term.tests, &row) {
      var units = row.units(term.slot)
      if let found = units, found.magnitude > fixed.largestAddend.magnitude { units = nil }
      sides |= term.isWhole ? WatchBalance.Side.whole : WatchBalance.Side.part
      if units == nil, !term.mayBeAbsent || row.isPresent(term.slot) {
        sides |= WatchBalance.Side.unknown
      }
      sum = try ExactSum.add(sum, term.isWhole ? -(units ?? 0) : units ?? 0)
    }
    return (sum, sides)
  }

  private mutating func passes(_ tests: [Int], _ row: inout RowView) -> Bool {
    for test in tests where !holds(test, &row) { return false }
    return true
  }
}

package import ExactNumbers

/// The exact sums of one group of rows.
package struct GroupSums: Hashable, Sendable {
  package var rows = 0
  /// The amount, then the sums of the query.
  package var sums: [Amount]
  /// How many rows state each of them.
  package var stated: [Int]

  package mutating func merge(_ other: GroupSums) throws(AmountOverflow) {
    rows += other.rows
    for index in sums.indices {
      try sums[index] += other.sums[index]
      stated[index] += other.stated[index]
    }
  }
}

/// What one row adds to one sum.
struct RowValue: Sendable {
  var amount: Amount
  /// False where the row does not state it: what it adds then is 0, or stands in for it.
  var isStated: Bool
}

/// Groups by packed keys, and sums in parallel arrays.
struct GroupTable: Sendable {
  private let sumCount: Int
  private(set) var keys: KeyTable
  private var rows: [Int] = []
  private var sums: [Amount] = []
  private var stated: [Int] = []

  init(width: Int, sumCount: Int) {
    self.sumCount = sumCount
    keys = KeyTable(width: width)
  }

  var count: Int { keys.count }

  /// Adds one row.
  mutating func add(_ key: [UInt32], _ values: [RowValue]) throws(AmountOverflow) {
    let index = index(of: key)
    rows[index] += 1
    let base = index * sumCount
    var at = 0
    while at < sumCount {
      try sums[base + at] += values[at].amount
      if values[at].isStated { stated[base + at] += 1 }
      at += 1
    }
  }

  private mutating func index(of key: [UInt32]) -> Int {
    let (index, isNew) = keys.index(key)
    if isNew {
      rows.append(0)
      for _ in 0..<sumCount {
        sums.append(.zero)
        stated.append(0)
      }
    }
    return index
  }

  func group(_ index: Int) -> GroupSums {
    let range = (index * sumCount)..<((index + 1) * sumCount)
    return GroupSums(rows: rows[index], sums: Array(sums[range]), stated: Array(stated[range]))
  }
}

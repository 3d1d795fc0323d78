import ByteStreaming
import ExactNumbers

/// Groups that may have tripped a watch, by their hashes.
struct Candidates: Sendable {
  private var groups: Set<Group> = []

  struct Group: Hashable, Sendable {
    var first: UInt64
    /// 0 where 64 bits tell groups apart.
    var second: UInt64
  }

  var isEmpty: Bool { groups.isEmpty }

  func contains(_ first: UInt64, _ second: UInt64) -> Bool {
    groups.contains(Group(first: first, second: second))
  }

  mutating func formUnion(_ other: Candidates) { groups.formUnion(other.groups) }

  /// Settles one partition of the logs of all workers: what one watch wrote down.
  init(_ words: borrowing Slab<UInt64>, _ trip: Watch.Trip) throws(AmountOverflow) {
    switch WatchLog.Record(trip) {
    case .repeats: settleRepeats(words)
    case .values: try settleValues(words, trip)
    case .sums: try settleSums(words, trip)
    }
  }

  init() {}

  private mutating func settleRepeats(_ words: borrowing Slab<UInt64>) {
    var seen = HashIndex(words.count)
    for at in 0..<words.count {
      let (_, isNew) = seen.index(of: words[at], 0)
      if !isNew { groups.insert(Group(first: words[at], second: 0)) }
    }
  }

  private mutating func settleValues(
    _ words: borrowing Slab<UInt64>, _ trip: Watch.Trip
  ) throws(AmountOverflow) {
    var seen = HashIndex(words.count / 2)
    var values = Slab<UInt64>()
    var states = Slab<UInt8>()
    for at in stride(from: 0, to: words.count, by: 2) {
      let (index, isNew) = seen.index(of: words[at], 0)
      let value = words[at + 1]
      if isNew {
        values.append(value)
        states.append(0)
        continue
      }
      // Bit 0: more than one row; bit 1: more than one value.
      states[index] |= 1
      if value != 0, values[index] != 0, values[index] != value { states[index] |= 2 }
      if values[index] == 0 { values[index] = value }
    }
    for index in 0..<seen.count
    where try trip.trips(
      rows: states[index] & 1 == 0 ? 1 : 2, differs: states[index] & 2 != 0, sum: .zero, limit: 0)
    {
      groups.insert(Group(first: seen.key(index).0, second: 0))
    }
  }

  private mutating func settleSums(
    _ words: borrowing Slab<UInt64>, _ trip: Watch.Trip
  ) throws(AmountOverflow) {
    var seen = HashIndex(words.count / 6)
    var sums = Slab<Int128>()
    var rows = Slab<Int>()
    var limits = Slab<Int>()
    for at in stride(from: 0, to: words.count, by: 6) {
      let (index, isNew) = seen.index(of: words[at], words[at + 1])
      if isNew {
        sums.append(0)
        rows.append(0)
        limits.append(0)
      }
      sums[index] = try ExactSum.add(
        sums[index], WatchLog.amount(words[at + 2], words[at + 3]))
      rows[index] += Int(words[at + 4])
      limits[index] |= Int(truncatingIfNeeded: words[at + 5])
    }
    for index in 0..<seen.count
    where try trip.trips(
      rows: rows[index], differs: false, sum: Amount(units: sums[index]), limit: limits[index])
    {
      let (first, second) = seen.key(index)
      groups.insert(Group(first: first, second: second))
    }
  }
}

/// Numbers pairs of words in the order in which they come.
private struct HashIndex: ~Copyable {
  private var keys: Slab<UInt64>
  private let table: Slab<UInt32>
  private(set) var count = 0

  init(_ capacity: Int) {
    keys = Slab(capacity: 2 * capacity)
    var size = 64
    while size < 2 * capacity { size *= 2 }
    table = Slab(repeating: 0, count: size)
  }

  @inline(__always)
  mutating func index(of first: UInt64, _ second: UInt64) -> (index: Int, isNew: Bool) {
    let mask = table.count - 1
    var at = Int(truncatingIfNeeded: first) & mask
    while case let entry = Int(table[at]), entry != 0 {
      if keys[2 * entry - 2] == first, keys[2 * entry - 1] == second { return (entry - 1, false) }
      at = (at + 1) & mask
    }
    keys.append(first)
    keys.append(second)
    count += 1
    table[at] = UInt32(count)
    return (count - 1, true)
  }

  func key(_ index: Int) -> (UInt64, UInt64) { (keys[2 * index], keys[2 * index + 1]) }
}

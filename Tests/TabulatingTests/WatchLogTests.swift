import ExactNumbers
import TestSupport
import Testing

@testable import Tabulating

/// What a log says about groups, from memory and from scratch files: exactly those that tripped.
@Suite struct WatchLogTests {
  private struct Row {
    var group: UInt64
    /// Of a sum, in units; else the hash of a value, where 0 is an absent one.
    var value: Int
  }

  /// Groups in few and in all partitions, some of which share their place among the recent ones.
  private func rows(_ seed: UInt64, groups: Int) -> [Row] {
    var random = SeededGenerator(seed: seed)
    let names = (0..<UInt64(groups)).map { number in
      number % 3 == 0 ? number << 9 : number &* 0x9E37_79B9_7F4A_7C15
    }
    return (0..<900).map { _ in
      Row(
        group: names.randomElement(using: &random)!, value: Int.random(in: -2...2, using: &random))
    }
  }

  private func candidates(_ log: inout WatchLog) throws -> Candidates {
    try log.finish()
    var result = Candidates()
    for partition in 0..<WatchLog.partitions {
      var words = Slab<UInt64>()
      try log.read(partition, into: &words)
      result.formUnion(try Candidates(words, log.trip))
    }
    return result
  }

  private func check(
    _ trip: Watch.Trip, _ rows: [Row], _ add: (inout WatchLog, Row) throws -> Void,
    second: (UInt64) -> UInt64 = { _ in 0 }, expected: ([Row]) -> Bool
  ) throws {
    for limit in [1, 6, 100, 1 << 20] {
      var log = WatchLog(trip, limit: limit)
      for row in rows { try add(&log, row) }
      let found = try candidates(&log)
      for (group, rows) in Dictionary(grouping: rows, by: \.group) {
        #expect(
          found.contains(group, second(group)) == expected(rows),
          "\(trip), limit \(limit), group \(group): \(rows.map(\.value))")
        #expect(!found.contains(group, second(group) ^ 1))
      }
    }
  }

  @Test(arguments: [5, 60, 1500])
  func `repetition and other values are found`(groups: Int) throws {
    let rows = rows(UInt64(groups), groups: groups)
    func values(_ rows: [Row]) -> Int { Set(rows.map(\.value)).subtracting([0]).count }
    try check(.repeats, rows) {
      try $0.add($1.group)
    } expected: {
      $0.count > 1
    }
    for isNumber in [true, false] {
      try check(.varies(1, isNumber: isNumber), rows) {
        try $0.add($1.group, value: UInt64(bitPattern: Int64($1.value)))
      } expected: {
        values($0) > 1
      }
    }
    try check(.repeatsWithOther(1), rows) {
      try $0.add($1.group, value: UInt64(bitPattern: Int64($1.value)))
    } expected: {
      values($0) > 1
    }
  }

  @Test(arguments: [5, 60, 1500])
  func `sums are compared with rows and limits`(groups: Int) throws {
    let rows = rows(UInt64(groups) + 7, groups: groups)
    let whole = Amount.one.units
    func sum(_ rows: [Row]) -> Int { rows.map(\.value).reduce(0, +) }
    func second(_ group: UInt64) -> UInt64 { group &* 3 }
    for perRow in [0, 1] {
      try check(.sumIsNotZero(1, perRow: try Amount(perRow)), rows) {
        try $0.add(($1.group, second($1.group)), sum: Int128($1.value) * whole, limit: 0)
      } second: {
        second($0)
      } expected: {
        abs(sum($0)) > perRow * $0.count
      }
    }
    try check(.sumExceeds(1, of: 2, by: 0), rows) {
      try $0.add(
        ($1.group, second($1.group)), sum: Int128($1.value) * whole, limit: Int($1.group % 5) - 2)
    } second: {
      second($0)
    } expected: {
      sum($0) > Int($0[0].group % 5) - 2
    }
  }

  /// Each row says what it is: a part, a whole, both, or of a whole that is not known.
  @Test(arguments: [5, 60, 1500])
  func `sides of a balance are put together, wherever their rows lie`(groups: Int) throws {
    let rows = rows(UInt64(groups) + 11, groups: groups)
    func side(_ row: Row) -> Int { [1, 2, 4, 3, 8][row.value + 2] }
    try check(.isUnbalanced(perRow: .zero), rows) {
      try $0.add(($1.group, $1.group), sum: Int128($1.value), limit: side($1))
    } second: {
      $0
    } expected: { rows in
      let sides = Set(rows.map(side))
      let sum = rows.map(\.value).reduce(0, +)
      let isWhole = sides.contains(3) || sides.isSuperset(of: [1, 2])
      return isWhole && !sides.contains(8) && (sum > 0 || sum < 0 && sides.contains(4))
    }
  }

  /// Two groups under one 64-bit hash whose sums would hide each other.
  @Test(arguments: [1, 1 << 20])
  func `groups of sums are told apart by both hashes`(limit: Int) throws {
    var log = WatchLog(.sumIsNotZero(1, perRow: .zero), limit: limit)
    for _ in 0..<3 {
      try log.add((9, 1), sum: Amount.one.units, limit: 0)
      try log.add((9, 2), sum: -Amount.one.units, limit: 0)
      try log.add((9, 3), sum: 0, limit: 0)
    }
    let found = try candidates(&log)
    #expect(found.contains(9, 1) && found.contains(9, 2) && !found.contains(9, 3))
  }

  @Test func `a sum beyond its range is an error, in a log and between logs`() throws {
    let most = Int128(99_999_999_999_999_999_999_999_999_999_999_999_999 as Int128)
    var log = WatchLog(.sumIsNotZero(1, perRow: .zero), limit: 100)
    try log.add((1, 1), sum: most, limit: 0)
    #expect(throws: WatchLogFault.self) { try log.add((1, 1), sum: 1, limit: 0) }
    // Another group in the same place, so that the first one is written down.
    try log.add((1 + 512, 1), sum: 0, limit: 0)
    try log.add((1, 1), sum: 1, limit: 0)
    #expect(throws: AmountOverflow.self) { try candidates(&log) }
  }
}

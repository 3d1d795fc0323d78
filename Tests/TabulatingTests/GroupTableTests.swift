import ExactNumbers
import TestSupport
import Testing

@testable import Tabulating

@Suite struct GroupTableTests {
  private func push(
    _ table: inout GroupTable, _ key: [UInt32], _ sums: [Int128], stated: UInt32 = 1,
    record: Int = 1
  ) throws {
    for (word, value) in key.enumerated() { unsafe table.nextKey[word] = value }
    try unsafe sums.withUnsafeBufferPointer {
      unsafe try table.push($0.baseAddress!, stated, record: record)
    }
  }

  /// Key, sums, then the counts of rows and of stated sums.
  private func groups(_ table: borrowing GroupTable) -> [[UInt32]: ([Int128], [UInt32])] {
    var result: [[UInt32]: ([Int128], [UInt32])] = [:]
    for index in 0..<table.count {
      let record = table[index]
      let key = (0..<record.shape.width).map { unsafe record.key[$0] }
      #expect(result[key] == nil, "a key stands twice")
      result[key] = (
        (0..<record.shape.sumCount).map { unsafe record.sums[$0] },
        (0...record.shape.sumCount).map { unsafe record.counts[$0] }
      )
    }
    return result
  }

  /// Rows around a batch of 64; groups around a segment of 1024; keys and sums of odd sizes.
  @Test(arguments: [
    (1, 63, 7), (1, 64, 7), (2, 65, 1), (3, 1023, 1023), (3, 1024, 1024), (5, 1025, 1025),
    (8, 2500, 2049), (4, 9000, 6000), (0, 130, 1),
  ])
  func `groups are whole once the last batch is in`(width: Int, rows: Int, distinct: Int) throws {
    let sumCount = width % 3 + 1
    var table = GroupTable(width: width, sumCount: sumCount)
    var expected: [[UInt32]: ([Int128], [UInt32])] = [:]
    var random = SeededGenerator(seed: UInt64(rows))
    for row in 0..<rows {
      // Each key comes; most words are the same in all.
      let number = row < distinct ? row : Int.random(in: 0..<distinct, using: &random)
      let key = (0..<width).map { UInt32($0 == number % width ? number / width + 1 : 9) }
      let sums = (0..<sumCount).map { Int128(row - 40) << Int128($0 * 40) }
      let stated = UInt32.random(in: 0..<(1 << UInt32(sumCount)), using: &random)
      try push(&table, key, sums, stated: stated)
      var group = expected[key] ?? (sums.map { _ in 0 }, sums.map { _ in 0 } + [0])
      group.1[0] += 1
      for sum in 0..<sumCount {
        group.0[sum] += sums[sum]
        group.1[sum + 1] += stated >> UInt32(sum) & 1
      }
      expected[key] = group
    }
    try table.flush()
    try table.flush()
    let found = groups(table)
    #expect(found.count == expected.count)
    for (key, group) in expected {
      #expect(found[key].map { $0.0 == group.0 && $0.1 == group.1 } == true, "\(key)")
    }
    for index in 0..<table.count {
      #expect(unsafe UInt(bitPattern: table[index].start) % 16 == 0)
    }
  }

  private static let largest: Int128 = 99_999_999_999_999_999_999_999_999_999_999_999_999

  @Test(arguments: [1, 2, 40, 63, 64, 65, 100])
  func `a sum that leaves its range names the row that did it`(row: Int) throws {
    var table = GroupTable(width: 1, sumCount: 2)
    let fault = #expect(throws: OverflowingRecord.self) {
      for number in 0..<130 {
        let sums: [Int128] = number == 0 || number == row ? [1, -Self.largest] : [1, 0]
        try push(&table, [7], sums, record: 1000 + number)
      }
      try table.flush()
    }
    #expect(fault?.record == 1000 + row)
  }

  @Test func `a sum may reach its range and come back`() throws {
    var table = GroupTable(width: 1, sumCount: 1)
    for value in [Self.largest, -Self.largest, -Self.largest, Self.largest, Self.largest] {
      try push(&table, [7], [value])
    }
    try table.flush()
    #expect(groups(table)[[7]]?.0 == [Self.largest])
    #expect(throws: AmountOverflow.self) { try ExactSum.add(Self.largest, 1) }
    #expect(throws: AmountOverflow.self) { try ExactSum.add(-Self.largest, -1) }
    #expect(throws: AmountOverflow.self) { try ExactSum.add(.max, .max) }
  }
}

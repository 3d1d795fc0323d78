import TestSupport
import Testing

@testable import Tabulating

/// Orders of keys and of texts, against the order of the standard library.
@Suite struct OrderTests {
  private func order(_ keys: [[UInt32]], width: Int) -> [Int] {
    var words = Slab<UInt32>()
    for word in keys.joined() { words.append(word) }
    let base = unsafe words.base
    var places = Slab<UInt64>()
    for at in keys.indices { places.append(UInt64(at)) }
    let order = unsafe KeyOrder(places, width: width) { unsafe base + Int($0) * width }.sorted()
    _ = words.count
    return order.map { Int($0) }
  }

  private func check(_ keys: [[UInt32]], width: Int, _ label: String) {
    let found = order(keys, width: width).map { keys[$0] }
    let expected = keys.sorted { $0.lexicographicallyPrecedes($1) }
    #expect(found == expected, "\(label)")
  }

  /// A pass sorts 11 bits of a word: numbers of one, two and three digits, at the borders too.
  @Test(
    arguments: [0, 1, 2047, 2048, (1 << 22) - 1, 1 << 22, (1 << 22) + 1, 1 << 31, .max] as [UInt32])
  func `keys are in order whatever the size of their words`(highest: UInt32) {
    var random = SeededGenerator(seed: UInt64(highest))
    for (width, low) in [(1, 0), (2, highest / 2), (3, 0)] as [(Int, UInt32)] {
      let keys =
        (0..<500).map { _ in
          (0..<width).map { _ in UInt32.random(in: low...highest, using: &random) }
        } + [Array(repeating: low, count: width), Array(repeating: highest, count: width)]
      check(keys, width: width, "up to \(highest), \(width) words from \(low)")
    }
    check([], width: 2, "none")
    check([[highest, 0]], width: 2, "one")
  }

  @Test func `equal keys keep the order they came in, and no words are no order`() {
    #expect(order([[2], [1], [2], [1]], width: 1) == [1, 3, 0, 2])
    #expect(order([[], [], []], width: 0) == [0, 1, 2])
  }

  private func check(_ texts: [[UInt8]], _ width: Int) {
    var interner = Interner()
    let numbers = texts.map { interner.number($0) }
    let merged = MergedTexts(interner, on: BackToFront(width: width))
    let expected = Set(texts + [[]]).sorted { $0.lexicographicallyPrecedes($1) }
    #expect(merged.count == expected.count)
    #expect((0..<merged.count).map { merged.bytes($0) } == expected, "width \(width)")
    for (text, number) in zip(texts, numbers) {
      #expect(expected[Int(merged.rank(ofInterned: number))] == text)
    }
  }

  @Test(arguments: [1, 2, 7])
  func `texts are in the order of their bytes`(width: Int) {
    let texts: [[UInt8]] =
      [
        "b", "a", "ab", "abc", "12345678", "123456789", "1234567", "12345678a", "12345678\u{0}",
        "12345678\u{0}\u{0}", "1234567\u{0}", "\u{0}", "\u{0}\u{0}", "é", "z", "東京", "Z",
      ].map { Array($0.utf8) } + [[0x80], [0x7F], [0xFF], [0xFF, 0x00], [0x7F, 0xFF]]
    check(texts, width)
    check(texts.reversed(), width)
    check([], width)
  }

  /// More texts than one thread sorts at once, most of them alike in their first 8 bytes.
  @Test(arguments: [1, 2, 3, 7])
  func `many texts are in the order of their bytes`(width: Int) {
    var random = SeededGenerator(seed: 3)
    let texts = (0..<21_000).map { number in
      let prefix = [[], Array("i-0abcdef".utf8), [0xC3, 0xA9]].randomElement(using: &random)!
      return prefix
        + (0..<Int.random(in: 1...5, using: &random)).map { _ in
          UInt8.random(in: .min ... .max, using: &random)
        }
    }
    check(texts, width)
  }

  @Test func `indices are put together by partition, in their order`() {
    var numbers = Slab<UInt32>()
    for number in [2, 0, 2, 3, 0, 2] as [UInt32] { numbers.append(number) }
    let found = PartitionedIndices(numbers, partitions: 5)
    let lists = (0..<6).map { found.range($0).map { found.indices[$0] } }
    #expect(lists == [[1, 4], [], [0, 2, 5], [3], [], []])
    let none = PartitionedIndices()
    #expect(none.range(0).isEmpty && none.range(7).isEmpty)
  }

  @Test func `derived words are ordered as their numbers, an absent one first`() {
    let numbers = [Int(Int32.min) + 1, -5, -1, 0, 1, 7, Int(Int32.max) - 1]
    let words = numbers.map { DerivedWord.ordered(UInt32(bitPattern: Int32($0))) }
    let absent = DerivedWord.ordered(UInt32(bitPattern: .max))
    #expect(([absent] + words).sorted() == [absent] + words)
    #expect(([absent] + words).map { DerivedWord.value($0) } == [nil] + numbers)
  }
}

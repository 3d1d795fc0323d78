import TestSupport
import Testing

@testable import Tabulating

/// Orders of keys and of texts, against the order of the standard library.
@Suite struct OrderTests {
  /// The keys of two workers, packed and put in order; equal ones become one, and who was united with whom.
  private func run(
    _ keys: [[UInt32]], width: Int, packing: KeyPacking
  ) throws -> (run: KeyRun, united: [[UInt64]]) {
    var places = Slab<UInt64>()
    let packed = Slab<UInt64>(repeating: 0, count: keys.count * packing.width)
    for (at, key) in keys.enumerated() {
      places.append(UInt64(at))
      unsafe key.withUnsafeBufferPointer { key in
        guard let start = key.baseAddress else { return }
        unsafe packing.pack(start, into: packed.base + at * packing.width)
      }
    }
    var united: [[UInt64]] = []
    let run = try KeyRun(places, packed, packing) { united.append([$0, $1]) }
    return (run, united)
  }

  private func packing(_ keys: [[UInt32]], width: Int) -> KeyPacking {
    // The bounds of two halves, as of two workers.
    let halves = [keys.prefix(keys.count / 2), keys.dropFirst(keys.count / 2)].map { half in
      var bounds = KeyBounds(width: width)
      for key in half {
        unsafe key.withUnsafeBufferPointer { key in
          if let start = key.baseAddress { unsafe bounds.insert(start) }
        }
      }
      return bounds
    }
    return KeyPacking(halves[0].union(halves[1]))
  }

  private func check(_ keys: [[UInt32]], width: Int, _ label: String) throws {
    let packing = packing(keys, width: width)
    let (run, united) = try run(keys, width: width, packing: packing)
    let found = (0..<run.count).map { keys[Int(run.places[$0])] }
    let expected = Set(keys).sorted { $0.lexicographicallyPrecedes($1) }
    #expect(found == expected, "\(label)")
    for place in (0..<run.count).map({ run.places[$0] }) {
      #expect(keys.firstIndex(of: keys[Int(place)]) == Int(place), "\(label): the first stays")
    }
    #expect(united.count == keys.count - expected.count, "\(label)")
    #expect(united.allSatisfy { keys[Int($0[0])] == keys[Int($0[1])] }, "\(label)")
  }

  /// A pass sorts 11 bits: numbers of one, two and three digits, at the borders too; and keys that fill a
  /// word of 64 bits to the last, or need a second and a third.
  @Test(
    arguments: [
      0, 1, 2047, 2048, 1 << 12, (1 << 22) - 1, 1 << 22, (1 << 22) + 1, 1 << 31, .max,
    ] as [UInt32])
  func `keys are in order whatever the size of their words`(highest: UInt32) throws {
    var random = SeededGenerator(seed: UInt64(highest))
    for (width, low) in [(1, 0), (2, highest / 2), (3, 0), (7, 0)] as [(Int, UInt32)] {
      var keys =
        (0..<500).map { _ in
          (0..<width).map { _ in UInt32.random(in: low...highest, using: &random) }
        } + [Array(repeating: low, count: width), Array(repeating: highest, count: width)]
      keys += keys.shuffled(using: &random).prefix(200)
      for word in 0..<width {
        // Keys that differ in one word only.
        var key = keys[0]
        key[word] = key[word] == low ? highest : low
        keys.append(key)
      }
      try check(keys, width: width, "up to \(highest), \(width) words from \(low)")
    }
    try check([], width: 2, "none")
    try check([[highest, 0]], width: 2, "one")
    try check([[highest], [highest]], width: 1, "one twice")
    try check([[], [], []], width: 0, "no words")
  }

  @Test func `runs without a key in common become one, in order`() throws {
    var random = SeededGenerator(seed: 8)
    for width in [1, 2, 4] {
      let keys = Set(
        (0..<900).map { _ in (0..<width).map { _ in UInt32.random(in: 0...99, using: &random) } })
      let packing = packing(Array(keys), width: width)
      var parts = Array(repeating: [[UInt32]](), count: 4)
      for key in keys { parts[Int(key[0]) % 3].append(key) }
      let runs = try parts.map { try run($0, width: width, packing: packing).run }
      let merged = KeyRun.merged(runs)
      // Places say nothing of their run: they are told apart by the part their key is in.
      var next = [0, 0, 0, 0]
      let found = keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
        let part = Int(key[0]) % 3
        next[part] += 1
        return runs[part].places[next[part] - 1]
      }
      #expect((0..<merged.count).map { merged[$0] } == found)
    }
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

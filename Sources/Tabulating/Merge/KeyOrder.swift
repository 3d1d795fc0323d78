/// The indices of groups, put together by partition.
struct PartitionedIndices: ~Copyable {
  let indices: Slab<UInt32>
  private let starts: Slab<Int>

  init() {
    indices = Slab()
    starts = Slab(repeating: 0, count: 2)
  }

  /// - Parameter numbers: The partition of each group.
  init(_ numbers: borrowing Slab<UInt32>, partitions: Int) {
    let starts = Slab<Int>(repeating: 0, count: partitions + 1)
    for at in 0..<numbers.count { starts[Int(numbers[at]) + 1] += 1 }
    for at in 1..<starts.count { starts[at] += starts[at - 1] }
    let next = Slab<Int>(repeating: 0, count: partitions)
    for at in 0..<partitions { next[at] = starts[at] }
    let indices = Slab<UInt32>(repeating: 0, count: numbers.count)
    for at in 0..<numbers.count {
      let partition = Int(numbers[at])
      indices[next[partition]] = UInt32(at)
      next[partition] += 1
    }
    self.indices = indices
    self.starts = starts
  }

  func range(_ partition: Int) -> Range<Int> {
    partition + 1 < starts.count ? starts[partition]..<starts[partition + 1] : 0..<0
  }
}

/// Finds groups by hash in a list that grows; the list compares the keys.
struct PlaceIndex: ~Copyable {
  private let table: Slab<UInt64>
  private var count = 0

  init(_ capacity: Int) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    table = Slab(repeating: 0, count: size)
  }

  /// The number of the equal one; nil where there is none, which then is the next number.
  @inline(__always)
  mutating func find(_ hash: UInt64, isEqual: (Int) -> Bool) -> Int? {
    let mask = table.count - 1
    // The upper half of the hash chose the partition.
    var at = Int(truncatingIfNeeded: hash) & mask
    while case let entry = table[at], entry != 0 {
      let number = Int(UInt32(truncatingIfNeeded: entry)) - 1
      if entry &>> 32 == hash &>> 32, isEqual(number) { return number }
      at = (at + 1) & mask
    }
    count += 1
    table[at] = (hash &>> 32) &<< 32 | UInt64(count)
    return nil
  }
}

/// Sorts places by the words of their keys: a counting sort from the last word to the first, since words
/// are small numbers and comparisons of whole keys would miss the cache.
@safe struct KeyOrder: ~Copyable {
  private let places: Slab<UInt64>
  private let width: Int
  private let key: (UInt64) -> UnsafeMutablePointer<UInt32>

  init(
    _ places: consuming Slab<UInt64>, width: Int,
    key: @escaping (UInt64) -> UnsafeMutablePointer<UInt32>
  ) {
    self.places = places
    self.width = width
    unsafe self.key = unsafe key
  }

  func sorted() -> [UInt64] {
    let count = places.count
    var order = Slab<UInt32>(repeating: 0, count: count)
    var next = Slab<UInt32>(repeating: 0, count: count)
    for at in 0..<count { order[at] = UInt32(at) }
    let words = Slab<UInt32>(repeating: 0, count: count)
    let (lowest, highest) = bounds()
    for word in (0..<width).reversed() where lowest[word] < highest[word] {
      let low = lowest[word]
      for at in 0..<count { words[at] = unsafe key(places[at])[word] &- low }
      var shift: UInt32 = 0
      while shift < 32, (highest[word] - low) &>> shift != 0 {
        Self.distribute(order, words, shift, into: next)
        swap(&order, &next)
        shift += Self.digit
      }
    }
    return (0..<count).map { places[Int(order[$0])] }
  }

  /// The least and the largest of each word: where they are one, it decides nothing.
  private func bounds() -> (lowest: [UInt32], highest: [UInt32]) {
    var lowest = Array(repeating: UInt32.max, count: width)
    var highest = Array(repeating: UInt32.min, count: width)
    for at in 0..<places.count {
      let key = unsafe key(places[at])
      for word in 0..<width {
        lowest[word] = unsafe min(lowest[word], key[word])
        highest[word] = unsafe max(highest[word], key[word])
      }
    }
    return (lowest, highest)
  }

  private static let digit: UInt32 = 11

  /// One stable pass over the digit at `shift`.
  private static func distribute(
    _ order: borrowing Slab<UInt32>, _ words: borrowing Slab<UInt32>, _ shift: UInt32,
    into target: borrowing Slab<UInt32>
  ) {
    let mask: UInt32 = 1 << digit - 1
    let starts = Slab<UInt32>(repeating: 0, count: Int(mask) + 2)
    for at in 0..<words.count { starts[Int((words[at] &>> shift) & mask) + 1] += 1 }
    for at in 1..<starts.count { starts[at] += starts[at - 1] }
    for at in 0..<order.count {
      let bucket = Int((words[Int(order[at])] &>> shift) & mask)
      target[Int(starts[bucket])] = order[at]
      starts[bucket] += 1
    }
  }
}

import ExactNumbers

/// Places of groups in the order of their keys.
final class KeyRun: Sendable {
  let places: Slab<UInt64>
  /// Packed keys, in the same order.
  private let keys: Slab<UInt64>
  private let width: Int

  var count: Int { places.count }

  /// Sorts places by their packed keys; equal keys become one place.
  ///
  /// - Parameter unite: Adds the group at the second place to that at the first.
  init(
    _ places: borrowing Slab<UInt64>, _ keys: borrowing Slab<UInt64>, _ packing: KeyPacking,
    unite: (UInt64, UInt64) throws(AmountOverflow) -> Void
  ) throws(AmountOverflow) {
    width = packing.width
    let order = Self.sorted(places.count, keys, packing)
    var united = Slab<UInt64>(capacity: places.count)
    var unitedKeys = Slab<UInt64>(capacity: places.count * width)
    for at in 0..<order.count {
      let place = places[Int(order[at])]
      let key = unsafe UnsafePointer(keys.base + Int(order[at]) * width)
      let last = unsafe UnsafePointer(unitedKeys.base + unitedKeys.count - width)
      if at > 0, unsafe Self.compare(last, key, width) == 0 {
        try unite(united[united.count - 1], place)
        continue
      }
      united.append(place)
      unsafe unitedKeys.append(UnsafeBufferPointer(start: key, count: width))
    }
    self.places = united
    self.keys = unitedKeys
  }

  /// Merges runs that have no key in common.
  static func merged(_ runs: [KeyRun]) -> Slab<UInt64> {
    var result = Slab<UInt64>(capacity: runs.map(\.count).reduce(0, +))
    var at = runs.map { _ in 0 }
    while true {
      var first = -1
      for run in runs.indices where at[run] < runs[run].count {
        if first < 0 || runs[run].precedes(at[run], runs[first], at[first]) { first = run }
      }
      if first < 0 { return result }
      result.append(runs[first].places[at[first]])
      at[first] += 1
    }
  }

  private func precedes(_ index: Int, _ other: KeyRun, _ otherIndex: Int) -> Bool {
    unsafe Self.compare(
      keys.base + index * width, other.keys.base + otherIndex * width, width) < 0
  }

  @inline(__always)
  private static func compare(
    _ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>, _ width: Int
  ) -> Int {
    for word in 0..<width where unsafe a[word] != b[word] {
      return unsafe a[word] < b[word] ? -1 : 1
    }
    return 0
  }

  // MARK: Sorting

  private static let digit = 11

  /// A counting sort from the last digit to the first: comparing whole keys would miss the cache.
  private static func sorted(
    _ count: Int, _ keys: borrowing Slab<UInt64>, _ packing: KeyPacking
  ) -> Slab<UInt32> {
    var order = Slab<UInt32>(repeating: 0, count: count)
    var next = Slab<UInt32>(repeating: 0, count: count)
    for at in 0..<count { order[at] = UInt32(at) }
    for word in (0..<packing.width).reversed() {
      for shift in stride(from: 64 - packing.bits[word], to: 64, by: digit) {
        unsafe distribute(order, keys.base + word, packing.width, shift, into: next)
        swap(&order, &next)
      }
    }
    return order
  }

  /// One stable pass over the digit at `shift`.
  private static func distribute(
    _ order: borrowing Slab<UInt32>, _ words: UnsafePointer<UInt64>, _ width: Int, _ shift: Int,
    into target: borrowing Slab<UInt32>
  ) {
    let mask: UInt64 = 1 << digit - 1
    let starts = Slab<UInt32>(repeating: 0, count: Int(mask) + 2)
    for at in 0..<order.count {
      starts[Int(unsafe words[at &* width] &>> UInt64(shift) & mask) + 1] += 1
    }
    for at in 1..<starts.count { starts[at] += starts[at - 1] }
    for at in 0..<order.count {
      let bucket = Int(unsafe words[Int(order[at]) &* width] &>> UInt64(shift) & mask)
      target[Int(starts[bucket])] = order[at]
      starts[bucket] += 1
    }
  }
}

/// Finds the index of a key of a fixed number of 32-bit parts; indices count up from 0.
struct KeyTable: Sendable {
  let width: Int
  private(set) var count = 0
  private var keys: [UInt32] = []
  /// Open addressing: index + 1, or 0 where free.
  private var table = [UInt32](repeating: 0, count: 64)

  init(width: Int) { self.width = width }

  /// The index of the key, and whether it is new.
  mutating func index(_ key: [UInt32]) -> (index: Int, isNew: Bool) {
    let (slot, found) = slot(of: key)
    if let found { return (found, false) }
    let index = count
    keys.append(contentsOf: key)
    count += 1
    table[slot] = UInt32(count)
    if count * 4 > table.count * 3 { grow() }
    return (index, true)
  }

  func find(_ key: [UInt32]) -> Int? { slot(of: key).found }

  func key(_ index: Int) -> ArraySlice<UInt32> { keys[(index * width)..<((index + 1) * width)] }

  private func slot(of key: [UInt32]) -> (slot: Int, found: Int?) {
    let mask = table.count - 1
    var at = Int(truncatingIfNeeded: Self.hash(key[...])) & mask
    while table[at] != 0 {
      let index = Int(table[at]) - 1
      if holds(key, at: index * width) { return (at, index) }
      at = (at + 1) & mask
    }
    return (at, nil)
  }

  private func holds(_ key: [UInt32], at base: Int) -> Bool {
    var part = 0
    while part < width {
      if keys[base + part] != key[part] { return false }
      part += 1
    }
    return true
  }

  private static func hash(_ key: ArraySlice<UInt32>) -> UInt64 {
    var hash: UInt64 = 0
    for part in key { hash = ByteHash.combine(hash, UInt64(part)) }
    return hash
  }

  private mutating func grow() {
    table = [UInt32](repeating: 0, count: table.count * 2)
    let mask = table.count - 1
    for index in 0..<count {
      var at = Int(truncatingIfNeeded: Self.hash(key(index))) & mask
      while table[at] != 0 { at = (at + 1) & mask }
      table[at] = UInt32(index) + 1
    }
  }
}

/// Numbers the names of a document. libxml2 keeps one copy of each: their addresses stand for them.
struct NameNumbers {
  private struct Entry {
    var namespace: UInt = 0
    var local: UInt = 0
    /// The number + 1; 0 where nothing is.
    var next = 0
  }

  /// Open addressing; at most half full.
  private var table = Array(repeating: Entry(), count: 256)
  private(set) var count = 0

  @inline(__always)
  func number(_ name: (namespace: UInt, local: UInt)) -> Int? {
    var at = place(name)
    while table[at].next != 0 {
      if table[at].local == name.local, table[at].namespace == name.namespace {
        return table[at].next - 1
      }
      at = (at + 1) & (table.count - 1)
    }
    return nil
  }

  /// Adds a name that is not there; returns its number.
  mutating func add(_ name: (namespace: UInt, local: UInt)) -> Int {
    if 2 * (count + 1) > table.count { grow() }
    count += 1
    insert(Entry(namespace: name.namespace, local: name.local, next: count))
    return count - 1
  }

  private mutating func insert(_ entry: Entry) {
    var at = place((entry.namespace, entry.local))
    while table[at].next != 0 { at = (at + 1) & (table.count - 1) }
    table[at] = entry
  }

  private mutating func grow() {
    let entries = table.filter { $0.next != 0 }
    table = Array(repeating: Entry(), count: 2 * table.count)
    for entry in entries { insert(entry) }
  }

  @inline(__always)
  private func place(_ name: (namespace: UInt, local: UInt)) -> Int {
    let mixed = (name.local ^ name.namespace &<< 7) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> 40) & (table.count - 1)
  }
}

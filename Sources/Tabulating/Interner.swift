/// Gives equal bytes equal small numbers. Number 0 is the empty text.
struct Interner: Sendable {
  private var arena: [UInt8] = []
  /// Text n is `arena[starts[n]..<starts[n + 1]]`.
  private var starts: [Int] = [0, 0]
  private var hashes: [UInt64] = [0]
  /// Open addressing: number + 1, or 0 where free.
  private var table = [UInt32](repeating: 0, count: 1024)

  var count: Int { hashes.count }

  mutating func number(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    if bytes.isEmpty { return 0 }
    let hash = unsafe ByteHash.of(bytes)
    let mask = table.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while table[at] != 0 {
      let number = table[at] - 1
      if hashes[Int(number)] == hash, unsafe equals(number, bytes) { return number }
      at = (at + 1) & mask
    }
    let number = UInt32(count)
    unsafe arena.append(contentsOf: bytes)
    starts.append(arena.count)
    hashes.append(hash)
    table[at] = number + 1
    if count * 2 > table.count { grow() }
    return number
  }

  mutating func number(_ bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { unsafe number($0) }
  }

  func equals(_ number: UInt32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[Int(number)]
    guard starts[Int(number) + 1] - start == bytes.count else { return false }
    return unsafe arena.withUnsafeBufferPointer { arena in
      var at = 0
      while at < bytes.count {
        if unsafe arena[start + at] != bytes[at] { return false }
        at += 1
      }
      return true
    }
  }

  func hash(_ number: UInt32) -> UInt64 { hashes[Int(number)] }

  func bytes(_ number: UInt32) -> [UInt8] {
    Array(arena[starts[Int(number)]..<starts[Int(number) + 1]])
  }

  private mutating func grow() {
    table = [UInt32](repeating: 0, count: table.count * 2)
    let mask = table.count - 1
    for number in 1..<count {
      var at = Int(truncatingIfNeeded: hashes[number]) & mask
      while table[at] != 0 { at = (at + 1) & mask }
      table[at] = UInt32(number) + 1
    }
  }
}

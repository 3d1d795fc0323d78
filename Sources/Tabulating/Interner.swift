import CProcessor

/// Gives equal bytes equal small numbers. Number 0 is the empty text.
///
/// Behind every text that is handed in ``ByteHash/padding`` may be read, as behind those in here.
@safe package struct Interner: ~Copyable {
  private var arena = Slab<UInt8>(capacity: 1 << 16)
  private var starts = Slab<Int>(repeating: 0, count: 2)
  private(set) var hashes = Slab<UInt64>(repeating: 0, count: 1)
  /// Open addressing: the upper half of the hash beside number + 1, or 0 where free.
  private var table = Slab<UInt64>(repeating: 0, count: 1024)

  package init() {}

  private static let padding = [UInt8](repeating: 0, count: ByteHash.padding)

  var count: Int { hashes.count }

  /// Bytes of all texts.
  var arenaSize: Int { arena.count }

  @inline(__always)
  mutating func number(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    unsafe number(bytes, hash: ByteHash.of(bytes))
  }

  /// Asks for the entry of a hash that will be looked up soon.
  @inline(__always)
  func prefetch(_ hash: UInt64) {
    unsafe counterfoil_prefetch(table.base + Int(truncatingIfNeeded: hash) & (table.count - 1))
  }

  /// - Parameter hash: Of the bytes.
  @inline(__always)
  mutating func number(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32 {
    if bytes.isEmpty { return 0 }
    let mask = table.count - 1
    let tag = hash &>> 32
    var at = Int(truncatingIfNeeded: hash) & mask
    while case let entry = table[at], entry != 0 {
      let number = UInt32(truncatingIfNeeded: entry) &- 1
      if entry &>> 32 == tag, unsafe equals(number, bytes) { return number }
      at = (at &+ 1) & mask
    }
    return unsafe insert(bytes, hash, at)
  }

  mutating func number(_ bytes: [UInt8]) -> UInt32 {
    var padded = bytes
    return number(padding: &padded)
  }

  /// Leaves the bytes longer than they were, by what may be read behind them.
  package mutating func number(padding bytes: inout [UInt8]) -> UInt32 {
    let count = bytes.count
    bytes += Self.padding
    return unsafe bytes.withUnsafeBufferPointer {
      unsafe number(UnsafeBufferPointer(rebasing: $0[..<count]))
    }
  }

  @inline(never)
  private mutating func insert(
    _ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ at: Int
  ) -> UInt32 {
    let number = UInt32(count)
    unsafe arena.append(bytes)
    arena.reserve(arena.count + ByteHash.padding)
    starts.append(arena.count)
    hashes.append(hash)
    table[at] = (hash &>> 32) &<< 32 | UInt64(number + 1)
    if count * 2 > table.count { grow() }
    return number
  }

  @inline(__always)
  func equals(_ number: UInt32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[Int(number)]
    guard starts[Int(number) &+ 1] &- start == bytes.count, let other = bytes.baseAddress
    else { return false }
    return unsafe ByteHash.equal(arena.base + start, other, bytes.count)
  }

  /// The bytes of a text; valid until the next one is added.
  func text(_ number: UInt32) -> UnsafeBufferPointer<UInt8> {
    let start = starts[Int(number)]
    return unsafe UnsafeBufferPointer(
      start: arena.base + start, count: starts[Int(number) + 1] - start)
  }

  func bytes(_ number: UInt32) -> [UInt8] { unsafe Array(text(number)) }

  private mutating func grow() {
    table = Slab(repeating: 0, count: table.count * 2)
    let mask = table.count - 1
    for number in 1..<count {
      let hash = hashes[number]
      var at = Int(truncatingIfNeeded: hash) & mask
      while table[at] != 0 { at = (at + 1) & mask }
      table[at] = (hash &>> 32) &<< 32 | UInt64(number + 1)
    }
  }
}

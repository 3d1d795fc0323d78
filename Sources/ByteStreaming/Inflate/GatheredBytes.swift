/// The bytes of a header or trailer, gathered over the pieces in which the input comes.
struct GatheredBytes {
  private(set) var bytes: [UInt8] = []

  /// Takes bytes from the front of `source` until `count` are there; says whether they are.
  mutating func gather(_ count: Int, from source: inout UnsafeRawBufferPointer) -> Bool {
    let missing = max(0, min(count - bytes.count, source.count))
    unsafe bytes.append(contentsOf: source[..<missing])
    unsafe source = UnsafeRawBufferPointer(rebasing: source[missing...])
    return bytes.count >= count
  }

  /// Adds bytes that someone else had taken from the source.
  mutating func append(_ more: [UInt8]) { bytes += more }

  mutating func drop(_ count: Int) { bytes.removeFirst(count) }

  /// The number of `size` bytes at `offset`, the lowest first, as gzip and ZIP write all numbers.
  func number(at offset: Int, size: Int) -> UInt64 {
    bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// A 64-bit hash of bytes, the same on every machine and in every run. Not against malice: whatever is
/// decided by it is either verified by the bytes themselves or spread over 128 bits.
enum ByteHash {
  private static let p0: UInt64 = 0xA076_1D64_78BD_642F
  private static let p1: UInt64 = 0xE703_7ED1_A0B4_28DB

  @inline(__always)
  static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// Adds one word to a running hash.
  @inline(__always)
  static func combine(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    mix(hash ^ p0, word ^ p1)
  }

  static func of(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
    var hash = seed ^ UInt64(bytes.count)
    guard let start = bytes.baseAddress else { return mix(hash ^ p0, p1) }
    let raw = unsafe UnsafeRawPointer(start)
    var at = 0
    while at + 8 <= bytes.count {
      let word = unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      hash = combine(hash, UInt64(littleEndian: word))
      at += 8
    }
    var rest: UInt64 = 0
    while at < bytes.count {
      rest = unsafe rest &<< 8 | UInt64(start[at])
      at += 1
    }
    return mix(combine(hash, rest), p1)
  }
}

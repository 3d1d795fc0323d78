/// A 64-bit hash of bytes, the same on every machine and in every run (after wyhash, by Wang Yi). Not
/// against malice: whatever is decided by it is either verified by the bytes themselves or spread over
/// 128 bits.
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

  @inline(__always)
  static func of(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
    guard let start = bytes.baseAddress else { return mix(seed ^ p0, p1) }
    let raw = unsafe UnsafeRawPointer(start)
    let count = bytes.count
    var hash = seed ^ p0 ^ UInt64(truncatingIfNeeded: count)
    var a: UInt64
    var b: UInt64 = 0
    if count >= 8 {
      var at = 0
      while at + 16 < count {
        hash = unsafe mix(word(raw, at) ^ p1, word(raw, at + 8) ^ hash)
        at += 16
      }
      // The last two words may lie over bytes that were read: every byte counts, none is passed.
      a = unsafe word(raw, max(0, count - 16))
      b = unsafe word(raw, count - 8)
    } else if count >= 4 {
      a = unsafe half(raw, 0) &<< 32 | half(raw, count - 4)
    } else if count > 0 {
      a =
        unsafe UInt64(bytes[0]) &<< 16 | UInt64(bytes[count >> 1]) &<< 8
        | UInt64(bytes[count - 1])
    } else {
      a = 0
    }
    return mix(p1 ^ hash, mix(a ^ p1, b ^ hash))
  }

  @inline(__always)
  private static func word(_ raw: UnsafeRawPointer, _ at: Int) -> UInt64 {
    UInt64(littleEndian: unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  @inline(__always)
  private static func half(_ raw: UnsafeRawPointer, _ at: Int) -> UInt64 {
    UInt64(UInt32(littleEndian: unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
  }

  /// Whether two stretches of `count` bytes are the same.
  @inline(__always)
  static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let a = unsafe UnsafeRawPointer(a)
    let b = unsafe UnsafeRawPointer(b)
    if count >= 8 {
      var at = 0
      while at + 8 < count {
        if unsafe word(a, at) != word(b, at) { return false }
        at += 8
      }
      return unsafe word(a, count - 8) == word(b, count - 8)
    }
    if count >= 4 {
      return unsafe half(a, 0) == half(b, 0) && half(a, count - 4) == half(b, count - 4)
    }
    var at = 0
    while at < count {
      if unsafe a.load(fromByteOffset: at, as: UInt8.self)
        != b.load(fromByteOffset: at, as: UInt8.self)
      {
        return false
      }
      at += 1
    }
    return true
  }
}

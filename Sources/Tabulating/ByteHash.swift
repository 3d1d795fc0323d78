import CProcessor

/// A 64-bit hash of bytes, the same on every machine and in every run (after wyhash, by Wang Yi). Not
/// against malice: whatever is decided by it is either verified by the bytes themselves or spread over
/// 128 bits.
enum ByteHash {
  private static let p0: UInt64 = 0xA076_1D64_78BD_642F
  private static let p1: UInt64 = 0xE703_7ED1_A0B4_28DB
  private static let p2: UInt64 = 0x8EBC_6AF0_9C88_C6E3
  private static let p3: UInt64 = 0x5899_65CC_7537_4CC3

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

  /// How many bytes behind a text are read along, whatever they are.
  static let padding = 32

  /// The hash of a text behind which ``padding`` may be read. Nearly all texts of a bill have 32 bytes at most: for these it does not
  /// branch, since lengths cannot be guessed.
  @inline(__always)
  static func of(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
    let hash = seed ^ p0 ^ UInt64(truncatingIfNeeded: bytes.count)
    guard let start = bytes.baseAddress else { return finish(Words(), hash) }
    let raw = unsafe UnsafeRawPointer(start)
    if bytes.count > padding { return unsafe long(raw, bytes.count, hash) }
    return unsafe finish(Words(raw, bytes.count), hash)
  }

  /// Over 32 bytes: 16 at a time, then the last 32, of which some may have been read.
  private static func long(_ raw: UnsafeRawPointer, _ count: Int, _ start: UInt64) -> UInt64 {
    var hash = start
    var at = 0
    while at &+ 32 < count {
      hash = unsafe mix(word(raw, at) ^ p1, word(raw, at &+ 8) ^ hash)
      at &+= 16
    }
    return unsafe finish(Words(raw + (count &- 32), 32), hash)
  }

  @inline(__always)
  private static func finish(_ words: Words, _ hash: UInt64) -> UInt64 {
    let first = mix(words.a ^ p1, words.b ^ hash)
    let second = mix(words.c ^ p2, words.d ^ hash)
    return mix(first ^ p3, second ^ hash)
  }

  /// The first 32 bytes of a text, with zeros behind its end.
  private struct Words: BitwiseCopyable {
    var a: UInt64 = 0
    var b: UInt64 = 0
    var c: UInt64 = 0
    var d: UInt64 = 0

    init() {}

    @inline(__always)
    init(_ raw: UnsafeRawPointer, _ count: Int) {
      a = unsafe word(raw, 0) & mask(count, 0)
      b = unsafe word(raw, 8) & mask(count, 8)
      c = unsafe word(raw, 16) & mask(count, 16)
      d = unsafe word(raw, 24) & mask(count, 24)
    }
  }

  /// Whether two texts of the same length are the same; behind both ``padding`` may be read.
  @inline(__always)
  static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let a = unsafe UnsafeRawPointer(a)
    let b = unsafe UnsafeRawPointer(b)
    if count <= padding {
      let first = unsafe (word(a, 0) ^ word(b, 0)) & mask(count, 0)
      let second = unsafe (word(a, 8) ^ word(b, 8)) & mask(count, 8)
      let third = unsafe (word(a, 16) ^ word(b, 16)) & mask(count, 16)
      let fourth = unsafe (word(a, 24) ^ word(b, 24)) & mask(count, 24)
      return first | second | third | fourth == 0
    }
    var at = 0
    while at &+ 8 < count {
      if unsafe word(a, at) != word(b, at) { return false }
      at &+= 8
    }
    return unsafe word(a, count &- 8) == word(b, count &- 8)
  }

  @inline(__always)
  private static func mask(_ count: Int, _ from: Int) -> UInt64 {
    UInt64(littleEndian: counterfoil_mask(count, from))
  }

  @inline(__always)
  private static func word(_ raw: UnsafeRawPointer, _ at: Int) -> UInt64 {
    UInt64(littleEndian: unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }
}

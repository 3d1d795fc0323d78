/// Inflates raw deflate data (RFC 1951), one stream after another, by the codec that was asked for.
///
/// It knows no headers, checksums and limits: those are the same whoever inflates.
enum Inflater: ~Copyable {
  case zlib(ZlibInflater)
  #if ISAL
    case isal(ISALInflater)
  #endif

  /// What one call did.
  struct Step {
    var produced: Int
    /// The deflate data ended and all its bytes are out.
    var isEnd: Bool
  }

  /// The data breaks the rules of deflate.
  struct Damage: Error {}

  init(_ codec: InflateCodec) {
    switch codec {
    case .zlib: self = .zlib(ZlibInflater())
    #if ISAL
      case .isal: self = .isal(ISALInflater())
    #endif
    }
  }

  /// Inflates from the front of `source`, which shrinks, into `target`. To be called with an empty source
  /// too: bytes that found no room in an earlier target may still come out.
  func inflate(
    _ source: inout UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(Damage) -> Step {
    switch self {
    case .zlib(let codec): unsafe try codec.inflate(&source, into: target)
    #if ISAL
      case .isal(let codec): unsafe try codec.inflate(&source, into: target)
    #endif
    }
  }

  /// At the end of the data: whole bytes that were taken from the source but do not belong to it, at most 8.
  func unread() -> [UInt8] {
    switch self {
    case .zlib: []
    #if ISAL
      case .isal(let codec): codec.unread()
    #endif
    }
  }

  /// Makes ready for the next deflate data.
  func reset() {
    switch self {
    case .zlib(let codec): codec.reset()
    #if ISAL
      case .isal(let codec): codec.reset()
    #endif
    }
  }

  /// The CRC-32 of RFC 1952 §8, carried on from that of the bytes before; 0 begins.
  func checksum(_ sum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    switch self {
    case .zlib: unsafe ZlibInflater.checksum(sum, bytes)
    #if ISAL
      case .isal: unsafe ISALInflater.checksum(sum, bytes)
    #endif
    }
  }
}

import CZlib

/// Inflates the members of a gzip file (RFC 1952), one after another, from compressed input that the
/// caller hands in piece by piece.
///
/// zlib checks the header, CRC-32 and length of each member (window bits 31). Zeros after the last member
/// are padding; anything else is damage.
@safe struct GzipStream: ~Copyable {
  /// Growth beyond this is a bomb. Deflate cannot exceed 1032; a run of one byte comes near that, and
  /// even equal rows of a bill stay below 200.
  static let growthLimit = 500
  /// Below this much output growth is not looked at.
  private static let free = 16 << 20

  private var stream: UnsafeMutablePointer<z_stream>
  private var isInsideMember = false
  private var members = 0
  private var padding = 0
  private var input = 0
  private var output = 0

  init() throws(StreamError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe counterfoil_inflateInit2(stream, 31) == Z_OK else { throw .damaged("zlib") }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Inflates from the front of `source`, which shrinks, into `target`; returns how many bytes came out.
  mutating func inflate(
    _ source: inout UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    while unsafe !source.isEmpty {
      if !isInsideMember, try unsafe !beginsMember(&source) { return 0 }
      unsafe stream.pointee.next_in = UnsafeMutablePointer(
        mutating: source.baseAddress!.assumingMemoryBound(to: UInt8.self))
      unsafe stream.pointee.avail_in = UInt32(source.count)
      unsafe stream.pointee.next_out = target.baseAddress!.assumingMemoryBound(to: UInt8.self)
      unsafe stream.pointee.avail_out = UInt32(target.count)
      let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      let consumed = unsafe source.count - Int(stream.pointee.avail_in)
      let produced = unsafe target.count - Int(stream.pointee.avail_out)
      unsafe source = UnsafeRawBufferPointer(rebasing: source[consumed...])
      try account(consumed, produced)
      switch code {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END:
        isInsideMember = false
        members += 1
        unsafe inflateReset(stream)
      default:
        throw .damaged(
          unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "code \(code)")
      }
      if produced > 0 { return produced }
      if code == Z_BUF_ERROR { return 0 }
    }
    return 0
  }

  /// Says whether a further member begins here, and passes over padding.
  private mutating func beginsMember(
    _ source: inout UnsafeRawBufferPointer
  ) throws(StreamError) -> Bool {
    if members > 0, unsafe padding > 0 || source[0] == 0 {
      guard let other = unsafe source.firstIndex(where: { $0 != 0 }) else {
        padding += source.count
        unsafe source = UnsafeRawBufferPointer(rebasing: source[source.count...])
        return false
      }
      throw .trailingBytes(source.count - other)
    }
    if members > 0, unsafe source[0] != 0x1F { throw .trailingBytes(source.count) }
    isInsideMember = true
    return true
  }

  private mutating func account(_ consumed: Int, _ produced: Int) throws(StreamError) {
    input += consumed
    output += produced
    if output > Self.free, output > input * Self.growthLimit {
      throw .bomb(limit: Self.growthLimit)
    }
  }

  enum Ending { case exact, padded }

  /// To be asked when the input has ended: whether every member did, and what followed the last one.
  mutating func finish() throws(StreamError) -> Ending {
    if isInsideMember || members == 0 { throw .truncated }
    return padding > 0 ? .padded : .exact
  }
}

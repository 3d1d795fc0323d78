import CZlib

/// Raw inflate by zlib. It never takes more from the source than the deflate data holds.
@safe struct ZlibInflater: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // Fails only without memory, or where header and library are of two versions.
    let code = unsafe counterfoil_inflateInit2(stream, -15)
    precondition(code == Z_OK, "zlib cannot begin (\(code))")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func reset() { unsafe inflateReset(stream) }

  func inflate(
    _ source: inout UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(Inflater.Damage) -> Inflater.Step {
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
    unsafe stream.pointee.avail_in = UInt32(source.count)
    unsafe stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(target.count)
    let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
    let consumed = unsafe source.count - Int(stream.pointee.avail_in)
    unsafe source = UnsafeRawBufferPointer(rebasing: source[consumed...])
    // Z_BUF_ERROR: nothing could be done without more input.
    guard code == Z_OK || code == Z_BUF_ERROR || code == Z_STREAM_END else { throw .init() }
    return Inflater.Step(
      produced: unsafe target.count - Int(stream.pointee.avail_out), isEnd: code == Z_STREAM_END)
  }

  static func checksum(_ sum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: unsafe crc32_z(
        UInt(sum), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}

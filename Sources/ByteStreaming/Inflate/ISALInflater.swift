#if ISAL
  import CISAL

  /// Raw inflate by ISA-L. It takes up to 8 bytes more from the source than it has used, which it hands
  /// back once the data has ended.
  @safe struct ISALInflater: ~Copyable {
    /// 87 KB, tables and window in one.
    private let state: UnsafeMutablePointer<inflate_state>

    init() {
      unsafe state = .allocate(capacity: 1)
      // Not initialized as a value: that would be a copy of 87 KB, and the library sets what it reads.
      unsafe isal_inflate_init(state)
    }

    deinit { unsafe state.deallocate() }

    func reset() { unsafe isal_inflate_reset(state) }

    func inflate(
      _ source: inout UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
    ) throws(Inflater.Damage) -> Inflater.Step {
      unsafe state.pointee.next_in = UnsafeMutablePointer(
        mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      unsafe state.pointee.avail_in = UInt32(source.count)
      unsafe state.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      unsafe state.pointee.avail_out = UInt32(target.count)
      let code = unsafe isal_inflate(state)
      let consumed = unsafe source.count - Int(state.pointee.avail_in)
      unsafe source = UnsafeRawBufferPointer(rebasing: source[consumed...])
      guard code >= 0 else { throw .init() }
      // This state is reached only after the last byte has found room in a target. How much input is
      // left says nothing about the end.
      return Inflater.Step(
        produced: unsafe target.count - Int(state.pointee.avail_out),
        isEnd: unsafe state.pointee.block_state == ISAL_BLOCK_FINISH)
    }

    func unread() -> [UInt8] {
      let bits = unsafe max(0, Int(state.pointee.read_in_length))
      // The bits up to the next whole byte fill up the last one of the data.
      let rest = unsafe state.pointee.read_in >> UInt64(bits % 8)
      return (0..<bits / 8).map { UInt8(truncatingIfNeeded: rest >> UInt64(8 * $0)) }
    }

    static func checksum(_ sum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
      guard let start = bytes.baseAddress else { return sum }
      return unsafe crc32_gzip_refl(
        sum, start.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
    }
  }
#endif

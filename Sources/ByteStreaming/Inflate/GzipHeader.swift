/// The header of a gzip member (RFC 1952 §2.3), read byte by byte: only its flags matter here, and they
/// decide what follows.
struct GzipHeader {
  private enum Part { case fixed, extraLength, extra, name, comment, checksum, done }
  private enum Flag {
    static let checksum: UInt8 = 2
    static let extra: UInt8 = 4
    static let name: UInt8 = 8
    static let comment: UInt8 = 16
    static let reserved: UInt8 = 0xE0
  }

  private var part = Part.fixed
  /// How many bytes of the part have been read, or are still to be skipped.
  private var count = 0
  private var flags: UInt8 = 0
  /// Two bytes, the lower first.
  private var number: UInt16 = 0
  /// CRC-32 of all bytes before the header's own checksum.
  private var sum = ~UInt32(0)

  /// Takes the header's bytes from the front of `source`, which shrinks; says whether it ended.
  mutating func read(_ source: inout UnsafeRawBufferPointer) throws(StreamError) -> Bool {
    var used = 0
    while part != .done, used < source.count {
      try unsafe take(source[used])
      used += 1
    }
    unsafe source = UnsafeRawBufferPointer(rebasing: source[used...])
    return part == .done
  }

  private mutating func take(_ byte: UInt8) throws(StreamError) {
    if part != .checksum { add(byte) }
    switch part {
    case .fixed: try takeFixed(byte)
    case .extraLength:
      takeNumber(byte)
      if count == 2 { number == 0 ? advance(.extra) : enter(.extra, count: Int(number)) }
    case .extra:
      count -= 1
      if count == 0 { advance(.extra) }
    case .name, .comment:
      if byte == 0 { advance(part) }
    case .checksum:
      takeNumber(byte)
      guard count == 2 else { return }
      guard number == UInt16(truncatingIfNeeded: ~sum) else {
        throw .damaged(.gzip, "header crc mismatch")
      }
      part = .done
    case .done: break
    }
  }

  private mutating func takeFixed(_ byte: UInt8) throws(StreamError) {
    switch count {
    case 0 where byte != 0x1F, 1 where byte != 0x8B:
      throw .damaged(.gzip, "incorrect header check")
    case 2 where byte != 8: throw .damaged(.gzip, "unknown compression method")
    case 3:
      guard byte & Flag.reserved == 0 else { throw .damaged(.gzip, "unknown header flags set") }
      flags = byte
    default: break
    }
    count += 1
    if count == 10 { advance(.fixed) }
  }

  private mutating func takeNumber(_ byte: UInt8) {
    number = number >> 8 | UInt16(byte) << 8
    count += 1
  }

  /// Goes on to the next part that the flags announce.
  private mutating func advance(_ ended: Part) {
    let parts: [(Part, UInt8)] = [
      (.extraLength, Flag.extra), (.name, Flag.name), (.comment, Flag.comment),
      (.checksum, Flag.checksum),
    ]
    let done = ended == .extra ? .extraLength : ended
    let first = parts.firstIndex { $0.0 == done }.map { $0 + 1 } ?? 0
    enter(parts[first...].first { flags & $0.1 != 0 }?.0 ?? .done, count: 0)
  }

  private mutating func enter(_ part: Part, count: Int) {
    self.part = part
    self.count = count
  }

  private mutating func add(_ byte: UInt8) {
    sum ^= UInt32(byte)
    for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
}

/// Inflates the members of a gzip file (RFC 1952), one after another, from compressed input that the
/// caller hands in piece by piece.
///
/// Header, CRC-32 and length of each member are checked here, so that every codec refuses the same files.
/// Zeros after the last member are padding; anything else is damage.
@safe struct GzipStream: ~Copyable {
  private enum Part { case between, header, data, trailer }

  private static let trailerSize = 8

  private var data: DeflatedData
  private var part = Part.between
  private var header = GzipHeader()
  private var trailer = GatheredBytes()
  private var members = 0
  private var padding = 0

  init(_ codec: InflateCodec) { data = DeflatedData(.gzip, codec) }

  /// Inflates from the front of `source`, which shrinks, into `target`; returns how many bytes came out:
  /// 0 where the source is used up.
  mutating func inflate(
    _ source: inout UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    while true {
      switch part {
      case .between:
        guard try unsafe beginsMember(&source) else { return 0 }
        header = GzipHeader()
        part = .header
      case .header:
        guard try unsafe header.read(&source) else { return 0 }
        data.begin()
        part = .data
      case .data:
        let step = unsafe try data.inflate(&source, into: target)
        if step.isEnd {
          trailer.append(data.takeUnread())
          part = .trailer
        }
        if step.produced > 0 { return step.produced }
        if !step.isEnd, unsafe source.isEmpty { return 0 }
      case .trailer:
        guard unsafe trailer.gather(Self.trailerSize, from: &source) else { return 0 }
        try endMember()
      }
    }
  }

  /// Says whether a further member begins here, and passes over padding.
  private mutating func beginsMember(
    _ source: inout UnsafeRawBufferPointer
  ) throws(StreamError) -> Bool {
    guard unsafe !source.isEmpty else { return false }
    if members > 0, unsafe padding > 0 || source[0] == 0 {
      guard let other = unsafe source.firstIndex(where: { $0 != 0 }) else {
        padding += source.count
        unsafe source = UnsafeRawBufferPointer(rebasing: source[source.count...])
        return false
      }
      throw .trailingBytes(.gzip, source.count - other)
    }
    if members > 0, unsafe source[0] != 0x1F { throw .trailingBytes(.gzip, source.count) }
    return true
  }

  /// RFC 1952 §2.3.1: CRC-32 of the plain bytes, then their number modulo 2³².
  private mutating func endMember() throws(StreamError) {
    guard trailer.number(at: 0, size: 4) == data.checksum else {
      throw .damaged(.gzip, "incorrect data check")
    }
    guard trailer.number(at: 4, size: 4) == data.produced & 0xFFFF_FFFF else {
      throw .damaged(.gzip, "incorrect length check")
    }
    trailer.drop(Self.trailerSize)
    members += 1
    part = .between
  }

  /// To be asked when the input has ended: whether every member did, and what followed the last one.
  func finish() throws(StreamError) -> Ending {
    if part != .between || members == 0 { throw .truncated(.gzip) }
    return padding > 0 ? .padded : .exact
  }
}

/// What follows packed data whose end is verified.
enum Ending { case exact, padded }

/// The bytes of the one file in a ZIP archive (PKWARE APPNOTE 6.3.10), read from the front through the
/// local headers, from input that the caller hands in piece by piece.
///
/// Checksum and sizes are held against the descriptor behind the data and the directory at the end.
/// Folders are passed over. Zeros after the end are padding; anything else is damage.
@safe struct ZipStream: ~Copyable {
  private enum Part { case record, deflated, stored, descriptor, behind }

  /// The longest form of a descriptor: signature, checksum, two sizes of 8 bytes.
  private static let longestDescriptor = 24

  private var data: DeflatedData
  private var part = Part.record
  private var bytes = GatheredBytes()
  /// How many bytes of the archive lie before those gathered.
  private var offset: UInt64 = 0
  private var entry: ZipEntry?
  private var directory = ZipDirectory()
  private var isInDirectory = false
  private var padding = 0

  init(_ codec: InflateCodec) { data = DeflatedData(.zip, codec) }

  /// Puts plain bytes from the front of `source`, which shrinks, into `target`; returns how many came out:
  /// 0 where the source is used up.
  mutating func inflate(
    _ source: inout UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    while true {
      switch part {
      case .record: guard try unsafe takeRecord(&source) else { return 0 }
      case .deflated:
        let step = unsafe try data.inflate(&source, into: target)
        if step.isEnd {
          bytes.append(data.takeUnread())
          try endData()
        }
        if step.produced > 0 { return step.produced }
        if !step.isEnd, unsafe source.isEmpty { return 0 }
      case .stored:
        let count = unsafe copy(&source, into: target)
        if data.consumed == entry?.packedSize { try endData() }
        if count > 0 { return count }
        if part == .stored, unsafe source.isEmpty { return 0 }
      case .descriptor:
        guard unsafe bytes.gather(Self.longestDescriptor, from: &source) else { return 0 }
        try takeDescriptor()
      case .behind:
        try unsafe takeBehind(&source)
        return 0
      }
    }
  }

  /// To be asked when the input has ended.
  func finish() throws(StreamError) -> Ending {
    if part != .behind { throw .truncated(.zip) }
    return padding > 0 ? .padded : .exact
  }

  // MARK: Records

  /// Takes one whole record; false where the source does not hold it yet.
  private mutating func takeRecord(
    _ source: inout UnsafeRawBufferPointer
  ) throws(StreamError) -> Bool {
    guard unsafe bytes.gather(4, from: &source) else { return false }
    guard let record = ZipRecord(rawValue: bytes.number(at: 0, size: 4)) else {
      throw .damaged(.zip, "an unknown record")
    }
    guard unsafe bytes.gather(record.fixedSize, from: &source) else { return false }
    let size = try record.size(bytes)
    guard unsafe bytes.gather(size, from: &source) else { return false }
    switch record {
    case .single where offset == 0, .descriptor where offset == 0: throw .archive(.split)
    case .local where !isInDirectory: try begin(try ZipEntry(bytes, .local))
    default:
      isInDirectory = true
      if try directory.take(record, bytes, at: offset) { part = .behind }
    }
    bytes.drop(size)
    offset += UInt64(size)
    return true
  }

  private mutating func begin(_ new: ZipEntry) throws(StreamError) {
    var new = new
    if !new.isFolder, let file = directory.file {
      throw .archive(.several(file.name, new.name))
    }
    new.offset = offset
    data.begin()
    if new.method == 8 {
      part = .deflated
    } else {
      if new.hasDescriptor {
        guard new.isFolder else { throw .archive(.unknownLength) }
        new.packedSize = 0
      }
      part = .stored
    }
    entry = new
  }

  // MARK: Data

  private mutating func copy(
    _ source: inout UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Int {
    let left = (entry?.packedSize ?? 0) - data.consumed
    let count = Int(min(left, UInt64(min(source.count, target.count))))
    let piece = unsafe UnsafeRawBufferPointer(rebasing: source[..<count])
    unsafe target.copyMemory(from: piece)
    unsafe data.count(stored: piece)
    unsafe source = UnsafeRawBufferPointer(rebasing: source[count...])
    return count
  }

  private mutating func endData() throws(StreamError) {
    offset += data.consumed
    guard let entry else { return }
    if entry.hasDescriptor {
      part = .descriptor
    } else {
      try endEntry(
        entry.checksum == UInt64(data.checksum),
        entry.packedSize == data.consumed && entry.plainSize == data.produced)
    }
  }

  /// APPNOTE §4.3.9: the signature may be missing and the sizes may have 4 or 8 bytes, and nothing says
  /// which, except that the values are known by now.
  private mutating func takeDescriptor() throws(StreamError) {
    let values = [(UInt64(data.checksum), 4), (data.consumed, 0), (data.produced, 0)]
    for size in [8, 4] where size == 8 || max(data.consumed, data.produced) <= 0xFFFF_FFFF {
      let plain = values.flatMap { Self.littleEndian($0, size: $1 == 0 ? size : $1) }
      for form in [Self.littleEndian(ZipRecord.descriptor.rawValue, size: 4) + plain, plain]
      where bytes.bytes.starts(with: form) {
        bytes.drop(form.count)
        offset += UInt64(form.count)
        return try endEntry(true, true)
      }
    }
    let at = bytes.number(at: 0, size: 4) == ZipRecord.descriptor.rawValue ? 4 : 0
    try endEntry(bytes.number(at: at, size: 4) == UInt64(data.checksum), false)
  }

  private static func littleEndian(_ number: UInt64, size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }

  private mutating func endEntry(
    _ isChecksumRight: Bool, _ areSizesRight: Bool
  ) throws(StreamError) {
    guard isChecksumRight else { throw .damaged(.zip, "incorrect data check") }
    guard areSizesRight else { throw .damaged(.zip, "incorrect length check") }
    guard var ended = entry else { return }
    if ended.isFolder, data.produced > 0 { throw .damaged(.zip, "a folder with bytes of its own") }
    ended.checksum = UInt64(data.checksum)
    ended.packedSize = data.consumed
    ended.plainSize = data.produced
    directory.add(ended)
    entry = nil
    part = .record
  }

  // MARK: The end

  private mutating func takeBehind(_ source: inout UnsafeRawBufferPointer) throws(StreamError) {
    guard unsafe !source.isEmpty else { return }
    if let other = unsafe source.firstIndex(where: { $0 != 0 }) {
      throw .trailingBytes(.zip, source.count - other)
    }
    padding += source.count
    unsafe source = UnsafeRawBufferPointer(rebasing: source[source.count...])
  }
}

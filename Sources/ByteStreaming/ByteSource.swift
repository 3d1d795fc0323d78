/// The plain bytes of a delivered file, whether it is gzip, a ZIP archive of one file, or neither.
///
/// The end is only reported (a fill of 0) after all packed data was complete and its checksums right:
/// what was handed out before must be thrown away if an error follows.
@safe package struct ByteSource: ~Copyable {
  package static let bufferSize = 256 << 10

  private enum Input: ~Copyable {
    case file(InputFile)
    case memory([UInt8])
    /// Another thread reads.
    case ring
  }

  private let input: Input
  private let compressed: UnsafeMutableRawBufferPointer
  private var pending: UnsafeRawBufferPointer
  private var memoryOffset = 0
  private var inputEnded = false
  private var gzip: GzipStream?
  private var zip: ZipStream?
  private var ring: RingReader?
  private var isFirstFill = true
  /// What the file itself is.
  package let kind: ContentKind
  /// Remarks on the file, complete once its end was reached.
  package private(set) var notes: [String] = []
  /// What its plain bytes are.
  package private(set) var plainKind: ContentKind

  package init(
    _ file: consuming InputFile, codec: InflateCodec = .standard
  ) throws(StreamError) {
    try self.init(input: .file(file), codec: codec)
  }

  /// Opens a regular file.
  package init(_ path: Path, codec: InflateCodec = .standard) throws(StreamError) {
    let file: InputFile
    do throws(FileError) {
      file = try InputFile(path)
    } catch {
      throw .file(error)
    }
    try self.init(file, codec: codec)
  }

  package init(_ bytes: [UInt8], codec: InflateCodec = .standard) throws(StreamError) {
    try self.init(input: .memory(bytes), codec: codec)
  }

  /// The far end of a ring that another thread fills. Letting go of it tells the other end to stop.
  package init(_ ring: ByteRing) {
    unsafe compressed = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    unsafe pending = UnsafeRawBufferPointer(start: nil, count: 0)
    input = .ring
    kind = ring.kind
    plainKind = ring.kind
    gzip = nil
    zip = nil
    self.ring = RingReader(ring)
  }

  private init(input: consuming Input, codec: InflateCodec) throws(StreamError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: 64)
    unsafe compressed = buffer
    unsafe pending = UnsafeRawBufferPointer(start: buffer.baseAddress, count: 0)
    var offset = 0
    var head = 0
    var failure: StreamError?
    do throws(StreamError) {
      // A pipe-like short read must not hide the magic: read on until 512 bytes or the end.
      while head < 512 {
        let count = try unsafe Self.read(
          input, &offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[head...]))
        if count == 0 { break }
        head += count
      }
    } catch {
      failure = error
    }
    unsafe pending = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<head])
    let kind = unsafe ContentKind(of: pending.prefix(512))
    self.input = input
    self.kind = kind
    plainKind = kind
    memoryOffset = offset
    gzip = kind == .gzip ? GzipStream(codec) : nil
    zip = kind == .zip ? ZipStream(codec) : nil
    ring = nil
    if let failure { throw failure }
    if kind.refusal != nil { throw .refused(kind) }
  }

  deinit { unsafe compressed.deallocate() }

  private static func read(
    _ input: borrowing Input, _ offset: inout Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    switch input {
    case .file(let file):
      do throws(FileError) {
        return unsafe try file.read(into: buffer)
      } catch {
        throw .file(error)
      }
    case .memory(let bytes):
      let count = min(buffer.count, bytes.count - offset)
      unsafe bytes.withUnsafeBytes { source in
        unsafe buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + count]))
      }
      offset += count
      return count
    case .ring: return 0
    }
  }

  /// Puts plain bytes into `buffer` and returns how many; 0 only at the verified end.
  package mutating func fill(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    if ring != nil { return unsafe try ring!.take(into: buffer, &plainKind, &notes) }
    return unsafe try isFirstFill ? fillFirst(buffer) : fillFurther(buffer)
  }

  /// Reads on until it can be told what the bytes are: a first gzip member may hold one byte.
  private mutating func fillFirst(
    _ buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    isFirstFill = false
    var count = 0
    while count < min(buffer.count, 512) {
      let more = try unsafe fillFurther(
        UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      if more == 0 { break }
      count += more
    }
    plainKind = unsafe ContentKind(of: UnsafeRawBufferPointer(buffer).prefix(min(count, 512)))
    if let outer = kind.packing, let inner = plainKind.packing { throw .nested(inner, in: outer) }
    if count > 0, plainKind.refusal != nil { throw .refused(plainKind) }
    return count
  }

  private mutating func fillFurther(
    _ buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    unsafe try kind.packing == nil ? fillPlain(buffer) : fillUnpacked(buffer)
  }

  private mutating func refill() throws(StreamError) {
    guard unsafe pending.isEmpty, !inputEnded else { return }
    let count = unsafe try Self.read(input, &memoryOffset, into: compressed)
    inputEnded = count == 0
    unsafe pending = UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(compressed)[..<count])
  }

  private mutating func fillPlain(
    _ buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    try refill()
    let count = unsafe min(buffer.count, pending.count)
    unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: pending[..<count]))
    unsafe pending = UnsafeRawBufferPointer(rebasing: pending[count...])
    return count
  }

  private mutating func fillUnpacked(
    _ buffer: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Int {
    while true {
      // Asked before more is read: what found no room in the buffer before may still come out.
      let count =
        kind == .gzip
        ? unsafe try gzip!.inflate(&pending, into: buffer)
        : unsafe try zip!.inflate(&pending, into: buffer)
      if count > 0 { return count }
      try refill()
      guard unsafe pending.isEmpty, inputEnded else { continue }
      if try kind == .gzip ? gzip!.finish() == .padded : zip!.finish() == .padded {
        notes = [
          kind == .gzip
            ? "zeros follow the last gzip member; they were passed over"
            : "zeros follow the ZIP archive; they were passed over"
        ]
      }
      return 0
    }
  }

  /// Reads from the front until `limit` bytes are there or the end is reached.
  package mutating func readHead(limit: Int) throws(StreamError) -> [UInt8] {
    var result: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: limit, alignment: 64)
    defer { unsafe buffer.deallocate() }
    while result.count < limit,
      case let count = unsafe try fill(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<(limit - result.count)])), count > 0
    {
      unsafe result.append(contentsOf: buffer[..<count])
    }
    return result
  }

  /// Reads all that is left, refusing more than `limit` bytes.
  package mutating func readAll(limit: Int) throws(StreamError) -> [UInt8] {
    var result: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: 64)
    defer { unsafe buffer.deallocate() }
    while case let count = unsafe try fill(into: buffer), count > 0 {
      unsafe result.append(contentsOf: buffer[..<count])
      if result.count > limit { throw .tooLarge(limit: limit) }
    }
    return result
  }
}

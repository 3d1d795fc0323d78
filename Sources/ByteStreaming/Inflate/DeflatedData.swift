/// The deflate data of a gzip file or ZIP archive: inflated, summed up, and kept from growing without end.
@safe struct DeflatedData: ~Copyable {
  /// Growth beyond this is a bomb. Deflate cannot exceed 1032; a run of one byte comes near that, and
  /// even equal rows of a bill stay below 200.
  static let growthLimit = 500
  /// Below this much output growth is not looked at.
  private static let free = 16 << 20

  private let inflater: Inflater
  private let packing: Packing
  /// CRC-32, compressed and plain bytes since the last `begin`.
  private(set) var checksum: UInt32 = 0
  private(set) var consumed: UInt64 = 0
  private(set) var produced: UInt64 = 0
  private var allConsumed: UInt64 = 0
  private var allProduced: UInt64 = 0

  init(_ packing: Packing, _ codec: InflateCodec) {
    self.packing = packing
    inflater = Inflater(codec)
  }

  mutating func begin() {
    inflater.reset()
    (checksum, consumed, produced) = (0, 0, 0)
  }

  /// Inflates from the front of `source`, which shrinks, into `target`; nothing comes out only where the
  /// data ends or the source is used up.
  mutating func inflate(
    _ source: inout UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(StreamError) -> Inflater.Step {
    let before = source.count
    let step: Inflater.Step
    do throws(Inflater.Damage) {
      step = unsafe try inflater.inflate(&source, into: target)
    } catch {
      throw .damaged(packing, "invalid deflate data")
    }
    let taken = before - source.count
    guard unsafe taken > 0 || step.produced > 0 || step.isEnd || source.isEmpty else {
      throw .damaged(packing, "invalid deflate data")
    }
    unsafe count(taken, UnsafeRawBufferPointer(rebasing: target[..<step.produced]))
    if allProduced > Self.free, allProduced > allConsumed * UInt64(Self.growthLimit) {
      throw .bomb(packing, limit: Self.growthLimit)
    }
    return step
  }

  /// Counts bytes that were stored as they are.
  mutating func count(stored bytes: UnsafeRawBufferPointer) {
    unsafe count(bytes.count, bytes)
  }

  private mutating func count(_ taken: Int, _ plain: UnsafeRawBufferPointer) {
    checksum = unsafe inflater.checksum(checksum, plain)
    consumed += UInt64(taken)
    produced += UInt64(plain.count)
    allConsumed += UInt64(taken)
    allProduced += UInt64(plain.count)
  }

  /// At the end of the data: hands back what the codec took beyond it, and no longer counts it.
  mutating func takeUnread() -> [UInt8] {
    let bytes = inflater.unread()
    consumed -= UInt64(bytes.count)
    allConsumed -= UInt64(bytes.count)
    return bytes
  }
}

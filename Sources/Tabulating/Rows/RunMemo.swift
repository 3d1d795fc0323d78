/// The texts in stretches of neighbouring columns that were met before.
struct RunMemo: ~Copyable {
  private let width: Int
  private var stretches = Interner()
  private var ids = Slab<UInt32>()
  private var lookUps = 0

  /// - Parameter width: How many columns a stretch holds.
  init(width: Int) {
    self.width = width
    // Number 0 is the empty stretch, which no row has: its separators are in it.
    ids.grow(to: width, with: 0)
  }

  /// Where most rows bring a new stretch, remembering them costs more than it saves.
  var isUseful: Bool { lookUps < 4096 || stretches.count * 4 < lookUps }

  /// The hash of a stretch, whose entry is asked for.
  @inline(__always)
  func prefetch(_ stretch: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let hash = unsafe ByteHash.of(stretch)
    stretches.prefetch(hash)
    return hash
  }

  /// The number of a stretch; a new one is to be noted column by column.
  @inline(__always)
  mutating func number(
    _ stretch: UnsafeBufferPointer<UInt8>, hash: UInt64
  ) -> (number: Int, isNew: Bool) {
    lookUps += 1
    let known = stretches.count
    let number = unsafe Int(stretches.number(stretch, hash: hash))
    if stretches.count == known { return (number, false) }
    ids.grow(to: stretches.count * width, with: 0)
    return (number, true)
  }

  func note(_ number: Int, _ column: Int, _ id: UInt32) { ids[number * width + column] = id }

  @inline(__always)
  func id(_ number: Int, _ column: Int) -> UInt32 { ids[number * width + column] }
}

import ByteStreaming
import CProcessor
import ExactNumbers

/// Groups by packed keys with their exact sums.
///
/// Rows are added in batches: a table of many groups does not fit the cache, and looking up a batch
/// lets the processor wait for many groups at once.
@safe struct GroupTable: ~Copyable {
  static let batch = 64
  private static let segmentShift = 10
  private static let segmentMask = 1 << segmentShift - 1

  let shape: GroupShape
  private(set) var count = 0
  private var segments = unsafe Slab<UnsafeMutableRawPointer>()
  /// Open addressing: the upper half of the hash beside index + 1, or 0 where free.
  private var table = Slab<UInt64>(repeating: 0, count: 256)

  private var pending = 0
  private let keys: Slab<UInt32>
  private let sums: Slab<Int128>
  private let stated: Slab<UInt32>
  private let marks = Slab<UInt32>(repeating: 0, count: batch)
  private let hashes = Slab<UInt64>(repeating: 0, count: batch)
  private let records = Slab<Int>(repeating: 0, count: batch)

  init(width: Int, sumCount: Int, hasMarks: Bool = false) {
    shape = GroupShape(width: width, sumCount: sumCount, hasMarks: hasMarks)
    keys = Slab(repeating: 0, count: Self.batch * width)
    sums = Slab(repeating: 0, count: Self.batch * sumCount)
    stated = Slab(repeating: 0, count: Self.batch)
  }

  deinit {
    for index in unsafe 0..<segments.count { unsafe segments[index].deallocate() }
  }

  @inline(__always)
  subscript(index: Int) -> GroupRecord {
    let segment = unsafe segments[index &>> Self.segmentShift]
    return unsafe GroupRecord(
      start: segment + (index & Self.segmentMask) &* shape.stride, shape: shape)
  }

  // MARK: Adding rows

  /// Where the key of the next row is to be written.
  @inline(__always)
  var nextKey: UnsafeMutablePointer<UInt32> { unsafe keys.base + pending &* shape.width }

  /// Adds the row whose key was written.
  ///
  /// - Parameters:
  ///   - values: What it adds to each sum.
  ///   - statedSums: Bit n says that it states sum n itself.
  ///   - mark: The bits that its group is to remember.
  /// - Throws: the number of the record whose amount no longer fits.
  @inline(__always)
  mutating func push(
    _ values: UnsafePointer<Int128>, _ statedSums: UInt32, record: Int, mark: UInt32 = 0
  ) throws(OverflowingRecord) {
    let at = pending
    unsafe (sums.base + at &* shape.sumCount).update(from: values, count: shape.sumCount)
    stated[at] = statedSums
    marks[at] = mark
    records[at] = record
    hashes[at] = unsafe Self.hash(keys.base + at &* shape.width, shape.width)
    pending = at + 1
    if pending == Self.batch { try flush() }
  }

  mutating func flush() throws(OverflowingRecord) {
    let mask = table.count - 1
    for at in 0..<pending {
      unsafe counterfoil_prefetch(table.base + Int(truncatingIfNeeded: hashes[at]) & mask)
    }
    for at in 0..<pending {
      let entry = UInt32(truncatingIfNeeded: table[Int(truncatingIfNeeded: hashes[at]) & mask])
      if entry != 0 { self[Int(entry) - 1].prefetch() }
    }
    for at in 0..<pending {
      do throws(AmountOverflow) {
        try fold(at)
      } catch {
        throw OverflowingRecord(record: records[at])
      }
    }
    pending = 0
  }

  @inline(__always)
  private mutating func fold(_ at: Int) throws(AmountOverflow) {
    let record = unsafe self[index(of: keys.base + at &* shape.width, hashes[at])]
    let values = unsafe sums.base + at &* shape.sumCount
    let mask = stated[at]
    unsafe record.counts[0] += 1
    if shape.hasMarks { unsafe record.marks.pointee |= marks[at] }
    var sum = 0
    while sum < shape.sumCount {
      unsafe record.sums[sum] = try ExactSum.add(record.sums[sum], values[sum])
      unsafe record.counts[sum + 1] += (mask &>> UInt32(sum)) & 1
      sum += 1
    }
  }

  @inline(__always)
  private mutating func index(of key: UnsafePointer<UInt32>, _ hash: UInt64) -> Int {
    let mask = table.count - 1
    let tag = hash &>> 32
    var at = Int(truncatingIfNeeded: hash) & mask
    while case let entry = table[at], entry != 0 {
      let index = Int(UInt32(truncatingIfNeeded: entry)) - 1
      if entry &>> 32 == tag, unsafe self[index].hasKey(key) { return index }
      at = (at + 1) & mask
    }
    return unsafe insert(key, tag, at)
  }

  @inline(never)
  private mutating func insert(
    _ key: UnsafePointer<UInt32>, _ tag: UInt64, _ slot: Int
  ) -> Int {
    let index = count
    if index & Self.segmentMask == 0 {
      unsafe segments.append(
        .allocate(byteCount: shape.stride << Self.segmentShift, alignment: 64))
    }
    count += 1
    let record = self[index]
    unsafe record.start.initializeMemory(as: UInt8.self, repeating: 0, count: shape.stride)
    unsafe record.key.update(from: key, count: shape.width)
    table[slot] = tag &<< 32 | UInt64(index + 1)
    if count * 4 > table.count * 3 { grow() }
    return index
  }

  private mutating func grow() {
    let larger = Slab<UInt64>(repeating: 0, count: table.count * 2)
    let mask = larger.count - 1
    for index in 0..<count {
      let hash = unsafe Self.hash(self[index].key, shape.width)
      var at = Int(truncatingIfNeeded: hash) & mask
      while larger[at] != 0 { at = (at + 1) & mask }
      larger[at] = (hash &>> 32) &<< 32 | UInt64(index + 1)
    }
    table = larger
  }

  // MARK: Whole groups

  /// Adds the sums of a record under the key that was written to ``nextKey``.
  mutating func merge(_ record: GroupRecord) throws(AmountOverflow) {
    let key = unsafe nextKey
    let index = unsafe index(of: key, Self.hash(key, shape.width))
    try self[index].merge(record)
  }

  /// Takes in one packed record whose key passes `check`.
  mutating func unpack(
    _ reader: inout PackedReader, check: (UnsafePointer<UInt32>) throws(PackedFault) -> Void
  ) throws(PackedFault) {
    let memory = Slab<Int128>(repeating: 0, count: shape.stride / 16)
    unsafe try reader.memory(
      into: UnsafeMutableRawBufferPointer(start: memory.base, count: shape.stride))
    let record = unsafe GroupRecord(start: UnsafeMutableRawPointer(memory.base), shape: shape)
    unsafe try check(record.key)
    for index in 0..<shape.sumCount where unsafe (try? Amount(units: record.sums[index])) == nil {
      throw PackedFault()
    }
    unsafe nextKey.update(from: record.key, count: shape.width)
    do throws(AmountOverflow) {
      try merge(record)
    } catch {
      throw PackedFault()
    }
  }

  /// The look-up table is not needed any more once all rows are in.
  mutating func seal() { table = Slab(repeating: 0, count: 1) }

  @inline(__always)
  static func hash(_ key: UnsafePointer<UInt32>, _ width: Int) -> UInt64 {
    var hash: UInt64 = 0
    var part = 0
    while part + 1 < width {
      let pair = unsafe UInt64(key[part]) | UInt64(key[part + 1]) &<< 32
      hash = ByteHash.combine(hash, pair)
      part += 2
    }
    if part < width { hash = unsafe ByteHash.combine(hash, UInt64(key[part])) }
    return hash
  }
}

/// The record with which a sum left its range.
struct OverflowingRecord: Error { var record: Int }

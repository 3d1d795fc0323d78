import ByteStreaming
import ExactNumbers

/// The first look at the groups of one watch: a log of hashes in place of keys, 8 or 16 bytes a row
/// where only repetition is looked for, cut by hash into partitions that are settled one by one. Beyond
/// a bound it goes to a scratch file: memory does not grow with the rows.
///
/// Two groups under one 64-bit hash can only make a group look suspicious that is not; the second look
/// compares the keys themselves. Sums could hide one group behind another, so their groups are told
/// apart by 128 bits.
@safe struct WatchLog: ~Copyable {
  /// Power of two; a partition is settled in memory.
  static let partitions = 64

  /// What is written down for a row, in words.
  enum Record {
    /// The group.
    case repeats
    /// The group, and the hash of the value to compare.
    case values
    /// The group, twice; the sum, low half first; the rows; the limit of the sum, or what is known of its
    /// sides, each row adding bits.
    case sums

    init(_ trip: Watch.Trip) {
      switch trip {
      case .row, .repeats: self = .repeats
      case .varies, .repeatsWithOther: self = .values
      case .sumIsNotZero, .sumExceeds, .isUnbalanced: self = .sums
      }
    }

    var width: Int {
      switch self {
      case .repeats: 1
      case .values: 2
      case .sums: 6
      }
    }
  }

  let trip: Watch.Trip
  let record: Record
  /// Words in memory beyond which they are written out.
  private let limit: Int
  private let logs: Fixed<Slab<UInt64>>
  private var words = 0
  private var scratch: ScratchFile?
  /// Where the words of each partition lie in the scratch file.
  private var written: [[Range<Int>]] = Array(repeating: [], count: WatchLog.partitions)
  /// Groups met a moment ago: many rows fall into few groups, and need not be written down one by one.
  private let recent: Slab<UInt64>
  private static let recentGroups = 512

  init(_ trip: Watch.Trip, limit: Int) {
    self.trip = trip
    record = Record(trip)
    self.limit = limit
    logs = Fixed(count: Self.partitions) { _ in Slab() }
    recent = Slab(
      repeating: 0, count: record == .repeats ? 0 : Self.recentGroups * record.width)
  }

  @inline(__always)
  private static func partition(_ group: UInt64) -> Int { Int(truncatingIfNeeded: group &>> 58) }

  @inline(__always)
  private static func place(_ group: UInt64) -> Int {
    Int(truncatingIfNeeded: group) & (recentGroups - 1)
  }

  /// Bytes of what was written down.
  var size: Int { 8 * words + written.joined().reduce(0) { $0 + $1.count } }

  // MARK: Rows

  /// A row of a watch for repetition.
  @inline(__always)
  mutating func add(_ group: UInt64) throws(FileError) {
    logs[Self.partition(group)].append(group)
    words += 1
    if words >= limit { try spill() }
  }

  /// A row of a watch that compares a value; 0 where it is absent.
  @inline(__always)
  mutating func add(_ group: UInt64, value: UInt64) throws(FileError) {
    if case .varies = trip {
      if value == 0 { return }
      let at = Self.place(group) * 2
      if recent[at] == group, recent[at + 1] == value { return }
      recent[at] = group
      recent[at + 1] = value
    }
    let log = Self.partition(group)
    logs[log].append(group)
    logs[log].append(value)
    words += 2
    if words >= limit { try spill() }
  }

  /// A row of a watch that adds amounts.
  @inline(__always)
  mutating func add(
    _ group: (UInt64, UInt64), sum: Int128, limit: Int
  ) throws(WatchLogFault) {
    let at = Self.place(group.0) * 6
    if recent[at] == group.0, recent[at + 1] == group.1, recent[at + 4] != 0 {
      let known = Self.amount(recent[at + 2], recent[at + 3])
      let total: Int128
      do throws(AmountOverflow) {
        total = try ExactSum.add(known, sum)
      } catch {
        throw .overflow
      }
      recent[at + 2] = UInt64(truncatingIfNeeded: total)
      recent[at + 3] = UInt64(truncatingIfNeeded: total >> 64)
      recent[at + 4] += 1
      recent[at + 5] |= UInt64(truncatingIfNeeded: limit)
      return
    }
    if recent[at + 4] != 0 { try forget(at) }
    recent[at] = group.0
    recent[at + 1] = group.1
    recent[at + 2] = UInt64(truncatingIfNeeded: sum)
    recent[at + 3] = UInt64(truncatingIfNeeded: sum >> 64)
    recent[at + 4] = 1
    recent[at + 5] = UInt64(truncatingIfNeeded: limit)
  }

  static func amount(_ low: UInt64, _ high: UInt64) -> Int128 {
    Int128(truncatingIfNeeded: UInt128(high) << 64 | UInt128(low))
  }

  /// Writes a recent sum down.
  private mutating func forget(_ at: Int) throws(WatchLogFault) {
    let log = Self.partition(recent[at])
    for word in 0..<6 { logs[log].append(recent[at + word]) }
    recent[at + 4] = 0
    words += 6
    guard words >= limit else { return }
    do throws(FileError) {
      try spill()
    } catch {
      throw .scratch(error)
    }
  }

  /// To be called after the last row.
  mutating func finish() throws(WatchLogFault) {
    guard record == .sums else { return }
    for at in stride(from: 0, to: recent.count, by: 6) where recent[at + 4] != 0 {
      try forget(at)
    }
  }

  // MARK: Partitions

  /// Adds words that another log wrote down in this partition.
  mutating func append(
    _ more: borrowing Slab<UInt64>, _ partition: Int
  ) throws(FileError) {
    unsafe logs[partition].append(UnsafeBufferPointer(start: more.base, count: more.count))
    words += more.count
    if words >= limit { try spill() }
  }

  /// Adds packed words, which must be those of whole records.
  mutating func unpack(_ memory: [UInt8], _ partition: Int) throws(PackedFault) {
    guard memory.count % (8 * record.width) == 0 else { throw PackedFault() }
    for at in stride(from: 0, to: memory.count, by: 8) {
      let word = unsafe memory.withUnsafeBytes {
        unsafe $0.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      }
      logs[partition].append(word)
    }
    words += memory.count / 8
  }

  private mutating func spill() throws(FileError) {
    if scratch == nil { scratch = try ScratchFile() }
    for partition in 0..<Self.partitions {
      let log = logs[partition].count
      if log == 0 { continue }
      let bytes = unsafe UnsafeRawBufferPointer(start: logs[partition].base, count: log * 8)
      let start = unsafe try scratch!.append(bytes)
      written[partition].append(start..<start + log * 8)
      logs[partition].removeAll()
    }
    words = 0
  }

  /// Adds all words of a partition to `target`.
  borrowing func read(_ partition: Int, into target: inout Slab<UInt64>) throws(FileError) {
    for range in written[partition] {
      let count = range.count / 8
      let start = unsafe target.extend(by: count)
      unsafe try scratch!.read(
        at: range.lowerBound, into: UnsafeMutableRawBufferPointer(start: start, count: range.count))
    }
    unsafe target.append(
      UnsafeBufferPointer(start: logs[partition].base, count: logs[partition].count))
  }
}

/// Why a log cannot go on.
enum WatchLogFault: Error {
  case overflow
  case scratch(FileError)
}

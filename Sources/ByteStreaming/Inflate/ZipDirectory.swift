/// Holds the directory at the end of a ZIP archive against what was read in front of it.
struct ZipDirectory {
  /// The one file, as it was read: its sizes and checksum are computed, not those stated.
  private(set) var file: ZipEntry?
  /// Entries that were read, folders among them, and those the directory lists.
  private var entries: UInt64 = 0
  private var listed: UInt64 = 0
  private var listsFile = false
  /// Where the directory, its end and the ZIP64 end record begin.
  private var start: UInt64?
  private var end: UInt64?
  private var end64: UInt64?

  mutating func add(_ entry: ZipEntry) {
    entries += 1
    if !entry.isFolder { file = entry }
  }

  /// Takes a record behind the last entry; `offset` is where it begins.
  /// - Returns: True where it was the last one.
  mutating func take(
    _ record: ZipRecord, _ bytes: GatheredBytes, at offset: UInt64
  ) throws(StreamError) -> Bool {
    if start == nil { start = offset }
    if record != .central, end == nil { end = offset }
    switch record {
    case .central where end == nil: try list(try ZipEntry(bytes, .directory))
    case .end64 where end64 == nil:
      end64 = offset
      try check(bytes, diskAt: 16, diskSize: 4, countsAt: 24, size: 8)
    case .locator64 where end64 != nil:
      guard bytes.number(at: 16, size: 4) <= 1 else { throw .archive(.split) }
      try expect(bytes.number(at: 8, size: 8) == end64)
    case .end:
      try check(bytes, diskAt: 4, diskSize: 2, countsAt: 8, size: 4)
      guard file != nil else { throw .archive(.noFile) }
      try expect(listsFile)
      return true
    default: throw .damaged(.zip, "its records are out of order")
    }
    return false
  }

  private mutating func list(_ entry: ZipEntry) throws(StreamError) {
    listed += 1
    guard !entry.isFolder else { return }
    guard let file, !listsFile else { throw .damaged(.zip, "its directory lists another file") }
    listsFile = true
    guard entry.checksum == file.checksum else { throw .damaged(.zip, "incorrect data check") }
    guard entry.packedSize == file.packedSize, entry.plainSize == file.plainSize else {
      throw .damaged(.zip, "incorrect length check")
    }
    try expect(entry.offset == file.offset && entry.method == file.method)
  }

  /// The two end records state the same: disk, disk of the directory; entries here, entries; size and
  /// offset of the directory. Ones stand for "see the ZIP64 record".
  private func check(
    _ bytes: GatheredBytes, diskAt: Int, diskSize: Int, countsAt: Int, size: Int
  ) throws(StreamError) {
    let countSize = size == 8 ? 8 : 2
    func states(_ offset: Int, _ size: Int, _ value: UInt64) -> Bool {
      let number = bytes.number(at: offset, size: size)
      return number == value || size < 8 && end64 != nil && number == (1 << (8 * UInt64(size))) - 1
    }
    guard states(diskAt, diskSize, 0), states(diskAt + diskSize, diskSize, 0) else {
      throw .archive(.split)
    }
    let sizes = countsAt + 2 * countSize
    try expect(
      listed == entries && states(countsAt, countSize, listed)
        && states(countsAt + countSize, countSize, listed)
        && states(sizes, size, (end ?? 0) - (start ?? 0)) && states(sizes + size, size, start ?? 0))
  }

  private func expect(_ holds: Bool) throws(StreamError) {
    guard holds else { throw .damaged(.zip, "its directory is not that of its data") }
  }
}

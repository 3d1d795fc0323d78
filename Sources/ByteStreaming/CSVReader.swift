/// Reads a CSV file as chunks of records whose fields are positions, not values.
///
/// Memory is one buffer; it grows only for records longer than it, and up to ``rowLimit``.
@safe package struct CSVReader: ~Copyable {
  /// No record of a bill is longer; one that is, is at fault.
  package static let rowLimit = 16 << 20
  /// The scan loads 64 bytes at a time and may look past the end by that much.
  private static let padding = 64

  private let rowLimit: Int
  private let scanner: CSVScanner
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0
  private var cursor = 0
  private var isWhole = false
  private var isFirst = true
  private var followsReturn = false
  /// Whether what comes until the next line end still belongs to a record that was too long.
  private var isSkipping = false
  private var rows = CSVRows(stopCount: 0)
  private var selection: CSVSelection?
  private var recordsBefore = 0

  package init(
    bufferSize: Int = ByteSource.bufferSize, rowLimit: Int = CSVReader.rowLimit,
    scanner: CSVScanner = .fastest
  ) {
    self.rowLimit = rowLimit
    self.scanner = scanner
    capacity = max(bufferSize, 16)
    unsafe buffer = .allocate(capacity: capacity + Self.padding)
    unsafe buffer.initialize(repeating: 0, count: capacity + Self.padding)
  }

  deinit { unsafe buffer.deallocate() }

  /// The fields of the header, or nil where the file has no record at all.
  package mutating func header(_ source: inout ByteSource) throws(StreamError) -> [[UInt8]]? {
    guard try nextRecords(&source) else { return nil }
    return unsafe withChunk { chunk in
      guard unsafe CSVRowFault(rawValue: chunk.faults[0]) == CSVRowFault.none else { return [] }
      return CSVRecord.fields(unsafe chunk.record(0))
    }
  }

  /// Says which columns the next chunks hand up. To be called after ``header(_:)``.
  package mutating func select(_ selection: CSVSelection) {
    self.selection = selection
    rows = CSVRows(stopCount: selection.stops.count)
    recordsBefore = 0
  }

  /// Reads on to the next records; false at the verified end of the file.
  package mutating func next(_ source: inout ByteSource) throws(StreamError) -> Bool {
    recordsBefore += rows.count
    return try nextRecords(&source)
  }

  private mutating func nextRecords(_ source: inout ByteSource) throws(StreamError) -> Bool {
    rows.count = 0
    while true {
      scan()
      if rows.count > 0 { return true }
      if isWhole { return false }
      if count - cursor >= rowLimit { return refuseLongRecord() }
      try refill(&source)
    }
  }

  private mutating func scan() {
    var scan = unsafe CSVScan(
      bytes: UnsafePointer(buffer), count: count, isWhole: isWhole, scanner: scanner,
      cursor: cursor,
      followsReturn: followsReturn)
    if isSkipping { finishSkipping(&scan) }
    if let selection {
      scan.records(selection, into: &rows)
    } else {
      scan.skipBlankLines()
      if scan.cursor < count { _ = scan.record(nil, into: &rows) }
    }
    cursor = scan.cursor
    followsReturn = scan.followsReturn
  }

  /// Moves the rest to the front, makes room and reads at least as much again: a long record that comes in
  /// small pieces must not be scanned again for each of them.
  private mutating func refill(_ source: inout ByteSource) throws(StreamError) {
    let rest = count - cursor
    if cursor > 0 {
      unsafe buffer.update(from: buffer + cursor, count: rest)
      cursor = 0
      count = rest
    }
    if count == capacity { grow() }
    repeat {
      let free = unsafe UnsafeMutableRawBufferPointer(
        start: buffer + count, count: capacity - count)
      let added = unsafe try source.fill(into: free)
      count += added
      isWhole = added == 0
    } while !isWhole && count < min(2 * rest, capacity)
    if isFirst { try skipByteOrderMark() }
  }

  private mutating func grow() {
    let larger = min(max(capacity * 2, 16), rowLimit + ByteSource.bufferSize)
    let next = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.padding)
    unsafe next.initialize(repeating: 0, count: larger + Self.padding)
    unsafe next.update(from: buffer, count: count)
    unsafe buffer.deallocate()
    unsafe buffer = next
    capacity = larger
  }

  private mutating func skipByteOrderMark() throws(StreamError) {
    guard count >= 3 || isWhole else { return }
    isFirst = false
    if count >= 2 {
      let pair = unsafe (buffer[0], buffer[1])
      if pair == (0xFF, 0xFE) || pair == (0xFE, 0xFF) { throw .refused(.utf16) }
    }
    if count >= 3, unsafe buffer[0] == 0xEF, unsafe buffer[1] == 0xBB, unsafe buffer[2] == 0xBF {
      cursor = 3
    }
  }

  /// A record over the limit is at fault. Where a quote made it long, its first line is; else all up to
  /// the next line end is passed over.
  private mutating func refuseLongRecord() -> Bool {
    var scan = unsafe CSVScan(
      bytes: UnsafePointer(buffer), count: count, isWhole: false, scanner: scanner, cursor: cursor,
      followsReturn: followsReturn)
    if !scan.giveUp(.tooLong, from: cursor, into: &rows) {
      rows.append(begin: cursor, end: count, fault: .tooLong, fields: 0)
      scan.cursor = count
      isSkipping = true
    }
    cursor = scan.cursor
    followsReturn = scan.followsReturn
    return true
  }

  private mutating func finishSkipping(_ scan: inout CSVScan) {
    while scan.cursor < count {
      let byte = unsafe buffer[scan.cursor]
      scan.cursor += 1
      if byte == CSVScan.line || byte == CSVScan.carriage {
        scan.followsReturn = byte == CSVScan.carriage
        isSkipping = false
        return
      }
    }
  }

  /// Hands the records of the last ``next(_:)`` to `body`, once for all of them.
  package func withChunk<Result, Failure: Error>(
    _ body: (CSVChunk) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe try body(
      CSVChunk(
        bytes: UnsafePointer(buffer), count: rows.count, firstRecord: recordsBefore + 1,
        stops: UnsafePointer(rows.stops), stopCount: rows.stopCount,
        begins: UnsafePointer(rows.begins), ends: UnsafePointer(rows.ends),
        faults: UnsafePointer(rows.faults), fields: UnsafePointer(rows.fields)))
  }
}

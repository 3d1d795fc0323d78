/// The records found in one stretch of bytes, as positions in it.
@safe struct CSVRows: ~Copyable {
  static let limit = 4096

  let stopCount: Int
  let stops: UnsafeMutablePointer<UInt32>
  let begins: UnsafeMutablePointer<UInt32>
  let ends: UnsafeMutablePointer<UInt32>
  let faults: UnsafeMutablePointer<UInt8>
  let fields: UnsafeMutablePointer<UInt32>
  var count = 0

  init(stopCount: Int) {
    self.stopCount = stopCount
    unsafe stops = .allocate(capacity: Self.limit * max(stopCount, 1))
    unsafe begins = .allocate(capacity: Self.limit)
    unsafe ends = .allocate(capacity: Self.limit)
    unsafe faults = .allocate(capacity: Self.limit)
    unsafe fields = .allocate(capacity: Self.limit)
  }

  deinit {
    unsafe stops.deallocate()
    unsafe begins.deallocate()
    unsafe ends.deallocate()
    unsafe faults.deallocate()
    unsafe fields.deallocate()
  }

  var isFull: Bool { count == Self.limit }

  @inline(__always)
  mutating func append(begin: Int, end: Int, fault: CSVRowFault, fields number: Int) {
    unsafe begins[count] = UInt32(truncatingIfNeeded: begin)
    unsafe ends[count] = UInt32(truncatingIfNeeded: end)
    unsafe faults[count] = fault.rawValue
    unsafe fields[count] = UInt32(truncatingIfNeeded: number)
    count += 1
  }
}

/// One stretch of a CSV file with the records in it; valid inside ``CSVReader/withChunk(_:)`` only.
@unsafe package struct CSVChunk {
  /// Behind the last, 64 more may be read, whatever they are.
  package let bytes: UnsafePointer<UInt8>
  package let count: Int
  /// The number of the first record; 1 is the first after the header.
  package let firstRecord: Int
  /// Stored separators of record r begin at `stops[r * stopCount]`.
  package let stops: UnsafePointer<UInt32>
  package let stopCount: Int
  package let begins: UnsafePointer<UInt32>
  package let ends: UnsafePointer<UInt32>
  /// ``CSVRowFault`` of each record.
  package let faults: UnsafePointer<UInt8>
  /// How many fields a record has that is at fault for it.
  package let fields: UnsafePointer<UInt32>
}

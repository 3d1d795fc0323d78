import ByteStreaming
import ExactNumbers

/// The fields of the row at hand, decoded as far as they were asked for.
@safe struct RowView: ~Copyable {
  private let slotCount: Int
  private let fields: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>
  /// 0 not read yet, 1 a number, 2 none.
  private let numberStates: UnsafeMutablePointer<UInt8>
  private let numbers: UnsafeMutablePointer<Amount>
  /// The interned number of each field plus one, or 0 where it was not asked for yet.
  private let interned: UnsafeMutablePointer<UInt32>
  /// How many ranges share one column at most: each may write it out.
  private let copies: Int
  /// Where fields with doubled quotes are written out; it grows before a row is decoded.
  private var scratch: UnsafeMutableBufferPointer<UInt8>
  private var scratchUsed = 0
  private let selection: CSVSelection
  /// For each slot, its ranges in the selection.
  private let ranges: [[(range: Int, member: [UInt8]?)]]
  private let rawRanges: [Int]
  private let rawSlots: [Int]
  private let absent: [UInt8]?
  private(set) var raw: UnsafeBufferPointer<UInt8>
  /// Numbers that lost digits beyond the 18th of their fraction.
  private(set) var roundedNumbers = 0

  init(_ layout: TableLayout) {
    slotCount = layout.slots.count
    unsafe fields = .allocate(capacity: max(slotCount, 1))
    unsafe fields.initialize(
      repeating: UnsafeBufferPointer(start: nil, count: 0), count: slotCount)
    unsafe numberStates = .allocate(capacity: max(slotCount, 1))
    unsafe numberStates.initialize(repeating: 0, count: slotCount)
    unsafe numbers = .allocate(capacity: max(slotCount, 1))
    unsafe numbers.initialize(repeating: .zero, count: slotCount)
    unsafe interned = .allocate(capacity: max(slotCount, 1))
    unsafe interned.initialize(repeating: 0, count: slotCount)
    unsafe scratch = .allocate(capacity: 4096)
    unsafe raw = UnsafeBufferPointer(start: nil, count: 0)
    var all: [ClosedRange<Int>] = []
    ranges = layout.slots.map { sources in
      sources.compactMap { source in
        switch source {
        case .column(let column):
          all.append(column...column)
          return (all.count - 1, nil)
        case .member(let column, let name):
          all.append(column...column)
          return (all.count - 1, name)
        case .raw: return nil
        }
      }
    }
    rawRanges = layout.raw.map { range in
      all.append(range)
      return all.count - 1
    }
    rawSlots = layout.slots.indices.filter { layout.slots[$0] == [.raw] }
    absent = layout.absent
    copies = (0..<layout.columns).map { column in all.count { $0.contains(column) } }.max() ?? 0
    selection = CSVSelection(columns: layout.columns, ranges: all)
  }

  deinit {
    unsafe fields.deallocate()
    unsafe numberStates.deallocate()
    unsafe numbers.deallocate()
    unsafe interned.deallocate()
    unsafe scratch.deallocate()
  }

  var columns: CSVSelection { selection }

  mutating func load(_ chunk: CSVChunk, _ row: Int) {
    let begin = unsafe Int(chunk.begins[row])
    let length = unsafe Int(chunk.ends[row]) - begin
    let needed = length * copies + rawRanges.count
    if unsafe scratch.count < needed {
      unsafe scratch.deallocate()
      unsafe scratch = .allocate(capacity: needed * 2)
    }
    scratchUsed = 0
    roundedNumbers = 0
    for slot in 0..<slotCount {
      unsafe numberStates[slot] = 0
      unsafe interned[slot] = 0
      unsafe fields[slot] = field(chunk, row, ranges[slot])
    }
    unsafe raw = rawRecord(chunk, row)
    for slot in rawSlots { unsafe fields[slot] = raw }
  }

  /// The first of the columns that is not absent.
  private mutating func field(
    _ chunk: CSVChunk, _ row: Int, _ candidates: [(range: Int, member: [UInt8]?)]
  ) -> UnsafeBufferPointer<UInt8> {
    for (range, member) in candidates {
      var value = unsafe unquoted(span(chunk, row, range))
      if let member { unsafe value = MapMember.text(of: member, in: value) }
      if !value.isEmpty, unsafe !isAbsentSpelling(value) { return unsafe value }
    }
    return unsafe UnsafeBufferPointer(start: nil, count: 0)
  }

  private func span(
    _ chunk: CSVChunk, _ row: Int, _ range: Int
  ) -> UnsafeBufferPointer<UInt8> {
    let stops = unsafe chunk.stops + row * chunk.stopCount
    let leading = selection.leading[range]
    let start = unsafe leading < 0 ? Int(chunk.begins[row]) : Int(stops[leading]) + 1
    let end = unsafe Int(stops[selection.trailing[range]])
    return unsafe UnsafeBufferPointer(start: chunk.bytes + start, count: end - start)
  }

  private func isAbsentSpelling(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let absent, absent.count == value.count else { return false }
    return unsafe value.elementsEqual(absent)
  }

  private mutating func unquoted(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let quote = UInt8(ascii: "\"")
    guard text.count >= 2, unsafe text[0] == quote else { return unsafe text }
    let inner = unsafe UnsafeBufferPointer(rebasing: text[1..<(text.count - 1)])
    guard unsafe inner.contains(quote) else { return unsafe inner }
    let start = scratchUsed
    var at = 0
    while at < inner.count {
      let byte = unsafe inner[at]
      unsafe scratch[scratchUsed] = byte
      scratchUsed += 1
      at += byte == quote ? 2 : 1
    }
    return unsafe UnsafeBufferPointer(rebasing: scratch[start..<scratchUsed])
  }

  /// The raw columns as one CSV record.
  private mutating func rawRecord(_ chunk: CSVChunk, _ row: Int) -> UnsafeBufferPointer<UInt8> {
    guard let first = rawRanges.first else {
      return unsafe UnsafeBufferPointer(start: nil, count: 0)
    }
    if rawRanges.count == 1 { return unsafe span(chunk, row, first) }
    let start = scratchUsed
    for (index, range) in rawRanges.enumerated() {
      if index > 0 {
        unsafe scratch[scratchUsed] = UInt8(ascii: ",")
        scratchUsed += 1
      }
      let span = unsafe span(chunk, row, range)
      for at in 0..<span.count { unsafe scratch[scratchUsed + at] = span[at] }
      scratchUsed += span.count
    }
    return unsafe UnsafeBufferPointer(rebasing: scratch[start..<scratchUsed])
  }

  func isPresent(_ slot: Int) -> Bool { unsafe !fields[slot].isEmpty }

  func bytes(_ slot: Int) -> UnsafeBufferPointer<UInt8> { unsafe fields[slot] }

  func copy(_ slot: Int) -> [UInt8]? { isPresent(slot) ? unsafe [UInt8](fields[slot]) : nil }

  /// The field's number in `interner`, looked up once; always the same interner.
  func number(_ slot: Int, in interner: inout Interner) -> UInt32 {
    if unsafe interned[slot] == 0 {
      unsafe interned[slot] = interner.number(fields[slot]) + 1
    }
    return unsafe interned[slot] - 1
  }

  /// The number in a slot, read once; nil where it is absent or unreadable.
  mutating func number(_ slot: Int) -> Amount? {
    if unsafe numberStates[slot] == 0 { read(slot) }
    return unsafe numberStates[slot] == 1 ? numbers[slot] : nil
  }

  private mutating func read(_ slot: Int) {
    guard isPresent(slot), let spelled = unsafe try? SpelledAmount(parsing: fields[slot].span)
    else {
      unsafe numberStates[slot] = 2
      return
    }
    unsafe numbers[slot] = spelled.amount
    unsafe numberStates[slot] = 1
    if spelled.isRounded { roundedNumbers += 1 }
  }
}

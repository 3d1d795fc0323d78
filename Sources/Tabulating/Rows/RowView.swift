import ByteStreaming
import ExactNumbers

/// The fields of the row at hand, each decoded when it is first asked for.
@safe struct RowView: ~Copyable {
  private let sources: RowSources
  private var bytes: UnsafePointer<UInt8>
  private var stops: UnsafePointer<UInt32>
  private var begin = 0
  /// Which row is at hand: whatever carries another mark is of an earlier one.
  private var row: UInt64 = 0
  var mark: UInt64 { row }

  private let fields: Slab<UnsafeBufferPointer<UInt8>>
  private let fieldMarks: Slab<UInt64>
  private let numbers: Slab<Int128>
  /// Twice the mark, plus one where the field is a number.
  private let numberMarks: Slab<UInt64>
  private let ids: Slab<UInt32>
  private let idMarks: Slab<UInt64>
  /// The last text of each slot that was looked up: most fields repeat the row before.
  private let lastIDs: Slab<UInt32>
  private let hashes: Slab<UInt64>
  private let hashMarks: Slab<UInt64>
  private var block: BlockTexts
  private var index = 0
  /// Where fields with doubled quotes are written out; it grows before a row is decoded.
  private var scratch = Slab<UInt8>(repeating: 0, count: 4096)
  private var scratchUsed = 0
  private var rawRecord = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var rawMark: UInt64 = 0
  /// Numbers that lost digits beyond the 18th of their fraction.
  private(set) var roundedNumbers = 0

  /// - Parameters:
  ///   - texts: Slots whose texts stand in keys.
  ///   - always: Slots whose texts every row is asked for.
  init(_ layout: TableLayout, texts: Set<Int>, always: Set<Int>) {
    sources = RowSources(layout, texts: texts)
    block = BlockTexts(sources, always)
    let count = layout.slots.count
    unsafe bytes = UnsafePointer(scratch.base)
    unsafe stops = UnsafeRawPointer(scratch.base).assumingMemoryBound(to: UInt32.self)
    unsafe fields = Slab(
      repeating: UnsafeBufferPointer(start: nil, count: 0), count: count)
    fieldMarks = Slab(repeating: 0, count: count)
    numbers = Slab(repeating: 0, count: count)
    numberMarks = Slab(repeating: 0, count: count)
    ids = Slab(repeating: 0, count: count)
    idMarks = Slab(repeating: 0, count: count)
    lastIDs = Slab(repeating: 0, count: count)
    hashes = Slab(repeating: 0, count: count)
    hashMarks = Slab(repeating: 0, count: count)
  }

  var columns: CSVSelection { sources.selection }

  /// Looks up the texts of the next rows, at most ``BlockTexts/rows`` of them.
  mutating func lookUp(_ chunk: CSVChunk, _ rows: Range<Int>, in interner: inout Interner) {
    unsafe block.lookUp(chunk, rows, &interner)
  }

  /// Goes to a row of those that were looked up last.
  @inline(__always)
  mutating func load(_ chunk: CSVChunk, _ index: Int) {
    self.index = index
    unsafe bytes = chunk.bytes
    unsafe stops = chunk.stops + index &* chunk.stopCount
    begin = unsafe Int(chunk.begins[index])
    row &+= 1
    scratchUsed = 0
    roundedNumbers = 0
    let length = unsafe Int(chunk.ends[index]) &- begin
    let needed = length &* sources.copies &+ sources.raw.count &+ ByteHash.padding
    if needed > scratch.count { scratch.grow(to: needed * 2, with: 0) }
  }

  // MARK: Bytes

  @inline(__always)
  private func span(_ source: RowSources.Source) -> UnsafeBufferPointer<UInt8> {
    let start = unsafe source.leading < 0 ? begin : Int(stops[Int(source.leading)]) &+ 1
    let end = unsafe Int(stops[Int(source.trailing)])
    return unsafe UnsafeBufferPointer(start: bytes + start, count: end &- start)
  }

  /// The field's text; empty where it is absent.
  @inline(__always)
  mutating func bytes(_ slot: Int) -> UnsafeBufferPointer<UInt8> {
    if fieldMarks[slot] != row {
      let single = sources.singles[slot]
      let text = unsafe single.trailing >= 0 ? plain(span(single)) : field(slot)
      unsafe fields[slot] = text
      fieldMarks[slot] = row
    }
    return unsafe fields[slot]
  }

  /// The text of a column that is the only one of its slot.
  @inline(__always)
  private mutating func plain(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let value = unsafe unquoted(text)
    return unsafe isAbsentSpelling(value) ? UnsafeBufferPointer(start: nil, count: 0) : value
  }

  /// The first of the slot's columns that is not absent.
  private mutating func field(_ slot: Int) -> UnsafeBufferPointer<UInt8> {
    var at = Int(sources.starts[slot])
    let end = Int(sources.starts[slot + 1])
    while at < end {
      let source = sources.sources[at]
      let text = unsafe span(source)
      var value = unsafe unquoted(text)
      if source.member >= 0 {
        unsafe value = MapMember.text(of: sources.members[Int(source.member)], in: value)
      }
      if !value.isEmpty, unsafe !isAbsentSpelling(value) { return unsafe value }
      at += 1
    }
    if sources.isRaw[slot] { return unsafe raw }
    return unsafe UnsafeBufferPointer(start: nil, count: 0)
  }

  @inline(__always)
  private func isAbsentSpelling(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let absent = sources.absent, absent.count == value.count else { return false }
    return unsafe value.elementsEqual(absent)
  }

  @inline(__always)
  private mutating func unquoted(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let inner = unsafe QuotedField.inner(text)
    guard inner.count != text.count, unsafe QuotedField.hasDoubled(inner)
    else { return unsafe inner }
    let written = unsafe QuotedField.write(inner, to: scratch.base + scratchUsed)
    scratchUsed += written.count
    return unsafe written
  }

  /// The raw columns as one CSV record.
  var raw: UnsafeBufferPointer<UInt8> {
    mutating get {
      if sources.raw.count == 1 { return unsafe span(sources.raw[0]) }
      // Written out once a row: there is room for one.
      if rawMark != row {
        unsafe rawRecord = joined()
        rawMark = row
      }
      return unsafe rawRecord
    }
  }

  private mutating func joined() -> UnsafeBufferPointer<UInt8> {
    let start = scratchUsed
    for index in 0..<sources.raw.count {
      if index > 0 {
        scratch[scratchUsed] = UInt8(ascii: ",")
        scratchUsed += 1
      }
      let span = unsafe span(sources.raw[index])
      if let from = span.baseAddress, !span.isEmpty {
        unsafe (scratch.base + scratchUsed).update(from: from, count: span.count)
      }
      scratchUsed += span.count
    }
    return unsafe UnsafeBufferPointer(start: scratch.base + start, count: scratchUsed - start)
  }

  @inline(__always)
  mutating func isPresent(_ slot: Int) -> Bool { unsafe !bytes(slot).isEmpty }

  mutating func copy(_ slot: Int) -> [UInt8]? {
    isPresent(slot) ? unsafe [UInt8](bytes(slot)) : nil
  }

  // MARK: Readings

  /// The field's number in `interner`, looked up once; always the same interner.
  @inline(__always)
  mutating func id(_ slot: Int, in interner: inout Interner) -> UInt32 {
    let column = block.columns[slot]
    return column >= 0 ? block.number(index, column) : lookUp(slot, &interner)
  }

  private mutating func lookUp(_ slot: Int, _ interner: inout Interner) -> UInt32 {
    let slot = Int(sources.twins[slot])
    if idMarks[slot] == row { return ids[slot] }
    let text = unsafe bytes(slot)
    var id = lastIDs[slot]
    if unsafe !interner.equals(id, text) { id = unsafe interner.number(text) }
    ids[slot] = id
    idMarks[slot] = row
    lastIDs[slot] = id
    return id
  }

  /// The hash of the field's text; nil where it is absent.
  @inline(__always)
  mutating func hash(_ slot: Int, _ interner: borrowing Interner) -> UInt64? {
    let column = block.columns[slot]
    let slot = Int(sources.twins[slot])
    if column >= 0 || idMarks[slot] == row {
      let id = column >= 0 ? block.number(index, column) : ids[slot]
      return id == 0 ? nil : interner.hashes[Int(id)]
    }
    if hashMarks[slot] != row {
      let text = unsafe bytes(slot)
      hashes[slot] = unsafe ByteHash.of(text)
      hashMarks[slot] = row
    }
    return isPresent(slot) ? hashes[slot] : nil
  }

  /// The number in a slot in units of 10⁻¹⁸, read once; nil where it is absent or unreadable.
  @inline(__always)
  mutating func units(_ slot: Int) -> Int128? {
    if numberMarks[slot] &>> 1 != row { read(slot) }
    return numberMarks[slot] & 1 == 1 ? numbers[slot] : nil
  }

  private mutating func read(_ slot: Int) {
    numberMarks[slot] = row &<< 1
    let text = unsafe bytes(slot)
    guard !text.isEmpty, let spelled = unsafe try? SpelledAmount(parsing: text.span)
    else { return }
    numbers[slot] = spelled.amount.units
    numberMarks[slot] = row &<< 1 | 1
    if spelled.isRounded { roundedNumbers += 1 }
  }

  mutating func number(_ slot: Int) -> Amount? {
    units(slot).flatMap { try? Amount(units: $0) }
  }
}

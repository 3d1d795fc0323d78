import ByteStreaming

/// The numbers of the texts that every row is asked for, looked up for a block of rows at a time, column
/// by column: while the entry of one text is on its way from memory those of the next are asked for, and
/// the texts of a column are much of a length, which the processor guesses well.
@safe struct BlockTexts: ~Copyable {
  static let rows = 64

  /// The column of each slot among those that are looked up here; -1 where it is none of them.
  let columns: Slab<Int32>
  /// The source of each column.
  private let sources: Slab<RowSources.Source>
  /// Columns that stand in no run.
  private let alone: Slab<Int32>
  /// Columns whose texts mostly repeat the row before.
  private let repeats: Slab<Bool>
  private let runs: Slab<Run>
  private let memos: Fixed<RunMemo>
  private let absent: [UInt8]?
  private let width: Int
  /// Of row r and column c: `numbers[r * width + c]`.
  private let numbers: Slab<UInt32>
  private var first = 0

  private let texts: Slab<UnsafeBufferPointer<UInt8>>
  private let hashes = Slab<UInt64>(repeating: 0, count: rows)
  /// Where fields with doubled quotes are written out.
  private var scratch = Slab<UInt8>(repeating: 0, count: 4096)

  /// Neighbouring columns that are looked up as one.
  struct Run: BitwiseCopyable {
    var span: RowSources.Source
    var first: Int
    var count: Int
  }

  /// - Parameter slots: What every row is asked for; those of several columns are left out.
  init(_ sources: borrowing RowSources, _ slots: Set<Int>) {
    let inRuns = sources.runs.flatMap(\.slots)
    let others = Set(slots.map { Int(sources.twins[$0]) })
      .subtracting(inRuns).filter { sources.singles[$0].trailing >= 0 }.sorted()
    let columns = Slab<Int32>(repeating: -1, count: sources.slotCount)
    var spans = Slab<RowSources.Source>()
    // The columns of a run stand side by side.
    for (column, slot) in (inRuns + others).enumerated() {
      columns[slot] = Int32(column)
      spans.append(sources.singles[slot])
    }
    for slot in 0..<columns.count { columns[slot] = columns[Int(sources.twins[slot])] }
    var runs = Slab<Run>()
    for run in sources.runs {
      runs.append(
        Run(span: run.span, first: Int(columns[run.slots[0]]), count: run.slots.count))
    }
    var alone = Slab<Int32>()
    for slot in others { alone.append(columns[slot]) }
    memos = Fixed(count: runs.count) { RunMemo(width: runs[$0].count) }
    self.columns = columns
    width = spans.count
    repeats = Slab(repeating: false, count: width)
    self.sources = spans
    self.runs = runs
    self.alone = alone
    absent = sources.absent
    numbers = Slab(repeating: 0, count: Self.rows * width)
    unsafe texts = Slab(
      repeating: UnsafeBufferPointer(start: nil, count: 0), count: Self.rows)
  }

  /// The number of a text of the block; `column` is one of ``columns``.
  @inline(__always)
  func number(_ row: Int, _ column: Int32) -> UInt32 {
    numbers[(row &- first) &* width &+ Int(column)]
  }

  /// Looks up rows of a chunk, at most ``rows``.
  mutating func lookUp(_ chunk: CSVChunk, _ rows: Range<Int>, _ interner: inout Interner) {
    first = rows.lowerBound
    let size = unsafe Int(chunk.ends[rows.upperBound - 1] - chunk.begins[first])
    scratch.grow(to: size + ByteHash.padding, with: 0)
    for at in 0..<alone.count {
      unsafe lookUp(Int(alone[at]), chunk, rows, &interner)
    }
    for at in 0..<runs.count {
      if memos[at].isUseful {
        unsafe lookUp(at, runs[at], chunk, rows, &interner)
      } else {
        for column in runs[at].first..<(runs[at].first + runs[at].count) {
          unsafe lookUp(column, chunk, rows, &interner)
        }
      }
    }
  }

  private mutating func lookUp(
    _ column: Int, _ chunk: CSVChunk, _ rows: Range<Int>, _ interner: inout Interner
  ) {
    let source = sources[column]
    var used = 0
    for row in rows {
      let text = unsafe plain(chunk.text(row, source), &used)
      unsafe texts[row &- first] = text
      if repeats[column] { continue }
      let hash = unsafe ByteHash.of(text)
      hashes[row &- first] = hash
      interner.prefetch(hash)
    }
    if repeats[column] {
      lookUpRepeats(column, rows.count, &interner)
      return
    }
    var changes = 0
    var last: UInt32 = 0
    for at in 0..<rows.count {
      let number = unsafe interner.number(texts[at], hash: hashes[at])
      numbers[at &* width &+ column] = number
      if number != last { changes &+= 1 }
      last = number
    }
    repeats[column] = changes &* 16 < rows.count
  }

  /// A column that hardly changes is compared with the row before.
  private mutating func lookUpRepeats(
    _ column: Int, _ count: Int, _ interner: inout Interner
  ) {
    var changes = 0
    var last: UInt32 = 0
    for at in 0..<count {
      let text = unsafe texts[at]
      if unsafe !interner.equals(last, text) {
        last = unsafe interner.number(text)
        changes &+= 1
      }
      numbers[at &* width &+ column] = last
    }
    repeats[column] = changes &* 16 < count
  }

  private mutating func lookUp(
    _ index: Int, _ run: Run, _ chunk: CSVChunk, _ rows: Range<Int>, _ interner: inout Interner
  ) {
    for row in rows {
      let text = unsafe chunk.text(row, run.span)
      unsafe texts[row &- first] = text
      hashes[row &- first] = unsafe memos[index].prefetch(text)
    }
    for row in rows {
      let at = row &- first
      let target = at &* width &+ run.first
      let (known, isNew) = unsafe memos[index].number(texts[at], hash: hashes[at])
      for column in 0..<run.count {
        if isNew {
          var used = 0
          let text = unsafe plain(chunk.text(row, sources[run.first + column]), &used)
          memos[index].note(known, column, unsafe interner.number(text))
        }
        numbers[target &+ column] = memos[index].id(known, column)
      }
    }
  }

  /// The text without its quotes; empty where it is absent.
  ///
  /// - Parameter used: How much of the scratch is taken.
  @inline(__always)
  private mutating func plain(
    _ field: UnsafeBufferPointer<UInt8>, _ used: inout Int
  ) -> UnsafeBufferPointer<UInt8> {
    var text = unsafe QuotedField.inner(field)
    if text.count != field.count, unsafe QuotedField.hasDoubled(text) {
      unsafe text = QuotedField.write(text, to: scratch.base + used)
      used += text.count
    }
    guard let absent, absent.count == text.count, unsafe text.elementsEqual(absent)
    else { return unsafe text }
    return unsafe UnsafeBufferPointer(start: nil, count: 0)
  }
}

extension CSVChunk {
  /// A field as it stands in its record; empty where the record is at fault.
  @inline(__always)
  fileprivate func text(
    _ row: Int, _ source: RowSources.Source
  ) -> UnsafeBufferPointer<UInt8> {
    guard unsafe faults[row] == 0 else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
    let stops = unsafe self.stops + row &* stopCount
    let start =
      unsafe source.leading < 0 ? Int(begins[row]) : Int(stops[Int(source.leading)]) &+ 1
    return unsafe UnsafeBufferPointer(
      start: bytes + start, count: Int(stops[Int(source.trailing)]) &- start)
  }
}

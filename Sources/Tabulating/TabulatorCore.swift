import ByteStreaming
import ExactNumbers

/// The tables of one worker.
struct TabulatorCore: ~Copyable {
  /// A file with so many bad rows is no input; nobody keeps them in memory.
  static let rejectLimit = 100_000

  let query: TableQuery
  let fixed: QueryPlan
  var plan: WatchPlan
  var interner = Interner()
  /// What each derivation read out of each interned text; `unread` where it was not asked yet.
  private let derived: Fixed<Slab<Int>>
  let tables: Fixed<GroupTable>
  var logs: Fixed<WatchLog>
  var books: [SuspectBook]
  /// The hash of the partition of the row at hand.
  var partition: UInt64 = 0
  var partitionMark: UInt64 = 0
  /// In the second look, the groups of each watch that may have tripped.
  let candidates: [Candidates]?
  private let values: Slab<Int128>
  /// The raw record of the row before, which most rows repeat.
  private var lastRaw: UInt32 = 0

  private static let unread = Int.min
  private static let none = Int.max

  init(_ query: TableQuery, candidates: [Candidates]?) {
    self.query = query
    self.candidates = candidates
    fixed = QueryPlan(query)
    plan = WatchPlan(query.watches, zeroed: query.zeroed)
    derived = Fixed(count: query.derivations.count) { _ in Slab() }
    let keys = query.keys
    let sums = 1 + query.sums.count
    tables = Fixed(count: keys.count) { index in
      GroupTable(
        width: keys[index].map(\.width).reduce(0, +), sumCount: sums,
        hasMarks: index == query.marked?.grouping)
    }
    values = Slab(repeating: 0, count: sums)
    let watches = query.watches
    let limit = query.logLimit
    logs = Fixed(count: watches.count) { WatchLog(watches[$0].trip, limit: limit) }
    books = watches.map { SuspectBook($0, query) }
  }

  mutating func read(
    _ reader: inout CSVReader, _ source: inout ByteSource, _ layout: TableLayout, _ file: TableFile
  ) throws(TableFault) -> FileTotals {
    var row = RowView(
      layout, texts: candidates == nil ? query.keyTexts : [], always: textsOfEveryRow)
    // Marks of rows begin anew with each file.
    plan.forgetRow()
    partitionMark = 0
    var pass = FilePass(
      file, signature: interner.number(layout.signature), layout, watches: query.watches.count)
    reader.select(row.columns)
    while try hasNext(&reader, &source) {
      unsafe try reader.withChunk { chunk throws(TableFault) in
        unsafe try fold(chunk, &row, &pass)
      }
      if pass.totals.rejectedRows.count > Self.rejectLimit {
        throw .hopeless(pass.finished(interner))
      }
    }
    for index in 0..<tables.count {
      do throws(OverflowingRecord) {
        try tables[index].flush()
      } catch {
        throw .overflow(record: error.record)
      }
    }
    return pass.finished(interner)
  }

  /// The slots whose texts the loop asks every row for.
  private var textsOfEveryRow: Set<Int> {
    var slots: Set<Int> = [query.unit.slot]
    slots.formUnion(query.required.map(\.slot))
    slots.formUnion(query.zeroed.compactMap(\.textSlot))
    if let latest = query.latest { slots.insert(latest) }
    if let marked = query.marked, candidates == nil { slots.formUnion(marked.slots) }
    if plan.gateSlot >= 0 { slots.insert(plan.gateSlot) }
    guard candidates == nil else { return slots }
    for part in query.keys.joined() {
      switch part {
      case .text(let slot), .derived(let slot, _): slots.insert(slot)
      case .raw: break
      }
    }
    return slots
  }

  private func hasNext(
    _ reader: inout CSVReader, _ source: inout ByteSource
  ) throws(TableFault) -> Bool {
    do throws(StreamError) {
      return try reader.next(&source)
    } catch {
      throw .stream(error)
    }
  }

  private mutating func fold(
    _ chunk: CSVChunk, _ row: inout RowView, _ pass: inout FilePass
  ) throws(TableFault) {
    for index in unsafe 0..<chunk.count {
      if index % BlockTexts.rows == 0 {
        let end = unsafe min(index + BlockTexts.rows, chunk.count)
        unsafe row.lookUp(chunk, index..<end, in: &interner)
      }
      let record = unsafe chunk.firstRecord + index
      pass.totals.rows += 1
      let fault = unsafe CSVRowFault(rawValue: chunk.faults[index]) ?? CSVRowFault.none
      guard fault == .none else {
        let reason = unsafe RejectReason.record(fault, fields: Int(chunk.fields[index]))
        let raw = unsafe chunk.record(index, limit: RejectedRow.rawLimit)
        pass.totals.rejectedRows.append(RejectedRow(record: record, reason: reason, raw: raw))
        continue
      }
      unsafe row.load(chunk, index)
      do throws(RowFault) {
        try fold(&row, record, &pass)
      } catch {
        throw TableFault(error, record: record)
      }
    }
  }

  private mutating func fold(
    _ row: inout RowView, _ record: Int, _ pass: inout FilePass
  ) throws(RowFault) {
    let hasUnit = derive(fixed.unit, &row) != nil
    let isZero = isZeroed(&row)
    if hasUnit, let units = row.units(fixed.amount) {
      try pass.count(
        read: isZero ? 0 : units, unit: row.id(Int(fixed.unit.slot), in: &interner))
    }
    if let rejected = rejection(of: &row, record, hasUnit: hasUnit, isZero: isZero) {
      pass.totals.rejectedRows.append(rejected)
      return
    }
    let stated = readValues(&row, isZero: isZero)
    pass.totals.rounded += row.roundedNumbers
    try pass.count(kept: values[0])
    if fixed.latest.slot >= 0, let seconds = derive(fixed.latest, &row), seconds > pass.latest {
      pass.latest = seconds
    }
    if candidates == nil {
      try group(&row, pass.signature, stated, record)
      try look(&row, record, pass)
    } else {
      try lookAgain(&row, record, pass)
    }
  }
}

extension TabulatorCore {
  /// Nil where the row has all that it must have.
  @inline(__always)
  private mutating func rejection(
    of row: inout RowView, _ record: Int, hasUnit: Bool, isZero: Bool
  ) -> RejectedRow? {
    var reason: RejectReason?
    var slot = fixed.amount
    if row.units(slot) == nil {
      reason = .amount
    } else if !hasUnit {
      (reason, slot) = (.unit, Int(fixed.unit.slot))
    } else {
      for index in 0..<fixed.required.count where derive(fixed.required[index], &row) == nil {
        (reason, slot) = (.requirement(index), Int(fixed.required[index].slot))
        break
      }
    }
    guard let reason else { return nil }
    let amount = isZero ? .zero : row.number(query.amount)
    return RejectedRow(
      record: record, reason: reason,
      raw: Array((row.copy(slot) ?? []).prefix(RejectedRow.rawLimit)),
      amount: hasUnit && row.units(query.amount) != nil ? amount : nil,
      unit: hasUnit ? row.copy(query.unit.slot) : nil)
  }

  /// Reads what the row adds to each sum; bit n of the result says that it states sum n itself.
  @inline(__always)
  private mutating func readValues(_ row: inout RowView, isZero: Bool) -> UInt32 {
    let amount = isZero ? 0 : row.units(fixed.amount) ?? 0
    values[0] = amount
    var stated: UInt32 = 1
    for index in 0..<fixed.sums.count {
      let slot = fixed.sums[index]
      let isInstead = slot == fixed.orAmount
      var units = row.units(Int(slot))
      if !isInstead, let found = units, found.magnitude > fixed.largestAddend.magnitude {
        units = nil
      }
      // A row that counts as zero does so under every reading, whether it states it or not.
      values[index + 1] = isZero ? 0 : units ?? (isInstead ? amount : 0)
      if units != nil || isZero && isInstead { stated |= 1 &<< UInt32(index + 1) }
    }
    return stated
  }

  @inline(__always)
  private mutating func group(
    _ row: inout RowView, _ signature: UInt32, _ stated: UInt32, _ record: Int
  ) throws(RowFault) {
    for index in 0..<tables.count {
      let key = unsafe tables[index].nextKey
      var word = 0
      var at = Int(fixed.partStarts[index])
      let end = Int(fixed.partStarts[index + 1])
      while at < end {
        unsafe word += write(fixed.parts[at], &row, signature, to: key + word)
        at += 1
      }
      do throws(OverflowingRecord) {
        unsafe try tables[index].push(
          values.base, stated, record: record, mark: index == fixed.markedGrouping ? mark(&row) : 0)
      } catch {
        throw .overflow(record: error.record)
      }
    }
  }

  @inline(__always)
  private mutating func mark(_ row: inout RowView) -> UInt32 {
    guard let first = derive(fixed.firstMark, &row), let origin = derive(fixed.markOrigin, &row)
    else { return 0 }
    let last = max(first, derive(fixed.lastMark, &row) ?? first)
    let low = max(0, first &- origin)
    let high = min(30, last &- origin)
    if low > high { return TableMarks.isStated }
    let ones: UInt32 = 1 &<< UInt32(truncatingIfNeeded: high &- low &+ 1) &- 1
    return TableMarks.isStated | ones &<< UInt32(truncatingIfNeeded: low)
  }

  /// Writes one part of a key; returns how many words it took.
  @inline(__always)
  private mutating func write(
    _ part: QueryPlan.Part, _ row: inout RowView, _ signature: UInt32,
    to key: UnsafeMutablePointer<UInt32>
  ) -> Int {
    if part.slot < 0 {
      let raw = unsafe row.raw
      if unsafe !interner.equals(lastRaw, raw) { lastRaw = unsafe interner.number(raw) }
      unsafe key[0] = signature
      unsafe key[1] = lastRaw
      return 2
    }
    if part.derivation < 0 {
      unsafe key[0] = row.id(Int(part.slot), in: &interner)
    } else {
      let value = derive(Int(part.slot), Int(part.derivation), &row)
      unsafe key[0] = UInt32(bitPattern: value.map { Int32(truncatingIfNeeded: $0) } ?? .max)
    }
    return 1
  }

  @inline(__always)
  mutating func derive(_ reading: QueryPlan.Reading, _ row: inout RowView) -> Int? {
    derive(Int(reading.slot), Int(reading.derivation), &row)
  }

  @inline(__always)
  mutating func derive(_ slot: Int, _ derivation: Int, _ row: inout RowView) -> Int? {
    let number = Int(row.id(slot, in: &interner))
    if number >= derived[derivation].count || derived[derivation][number] == Self.unread {
      read(number, by: derivation)
    }
    let value = derived[derivation][number]
    return value == Self.none ? nil : value
  }

  @inline(never)
  private mutating func read(_ number: Int, by derivation: Int) {
    derived[derivation].grow(to: number + 1, with: Self.unread)
    let value = query.derivations[derivation](interner.bytes(UInt32(number)))
    derived[derivation][number] = value ?? Self.none
  }
}

extension KeyPart {
  var width: Int {
    if case .raw = self { return 2 }
    return 1
  }
}

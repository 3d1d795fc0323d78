package import ByteStreaming
import ExactNumbers

/// One worker of a pass: its tables grow with every file that it reads, and are merged at the end.
package struct Tabulator: Sendable {
  /// A file with so many bad rows is no input; nobody keeps them in memory.
  static let rejectLimit = 100_000

  let query: TableQuery
  var interner = Interner()
  /// What each derivation read out of each interned text; `unread` where it was not asked yet.
  private var derived: [[Int]]
  private(set) var tables: [GroupTable]
  var counts: [WatchCount]
  var books: [SuspectBook]
  package private(set) var files: [FileTotals] = []
  /// In the second look, the groups of each watch that may have tripped.
  let candidates: [KeyTable]?
  var key: [UInt32] = []
  /// What this row's tests said, so that a test that many watches share is made once.
  var verdicts: WatchVerdicts
  private var values: [RowValue] = []

  private static let unread = Int.min
  private static let none = Int.max

  package init(_ query: TableQuery) { self.init(query, candidates: nil) }

  init(_ query: TableQuery, candidates: [KeyTable]?) {
    self.query = query
    self.candidates = candidates
    derived = query.derivations.map { _ in [] }
    tables = query.groupings.map {
      GroupTable(width: $0.map(\.width).reduce(0, +), sumCount: 1 + query.sums.count)
    }
    verdicts = WatchVerdicts(query.watches)
    counts = query.watches.map { WatchCount($0.trip) }
    books = query.watches.map { SuspectBook($0) }
  }

  /// Reads all records of a file whose header was read and bound.
  package mutating func read(
    _ reader: inout CSVReader, _ source: inout ByteSource, _ layout: TableLayout, _ file: TableFile
  ) throws(TableFault) {
    var row = RowView(layout)
    var totals = FileTotals(file)
    let signature = interner.number(layout.signature)
    reader.select(row.columns)
    while try hasNext(&reader, &source) {
      unsafe try reader.withChunk { chunk throws(TableFault) in
        for index in unsafe 0..<chunk.count {
          let record = unsafe chunk.firstRecord + index
          do throws(AmountOverflow) {
            unsafe try fold(chunk, index, record, &row, &totals, layout, signature)
          } catch {
            throw .overflow(record: record)
          }
        }
        if totals.rejectedRows.count > Self.rejectLimit { throw .hopeless(totals) }
      }
    }
    files.append(totals)
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

  // The parameters are the state of the file at hand: kept out of `self`, they die with a fault.
  private mutating func fold(
    _ chunk: CSVChunk, _ index: Int, _ record: Int, _ row: inout RowView,
    _ totals: inout FileTotals, _ layout: TableLayout, _ signature: UInt32
  ) throws(AmountOverflow) {
    totals.rows += 1
    let fault = unsafe CSVRowFault(rawValue: chunk.faults[index]) ?? CSVRowFault.none
    guard fault == .none else {
      let reason = unsafe RejectReason.record(fault, fields: Int(chunk.fields[index]))
      let raw = unsafe chunk.record(index, limit: RejectedRow.rawLimit)
      totals.rejectedRows.append(RejectedRow(record: record, reason: reason, raw: raw))
      return
    }
    unsafe row.load(chunk, index)
    if derive(query.unit.slot, query.unit.derivation, row) != nil,
      let amount = row.number(query.amount)
    {
      let counted = isZeroed(&row) ? .zero : amount
      unsafe try totals.read.add(counted, row.bytes(query.unit.slot))
    }
    if let rejected = rejection(of: &row, record) {
      totals.rejectedRows.append(rejected)
      return
    }
    try count(&row, &totals)
    verdicts.reset()
    let place = TablePlace(file: totals.file.identity, record: record)
    if candidates == nil {
      try group(&row, signature)
      try look(&row, place, layout)
    } else {
      try lookAgain(&row, place, layout)
    }
  }
}

extension Tabulator {
  /// Nil where the row has all that it must have.
  private mutating func rejection(of row: inout RowView, _ record: Int) -> RejectedRow? {
    let amount = row.number(query.amount)
    let hasUnit = derive(query.unit.slot, query.unit.derivation, row) != nil
    var reason: RejectReason?
    var slot = query.amount
    if amount == nil {
      reason = .amount
    } else if !hasUnit {
      (reason, slot) = (.unit, query.unit.slot)
    } else {
      for (index, need) in query.required.enumerated()
      where derive(need.slot, need.derivation, row) == nil {
        (reason, slot) = (.requirement(index), need.slot)
        break
      }
    }
    guard let reason else { return nil }
    return RejectedRow(
      record: record, reason: reason,
      raw: Array((row.copy(slot) ?? []).prefix(RejectedRow.rawLimit)),
      amount: hasUnit ? amount.map { isZeroed(&row) ? .zero : $0 } : nil,
      unit: hasUnit ? row.copy(query.unit.slot) : nil)
  }

  private mutating func isZeroed(_ row: inout RowView) -> Bool {
    for test in query.zeroed where passes(test, &row) { return true }
    return false
  }

  mutating func passes(_ test: RowTest, _ row: inout RowView) -> Bool {
    if case .isBefore(let a, let b) = test {
      guard let instant = query.instant, let first = derive(a, instant, row),
        let second = derive(b, instant, row)
      else { return false }
      return first < second
    }
    if case .anyOf(let tests) = test {
      for test in tests where passes(test, &row) { return true }
      return false
    }
    return row.passes(test)
  }

  /// Reads the amounts of the row, and notes them for the file.
  private mutating func count(
    _ row: inout RowView, _ totals: inout FileTotals
  ) throws(AmountOverflow) {
    let isZero = isZeroed(&row)
    let amount = isZero ? .zero : row.number(query.amount) ?? .zero
    values.removeAll(keepingCapacity: true)
    values.append(RowValue(amount: amount, isStated: true))
    for slot in query.sums {
      let stated = row.number(slot)
      let instead = slot == query.orAmount ? amount : .zero
      // A row that counts as zero does so under every reading, whether it states it or not.
      values.append(
        RowValue(
          amount: isZero ? .zero : stated ?? instead,
          isStated: stated != nil || isZero && slot == query.orAmount))
    }
    totals.rounded += row.roundedNumbers
    totals.keptRows += 1
    unsafe try totals.kept.add(amount, row.bytes(query.unit.slot))
    if let latest = query.latest, let instant = query.instant,
      let seconds = derive(latest, instant, row)
    {
      totals.latest = max(totals.latest ?? seconds, seconds)
    }
  }

  private mutating func group(
    _ row: inout RowView, _ signature: UInt32
  ) throws(AmountOverflow) {
    for index in tables.indices {
      key.removeAll(keepingCapacity: true)
      for part in query.groupings[index] { append(part, row, signature) }
      try tables[index].add(key, values)
    }
  }

  private mutating func append(_ part: KeyPart, _ row: borrowing RowView, _ signature: UInt32) {
    switch part {
    case .text(let slot): key.append(row.number(slot, in: &interner))
    case .derived(let slot, let derivation):
      let value = derive(slot, derivation, row)
      key.append(UInt32(bitPattern: value.map { Int32(truncatingIfNeeded: $0) } ?? .max))
    case .raw:
      key.append(signature)
      key.append(unsafe interner.number(row.raw))
    }
  }

  mutating func derive(_ slot: Int, _ derivation: Int, _ row: borrowing RowView) -> Int? {
    let number = Int(row.number(slot, in: &interner))
    while derived[derivation].count <= number { derived[derivation].append(Self.unread) }
    if derived[derivation][number] == Self.unread {
      let value = query.derivations[derivation](interner.bytes(UInt32(number)))
      derived[derivation][number] = value ?? Self.none
    }
    let value = derived[derivation][number]
    return value == Self.none ? nil : value
  }
}

extension KeyPart {
  var width: Int { self == .raw ? 2 : 1 }
}

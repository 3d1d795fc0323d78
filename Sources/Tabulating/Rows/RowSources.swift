import ByteStreaming

/// Where the fields of a file's rows lie: its layout over the stops that the scan stores.
@safe struct RowSources: ~Copyable {
  /// One place of a field: the stops before and behind its column.
  struct Source: BitwiseCopyable {
    /// -1 where the column is the first of the row.
    var leading: Int32
    var trailing: Int32
    /// Which member of the column's JSON object; -1 for the column itself.
    var member: Int32

    static var none: Source { Source(leading: -1, trailing: -1, member: -1) }
  }

  let selection: CSVSelection
  let slotCount: Int
  /// Sources of slot s are `sources[starts[s]..<starts[s + 1]]`.
  let sources: Slab<Source>
  let starts: Slab<Int32>
  let members: [[UInt8]]
  /// The raw columns, as ranges of neighbours.
  let raw: Slab<Source>
  /// Which slots are the raw record.
  let isRaw: Slab<Bool>
  /// The source of a slot that has one column and nothing else; `trailing` is -1 for any other.
  let singles: Slab<Source>
  /// The slot that stands for this one: the first with the same columns.
  let twins: Slab<Int32>
  /// Neighbouring columns that are looked up as one.
  let runs: [Run]
  let absent: [UInt8]?
  /// How many sources share one column at most: each may write it out without its doubled quotes.
  let copies: Int

  /// Columns side by side, each of one slot.
  struct Run {
    var span: Source
    var slots: [Int]
  }

  /// - Parameter texts: Slots whose texts stand in keys: they repeat often.
  init(_ layout: TableLayout, texts: Set<Int>) {
    let ranges = layout.slots.flatMap { $0.compactMap(\.column).map { $0...$0 } } + layout.raw
    selection = CSVSelection(columns: layout.columns, ranges: ranges)
    slotCount = layout.slots.count
    absent = layout.absent
    copies =
      (0..<layout.columns).map { column in ranges.count { $0.contains(column) } }.max() ?? 0
    var members: [[UInt8]] = []
    var sources = Slab<Source>()
    var starts = Slab<Int32>(repeating: 0, count: 1)
    var isRaw = Slab<Bool>()
    for slot in layout.slots {
      for source in slot where source.column != nil {
        var member: Int32 = -1
        if case .member(_, let name) = source {
          member = Int32(members.count)
          members.append(name)
        }
        sources.append(Self.source(selection, sources.count, member))
      }
      starts.append(Int32(sources.count))
      isRaw.append(slot == [.raw])
    }
    var raw = Slab<Source>()
    for index in layout.raw.indices {
      raw.append(Self.source(selection, sources.count + index, -1))
    }
    self.members = members
    self.raw = raw
    self.isRaw = isRaw
    twins = Self.twins(layout)
    singles = Self.singles(sources, starts)
    runs = Self.runs(
      Self.ownColumns(Set(texts.map { Self.twin(of: $0, layout) }), layout), sources, starts)
    self.sources = sources
    self.starts = starts
  }

  /// The one source of each slot that has no more.
  private static func singles(
    _ sources: borrowing Slab<Source>, _ starts: borrowing Slab<Int32>
  ) -> Slab<Source> {
    var singles = Slab<Source>()
    for slot in 0..<starts.count - 1 {
      let isOne = starts[slot + 1] == starts[slot] + 1
      let first = isOne ? sources[Int(starts[slot])] : .none
      singles.append(first.member < 0 ? first : .none)
    }
    return singles
  }

  /// The first slot with the same columns.
  private static func twin(of slot: Int, _ layout: TableLayout) -> Int {
    layout.slots.firstIndex { !$0.isEmpty && $0 == layout.slots[slot] } ?? slot
  }

  private static func twins(_ layout: TableLayout) -> Slab<Int32> {
    var twins = Slab<Int32>()
    for slot in layout.slots.indices { twins.append(Int32(twin(of: slot, layout))) }
    return twins
  }

  /// The slots that have one column to themselves, in the order of the columns.
  private static func ownColumns(
    _ slots: Set<Int>, _ layout: TableLayout
  ) -> [(column: Int, slot: Int)] {
    var result: [(column: Int, slot: Int)] = []
    for slot in slots where layout.slots[slot].count == 1 {
      if case .column(let column) = layout.slots[slot][0] { result.append((column, slot)) }
    }
    return result.sorted { $0.column < $1.column }
  }

  /// At least two neighbours each.
  private static func runs(
    _ columns: [(column: Int, slot: Int)], _ sources: borrowing Slab<Source>,
    _ starts: borrowing Slab<Int32>
  ) -> [Run] {
    var runs: [Run] = []
    var at = 0
    while at < columns.count {
      var end = at + 1
      while end < columns.count, columns[end].column == columns[end - 1].column + 1 { end += 1 }
      if end - at > 1 {
        let first = sources[Int(starts[columns[at].slot])]
        let last = sources[Int(starts[columns[end - 1].slot])]
        runs.append(
          Run(
            span: Source(leading: first.leading, trailing: last.trailing, member: -1),
            slots: columns[at..<end].map(\.slot)))
      }
      at = end
    }
    return runs
  }

  private static func source(
    _ selection: CSVSelection, _ range: Int, _ member: Int32
  ) -> Source {
    Source(
      leading: Int32(selection.leading[range]), trailing: Int32(selection.trailing[range]),
      member: member)
  }
}

extension TableSource {
  fileprivate var column: Int? {
    switch self {
    case .column(let column), .member(let column, _): column
    case .raw: nil
    }
  }
}

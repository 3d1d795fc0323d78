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
  let absent: [UInt8]?
  /// How many sources share one column at most: each may write it out without its doubled quotes.
  let copies: Int

  init(_ layout: TableLayout) {
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
    var range = 0
    for slot in layout.slots {
      for source in slot where source.column != nil {
        var member: Int32 = -1
        if case .member(_, let name) = source {
          member = Int32(members.count)
          members.append(name)
        }
        sources.append(Self.source(selection, range, member))
        range += 1
      }
      starts.append(Int32(sources.count))
      isRaw.append(slot == [.raw])
    }
    var raw = Slab<Source>()
    for _ in layout.raw {
      raw.append(Self.source(selection, range, -1))
      range += 1
    }
    self.members = members
    self.sources = sources
    self.starts = starts
    self.raw = raw
    self.isRaw = isRaw
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

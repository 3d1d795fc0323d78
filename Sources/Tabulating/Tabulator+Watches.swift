import ExactNumbers

extension Tabulator {
  mutating func look(
    _ row: inout RowView, _ place: TablePlace, _ layout: TableLayout
  ) throws(AmountOverflow) {
    for index in query.watches.indices where isWatched(index, &row, layout) {
      if query.watches[index].trip == .row {
        try books[index].add(suspectKey(index, row), place, &row)
      } else {
        let trip = query.watches[index].trip
        let sum = trip.summed.flatMap { row.number($0) } ?? .zero
        hashKey(index, row)
        try counts[index].add(key, value: row.comparedHash(by: trip), sum: sum)
      }
    }
  }

  mutating func lookAgain(
    _ row: inout RowView, _ place: TablePlace, _ layout: TableLayout
  ) throws(AmountOverflow) {
    guard let candidates else { return }
    for index in query.watches.indices
    where candidates[index].count > 0 && isWatched(index, &row, layout) {
      hashKey(index, row)
      guard candidates[index].find(self.key) != nil else { continue }
      let key = suspectKey(index, row)
      var group = key.partition.map { $0.bytes }
      if !query.watches[index].trip.isSum { group.removeLast() }
      for slot in query.watches[index].groupedBy { group.append(row.copy(slot)) }
      try books[index].add(key, place, &row, group: group)
    }
  }

  private mutating func isWatched(
    _ index: Int, _ row: inout RowView, _ layout: TableLayout
  ) -> Bool {
    if layout.silenced.contains(index) { return false }
    for at in verdicts.tests(of: index) {
      let test = verdicts.tests[at]
      if let known = verdicts[at] {
        if !known { return false }
        continue
      }
      let holds = passes(test, &row)
      verdicts[at] = holds
      if !holds { return false }
    }
    return true
  }

  private mutating func suspectKey(_ index: Int, _ row: borrowing RowView) -> SuspectKey {
    var partition: [KeyValue] = []
    for part in query.partition {
      switch part {
      case .text(let slot): partition.append(.text(row.copy(slot) ?? []))
      case .derived(let slot, let derivation):
        partition.append(.number(derive(slot, derivation, row)))
      case .raw: break
      }
    }
    partition.append(.text(row.copy(query.unit.slot) ?? []))
    var key: [[UInt8]?] = []
    for slot in query.watches[index].keyedBy { key.append(row.copy(slot)) }
    return SuspectKey(partition: partition, key: key)
  }

  /// Puts the hash of the row's group into ``key``: 64 bits, or 128 where amounts are added.
  private mutating func hashKey(_ index: Int, _ row: borrowing RowView) {
    let isSum = query.watches[index].trip.isSum
    key.removeAll(keepingCapacity: true)
    for seed: UInt64 in isSum ? Self.wideSeeds : Self.seeds {
      var hash = partitionHash(row, seed)
      if isSum { hash = ByteHash.combine(hash, fieldHash(query.unit.slot, row, seed)) }
      for slot in query.watches[index].groupedBy {
        hash = ByteHash.combine(hash, fieldHash(slot, row, seed))
      }
      key.append(UInt32(truncatingIfNeeded: hash))
      key.append(UInt32(truncatingIfNeeded: hash &>> 32))
    }
  }

  private static let seeds: [UInt64] = [0x5EED]
  private static let wideSeeds: [UInt64] = [0x5EED, 0x0DD5_EED5]

  private mutating func partitionHash(_ row: borrowing RowView, _ seed: UInt64) -> UInt64 {
    var hash = seed
    for part in query.partition {
      switch part {
      case .text(let slot): hash = ByteHash.combine(hash, fieldHash(slot, row, seed))
      case .derived(let slot, let derivation):
        let value = derive(slot, derivation, row) ?? .max
        hash = ByteHash.combine(hash, UInt64(bitPattern: Int64(value)))
      case .raw: break
      }
    }
    return hash
  }

  private func fieldHash(_ slot: Int, _ row: borrowing RowView, _ seed: UInt64) -> UInt64 {
    unsafe row.isPresent(slot) ? ByteHash.of(row.bytes(slot), seed: seed) : ~seed
  }
}

extension KeyValue {
  fileprivate var bytes: [UInt8]? {
    switch self {
    case .text(let bytes): bytes
    case .number(let value): value.map { Array(String($0).utf8) }
    case .raw(let signature, let record): signature + record
    }
  }
}

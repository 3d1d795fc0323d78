import ByteStreaming
import ExactNumbers

extension TabulatorCore {
  /// The first look: rows that trip alone are kept, those of groups are written down.
  @inline(__always)
  mutating func look(
    _ row: inout RowView, _ record: Int, _ pass: borrowing FilePass
  ) throws(RowFault) {
    let gate = gate(&row)
    for index in 0..<logs.count
    where isOpen(gate, index) && !pass.silenced[index] && passes(index, &row) {
      if case .row = logs[index].trip {
        let key = suspectKey(index, &row)
        let place = TablePlace(file: pass.totals.file.identity, record: record)
        try RowFault.catching { () throws(AmountOverflow) in
          try books[index].add(key, place, &row)
        }
      } else {
        try writeDown(index, &row)
      }
    }
  }

  @inline(__always)
  private func isOpen(_ gate: UInt64, _ watch: Int) -> Bool {
    watch >= WatchPlan.gatedWatches || gate &>> UInt64(watch) & 1 == 1
  }

  private mutating func writeDown(_ index: Int, _ row: inout RowView) throws(RowFault) {
    let group = groupHash(index, &row)
    let trip = logs[index].trip
    if trip.isSum {
      try addSum(index, group, &row)
      return
    }
    do throws(FileError) {
      switch trip {
      case .varies(let slot, let isNumber):
        let value = row.comparedHash(slot, isNumber: isNumber, interner)
        try logs[index].add(group, value: value)
      case .repeatsWithOther(let slot):
        let value = row.comparedHash(slot, isNumber: false, interner)
        try logs[index].add(group, value: value)
      default: try logs[index].add(group)
      }
    } catch {
      throw .scratch(error)
    }
  }

  private mutating func addSum(
    _ index: Int, _ group: UInt64, _ row: inout RowView
  ) throws(RowFault) {
    let second = secondHash(index, &row)
    let (sum, limit) = try tripping(index, &row)
    do throws(WatchLogFault) {
      try logs[index].add((group, second), sum: sum, limit: limit)
    } catch {
      throw RowFault(error)
    }
  }

  /// What a row adds to the sum of its group, and what that is held against.
  @inline(__always)
  private mutating func tripping(
    _ index: Int, _ row: inout RowView
  ) throws(RowFault) -> (sum: Int128, limit: Int) {
    switch logs[index].trip {
    case .sumIsNotZero(let slot, _): return (bounded(slot, &row), 0)
    case .sumExceeds(let slot, let from, let derivation):
      return (bounded(slot, &row), derive(from, derivation, &row) ?? 0)
    case .isUnbalanced:
      do throws(AmountOverflow) {
        let off = try balance(index, &row)
        return (off.sum, off.sides)
      } catch {
        throw .overflow(record: nil)
      }
    default: return (0, 0)
    }
  }

  /// What is absurd stays so when it is cut to the largest addend.
  @inline(__always)
  private func bounded(_ slot: Int, _ row: inout RowView) -> Int128 {
    guard let units = row.units(slot) else { return 0 }
    if slot == fixed.amount || slot == Int(fixed.orAmount) { return units }
    return min(max(units, -fixed.largestAddend), fixed.largestAddend)
  }

  /// The second look: rows of groups that may have tripped are compared by the keys themselves.
  mutating func lookAgain(
    _ row: inout RowView, _ record: Int, _ pass: borrowing FilePass
  ) throws(RowFault) {
    guard let candidates else { return }
    let gate = gate(&row)
    for index in 0..<candidates.count
    where !candidates[index].isEmpty && isOpen(gate, index) && !pass.silenced[index]
      && passes(index, &row)
    {
      let isSum = logs[index].trip.isSum
      let second = isSum ? secondHash(index, &row) : 0
      guard candidates[index].contains(groupHash(index, &row), second) else { continue }
      let key = suspectKey(index, &row)
      var group = key.partition.map { $0.bytes }
      if !isSum { group.removeLast() }
      for slot in query.watches[index].groupedBy { group.append(row.copy(slot)) }
      let place = TablePlace(file: pass.totals.file.identity, record: record)
      let (sum, limit) = try tripping(index, &row)
      try RowFault.catching { () throws(AmountOverflow) in
        try books[index].add(
          key, place, &row, group: group, sum: Amount(units: sum), limit: limit)
      }
    }
  }

  private mutating func suspectKey(_ index: Int, _ row: inout RowView) -> SuspectKey {
    var partition: [KeyValue] = []
    for part in query.partition {
      switch part {
      case .text(let slot): partition.append(.text(row.copy(slot) ?? []))
      case .derived(let slot, let derivation):
        partition.append(.number(derive(slot, derivation, &row)))
      case .raw: break
      }
    }
    partition.append(.text(row.copy(query.unit.slot) ?? []))
    var key: [[UInt8]?] = []
    for slot in query.watches[index].keyedBy { key.append(row.copy(slot)) }
    return SuspectKey(partition: partition, key: key)
  }

  // MARK: Hashes of groups

  /// Of partition and grouping slots, and of the unit where amounts are added.
  @inline(__always)
  private mutating func groupHash(_ index: Int, _ row: inout RowView) -> UInt64 {
    var hash = partitionHash(&row)
    var at = Int(fixed.groupStarts[index])
    let end = Int(fixed.groupStarts[index + 1])
    while at < end {
      hash = combine(hash, Int(fixed.groupSlots[at]), &row)
      at += 1
    }
    return hash
  }

  @inline(__always)
  private mutating func partitionHash(_ row: inout RowView) -> UInt64 {
    if partitionMark == row.mark { return partition }
    var hash: UInt64 = 0x5EED
    for at in Int(fixed.partStarts[tables.count])..<fixed.parts.count {
      let part = fixed.parts[at]
      if part.derivation < 0 {
        hash = combine(hash, Int(part.slot), &row)
      } else {
        let value = derive(Int(part.slot), Int(part.derivation), &row) ?? .max
        hash = ByteHash.combine(hash, UInt64(bitPattern: Int64(value)))
      }
    }
    partition = hash
    partitionMark = row.mark
    return hash
  }

  @inline(__always)
  private func combine(_ hash: UInt64, _ slot: Int, _ row: inout RowView) -> UInt64 {
    ByteHash.combine(hash, row.hash(slot, interner) ?? Self.absentHash)
  }

  private static let absentHash: UInt64 = 0x0DD5_EED5_0DD5_EED5

  /// An independent hash of the same group, from the bytes themselves.
  private mutating func secondHash(_ index: Int, _ row: inout RowView) -> UInt64 {
    let seed: UInt64 = 0x7E57_AB1E
    var hash = ByteHash.combine(seed, partitionHash(&row))
    for at in Int(fixed.groupStarts[index])..<Int(fixed.groupStarts[index + 1]) {
      let slot = Int(fixed.groupSlots[at])
      hash = unsafe ByteHash.combine(
        hash, row.isPresent(slot) ? ByteHash.of(row.bytes(slot), seed: seed) : ~seed)
    }
    return hash
  }
}

extension KeyValue {
  fileprivate var bytes: [UInt8]? {
    switch self {
    case .text(let bytes): bytes
    case .number(let value): value.map { Array(String($0).utf8) }
    }
  }
}

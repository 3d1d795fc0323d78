package import ExactNumbers

/// What suspect rows are folded by.
package struct SuspectKey: Hashable, Sendable {
  /// The values of the query's partition, then the unit.
  package var partition: [KeyValue]
  /// The values of the watch's keys; nil where absent.
  package var key: [[UInt8]?]
}

extension SuspectKey: Comparable {
  /// By partition, then by key; an absent value comes first.
  package static func < (a: SuspectKey, b: SuspectKey) -> Bool {
    if a.partition != b.partition { return a.partition.lexicographicallyPrecedes(b.partition) }
    for (x, y) in zip(a.key, b.key) where x != y {
      guard let x else { return true }
      guard let y else { return false }
      return x.lexicographicallyPrecedes(y)
    }
    return false
  }
}

/// A row that is kept as evidence.
package struct SuspectRow: Hashable, Sendable {
  package var place: TablePlace
  /// The watch's keys, then its captures; nil where absent.
  package var fields: [[UInt8]?]
  /// The group it stands in; empty for a row that trips alone.
  var group: [[UInt8]?] = []
}

/// Rows and measures of one suspect, as far as they are known.
package struct Suspect: Hashable, Sendable {
  package var rows = 0
  package var groups = 0
  package var measures: [Amount]
  /// The first rows, by place.
  package var evidence: [SuspectRow] = []

  init(measures: Int) { self.measures = Array(repeating: .zero, count: measures) }

  mutating func add(
    rows: Int, groups: Int, _ addends: [Amount]
  ) throws(AmountOverflow) {
    self.rows += rows
    self.groups += groups
    for index in measures.indices { try measures[index] += addends[index] }
  }

  /// Keeps a row if it is among the first `limit`.
  mutating func keep(_ row: SuspectRow, limit: Int) {
    guard accepts(row.place, limit: limit) else { return }
    let at = evidence.firstIndex { row.place < $0.place } ?? evidence.count
    evidence.insert(row, at: at)
    if evidence.count > limit { evidence.removeLast() }
  }

  func accepts(_ place: TablePlace, limit: Int) -> Bool {
    guard evidence.count >= limit, let last = evidence.last else { return limit > 0 }
    return place < last.place
  }
}

/// One group of a watch in the second look, by its keys.
struct WatchGroup: Sendable {
  struct Share: Sendable {
    var rows = 0
    var measures: [Amount]
  }

  var rows = 0
  var value: [UInt8]?
  var differs = false
  var sum = Amount.zero
  /// Of all rows the same, or bits of any.
  var limit: Int
  var first: TablePlace
  /// The share of the first row and what it adds to each measure.
  var firstKey: SuspectKey
  var firstAddends: [Amount]
  var shares: [SuspectKey: Share] = [:]

  mutating func see(value other: [UInt8]?) {
    guard let other else { return }
    if let value { differs = differs || value != other } else { value = other }
  }

  mutating func see(first place: TablePlace, _ key: SuspectKey, _ addends: [Amount]) {
    guard place < first else { return }
    first = place
    firstKey = key
    firstAddends = addends
  }

  mutating func share(
    _ key: SuspectKey, rows: Int, _ addends: [Amount]
  ) throws(AmountOverflow) {
    var share = shares[key] ?? Share(measures: Array(repeating: .zero, count: addends.count))
    share.rows += rows
    for index in addends.indices { try share.measures[index] += addends[index] }
    shares[key] = share
  }

  mutating func merge(_ other: WatchGroup) throws(AmountOverflow) {
    rows += other.rows
    see(value: other.value)
    differs = differs || other.differs
    try sum += other.sum
    limit |= other.limit
    see(first: other.first, other.firstKey, other.firstAddends)
    for (key, part) in other.shares { try share(key, rows: part.rows, part.measures) }
  }
}

/// The suspects of one watch: rows that tripped alone, and groups of the second look.
struct SuspectBook: Sendable {
  let watch: Watch
  private let bound: AddendBound
  private(set) var suspects: [SuspectKey: Suspect] = [:]
  private var groups: [[[UInt8]?]: WatchGroup] = [:]

  init(_ watch: Watch, _ query: TableQuery) {
    self.watch = watch
    bound = AddendBound(query)
  }

  mutating func set(_ suspect: Suspect, for key: SuspectKey) { suspects[key] = suspect }

  /// Adds a row that trips by its own fields.
  mutating func add(
    _ key: SuspectKey, _ place: TablePlace, _ row: inout RowView
  ) throws(AmountOverflow) {
    let addends = addends(&row, sum: .zero)
    var suspect = suspects[key] ?? Suspect(measures: addends.count)
    try suspect.add(rows: 1, groups: 1, addends)
    keepEvidence(of: &row, place, key, group: [], in: &suspect)
    suspects[key] = suspect
  }

  /// Adds a row of a group that may have tripped.
  mutating func add(
    _ key: SuspectKey, _ place: TablePlace, _ row: inout RowView, group name: [[UInt8]?],
    sum: Amount, limit: Int
  ) throws(AmountOverflow) {
    let addends = addends(&row, sum: sum)
    var group =
      groups[name] ?? WatchGroup(limit: limit, first: place, firstKey: key, firstAddends: addends)
    groups[name] = nil
    group.rows += 1
    group.see(value: row.compared(by: watch.trip))
    try group.sum += sum
    group.limit |= limit
    group.see(first: place, key, addends)
    try group.share(key, rows: 1, addends)
    groups[name] = group
    var suspect = suspects[key] ?? Suspect(measures: addends.count)
    keepEvidence(of: &row, place, key, group: name, in: &suspect)
    suspects[key] = suspect
  }

  private func addends(_ row: inout RowView, sum: Amount) -> [Amount] {
    var result: [Amount] = []
    for measure in watch.measures { result.append(row.addend(measure, sum: sum, bound)) }
    return result
  }

  private func keepEvidence(
    of row: inout RowView, _ place: TablePlace, _ key: SuspectKey, group: [[UInt8]?],
    in suspect: inout Suspect
  ) {
    guard suspect.accepts(place, limit: watch.evidenceLimit) else { return }
    var fields = key.key
    for slot in watch.captures { fields.append(row.copy(slot)) }
    let kept = SuspectRow(place: place, fields: fields, group: group)
    suspect.keep(kept, limit: watch.evidenceLimit)
  }

  mutating func merge(_ other: SuspectBook) throws(AmountOverflow) {
    for (key, theirs) in other.suspects {
      var suspect = suspects[key] ?? Suspect(measures: theirs.measures.count)
      try suspect.add(rows: theirs.rows, groups: theirs.groups, theirs.measures)
      for row in theirs.evidence { suspect.keep(row, limit: watch.evidenceLimit) }
      suspects[key] = suspect
    }
    for (name, theirs) in other.groups {
      if groups[name] == nil { groups[name] = theirs } else { try groups[name]?.merge(theirs) }
    }
  }

  /// Decides by the keys themselves which groups trip, and folds them.
  func settled() throws(AmountOverflow) -> [SuspectKey: Suspect] {
    if watch.trip == .row { return suspects }
    var result: [SuspectKey: Suspect] = [:]
    for group in groups.values {
      guard
        try watch.trip.trips(
          rows: group.rows, differs: group.differs, sum: group.sum, limit: group.limit)
      else { continue }
      for (key, share) in group.shares {
        var suspect = result[key] ?? Suspect(measures: share.measures.count)
        try suspect.add(rows: share.rows, groups: 1, measures(of: share, key, in: group))
        result[key] = suspect
      }
    }
    for key in Array(result.keys) {
      result[key]?.evidence = try (suspects[key]?.evidence ?? []).filtered(by: trips)
    }
    return result
  }

  private func trips(_ row: SuspectRow) throws(AmountOverflow) -> Bool {
    guard let group = groups[row.group] else { return false }
    return try watch.trip.trips(
      rows: group.rows, differs: group.differs, sum: group.sum, limit: group.limit)
  }

  private func measures(
    of share: WatchGroup.Share, _ key: SuspectKey, in group: WatchGroup
  ) throws(AmountOverflow) -> [Amount] {
    var result = share.measures
    for (index, measure) in watch.measures.enumerated() {
      switch measure {
      case .sumOfRepeats where key == group.firstKey:
        result[index] = try result[index] - group.firstAddends[index]
      case .surplus where group.sum.isNegative, .shortfall where !group.sum.isNegative:
        result[index] = .zero
      default: break
      }
    }
    return result
  }
}

extension [SuspectRow] {
  fileprivate func filtered(
    by isKept: (SuspectRow) throws(AmountOverflow) -> Bool
  ) throws(AmountOverflow) -> [SuspectRow] {
    var result: [SuspectRow] = []
    for row in self where try isKept(row) { result.append(row) }
    return result
  }
}

package import ExactNumbers

/// What the workers of one look found, merged: the same for any number of workers and any order.
package struct Tabulation: Sendable {
  /// Sums by key, for each grouping of the query; in no order.
  package var groups: [[[KeyValue]: GroupSums]]
  /// Suspects of each watch; in no order. Groups are in it only after a second look.
  package var suspects: [[SuspectKey: Suspect]]
  /// In the order of the files' identities.
  package var files: [FileTotals]
  private let query: TableQuery
  private let candidates: [KeyTable]

  /// Merges the workers of a first look.
  package init(_ query: TableQuery, _ workers: [Tabulator]) throws(AmountOverflow) {
    self.query = query
    groups = query.groupings.map { _ in [:] }
    suspects = []
    files = workers.flatMap(\.files).sorted {
      $0.file.identity.lexicographicallyPrecedes($1.file.identity)
    }
    var candidates: [KeyTable] = []
    for index in query.watches.indices {
      let (suspects, tripped) = try Self.watch(query.watches[index], index, workers)
      self.suspects.append(suspects)
      candidates.append(tripped)
    }
    self.candidates = candidates
    for worker in workers { try add(worker) }
  }

  private static func watch(
    _ watch: Watch, _ index: Int, _ workers: [Tabulator]
  ) throws(AmountOverflow) -> ([SuspectKey: Suspect], KeyTable) {
    var book = SuspectBook(watch)
    var count = WatchCount(watch.trip)
    for worker in workers {
      try book.merge(worker.books[index])
      try count.merge(worker.counts[index])
    }
    return (watch.trip == .row ? book.suspects : [:], try count.candidates())
  }

  private mutating func add(_ worker: Tabulator) throws(AmountOverflow) {
    for (index, table) in worker.tables.enumerated() {
      for group in 0..<table.count {
        let key = worker.values(of: table.keys.key(group), query.groupings[index])
        let sums = table.group(group)
        if groups[index][key] == nil {
          groups[index][key] = sums
        } else {
          try groups[index][key]?.merge(sums)
        }
      }
    }
  }

  /// Whether a group of some watch may have tripped, so that the files must be looked at again.
  package var needsSecondLook: Bool { candidates.contains { $0.count > 0 } }

  /// A worker of the second look; it finds suspects only.
  package func secondWorker() -> Tabulator { Tabulator(query, candidates: candidates) }

  /// Adds what the workers of the second look found.
  package mutating func finish(_ workers: [Tabulator]) throws(AmountOverflow) {
    for index in query.watches.indices where query.watches[index].trip != .row {
      var book = SuspectBook(query.watches[index])
      for worker in workers { try book.merge(worker.books[index]) }
      suspects[index] = try book.settled()
    }
  }
}

extension Tabulator {
  /// The values behind a packed key.
  fileprivate func values(of key: ArraySlice<UInt32>, _ parts: [KeyPart]) -> [KeyValue] {
    var at = key.startIndex
    return parts.map { part in
      defer { at += part.width }
      switch part {
      case .text: return .text(interner.bytes(key[at]))
      case .derived:
        let value = Int32(bitPattern: key[at])
        return .number(value == .max ? nil : Int(value))
      case .raw:
        return .raw(signature: interner.bytes(key[at]), record: interner.bytes(key[at + 1]))
      }
    }
  }
}

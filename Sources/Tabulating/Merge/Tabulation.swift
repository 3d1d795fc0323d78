import ExactNumbers

/// What the workers of one look found, merged: the same for any number of workers and any order.
package struct Tabulation: Sendable {
  /// Sums by key, for each grouping of the query.
  package let groups: [MergedGroups]
  /// The texts that keys number.
  package let texts: MergedTexts
  /// Suspects of each watch; in no order. Groups are in it only after a second look.
  package private(set) var suspects: [[SuspectKey: Suspect]]
  /// In the order of the files' identities.
  package let files: [FileTotals]
  private let query: TableQuery
  private let candidates: [Candidates]

  /// Merges the workers of a first look, which are empty then.
  package init(
    _ query: TableQuery, _ workers: [Tabulator], on threads: some ParallelMapping = OneThread()
  ) throws(MergeFault) {
    self.query = query
    files = workers.flatMap(\.files).sorted {
      $0.file.identity.lexicographicallyPrecedes($1.file.identity)
    }
    let tables = MergingTables(query, workers)
    let indices = Array(0..<workers.count)
    _ = threads.map(indices) { tables.survey($0) }
    let raws = indices.map { Self.readRaws(tables, $0, on: threads) }
    texts = tables.unite(raws, on: threads)
    let bounds = threads.map(indices) { tables.renumber($0) }
    let packings = query.keys.indices.map { grouping in
      KeyPacking(
        bounds.map { $0[grouping] }.reduce(
          KeyBounds(width: query.keys[grouping].map(\.width).reduce(0, +))
        ) { $0.union($1) })
    }
    _ = threads.map(indices) { tables.pack($0, packings, partitions: threads.width) }
    groups = try Self.fold(tables, packings, on: threads)
    candidates = try Self.settle(tables, on: threads)
    suspects = try Self.suspects(tables, rowsOnly: true)
  }

  /// A raw record may cost more to read than to find: the distinct ones are read on all threads.
  private static func readRaws(
    _ tables: MergingTables, _ worker: Int, on threads: some ParallelMapping
  ) -> [[UInt8]] {
    let step = 512
    let count = tables.rawCount(worker)
    let cuts = stride(from: 0, to: count, by: step).map {
      $0..<min($0 + step, count)
    }
    return threads.map(cuts) { tables.readRaws(worker, $0) }.flatMap { $0 }
  }

  private static func fold(
    _ tables: MergingTables, _ packings: [KeyPacking], on threads: some ParallelMapping
  ) throws(MergeFault) -> [MergedGroups] {
    var result: [MergedGroups] = []
    for grouping in tables.query.keys.indices {
      let runs = threads.map(Array(0..<threads.width)) { partition in
        Result { () throws(AmountOverflow) in
          try tables.fold(partition, grouping, packings[grouping])
        }
      }
      var sorted: [KeyRun] = []
      for run in runs { sorted.append(try run.orMergeFault()) }
      result.append(
        MergedGroups(tables, grouping, KeyRun.merged(sorted)))
    }
    return result
  }

  private static func settle(
    _ tables: MergingTables, on threads: some ParallelMapping
  ) throws(MergeFault) -> [Candidates] {
    for worker in 0..<tables.count { try tables.finishLogs(worker) }
    var result: [Candidates] = []
    for watch in tables.query.watches.indices {
      let parts = threads.map(Array(0..<WatchLog.partitions)) { partition in
        Result { () throws(MergeFault) in try tables.settle(watch, partition) }
      }
      var candidates = Candidates()
      for part in parts { candidates.formUnion(try part.get()) }
      result.append(candidates)
    }
    return result
  }

  private static func suspects(
    _ tables: MergingTables, rowsOnly: Bool
  ) throws(MergeFault) -> [[SuspectKey: Suspect]] {
    var result: [[SuspectKey: Suspect]] = []
    for (index, watch) in tables.query.watches.enumerated() {
      let found = Result { () throws(AmountOverflow) in
        rowsOnly == (watch.trip == .row) ? try tables.suspects(index) : [:]
      }
      result.append(try found.orMergeFault())
    }
    return result
  }

  /// Whether a group of some watch may have tripped, so that the files must be looked at again.
  package var needsSecondLook: Bool { candidates.contains { !$0.isEmpty } }

  /// A worker of the second look; it finds suspects only.
  package func secondWorker() -> Tabulator { Tabulator(query, candidates: candidates) }

  /// Adds what the workers of the second look found; they are empty then.
  package mutating func finish(_ workers: [Tabulator]) throws(MergeFault) {
    let found = try Self.suspects(MergingTables(query, workers), rowsOnly: false)
    for index in query.watches.indices where query.watches[index].trip != .row {
      suspects[index] = found[index]
    }
  }
}

extension Result where Failure == AmountOverflow {
  fileprivate func orMergeFault() throws(MergeFault) -> Success {
    switch self {
    case .success(let value): return value
    case .failure: throw .overflow
    }
  }
}

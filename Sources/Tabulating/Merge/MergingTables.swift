package import ByteStreaming
import ExactNumbers

/// Why workers cannot be merged.
package enum MergeFault: Error {
  /// A sum exceeds 20 integer digits.
  case overflow
  /// The scratch file of a screen cannot be read or written.
  case scratch(FileError)
}

/// The tables of all workers while they are merged, and as long as their groups are in use.
///
/// Unchecked: steps run one after the other, and in one step each thread has a worker, or a partition
/// of all workers, to itself.
final class MergingTables: @unchecked Sendable {
  let query: TableQuery
  let count: Int
  private let cores: Fixed<TabulatorCore>
  /// For each worker, the merged number of each of its texts.
  private let texts: Fixed<Slab<UInt32>>
  /// For each worker and grouping, the indices of its groups by partition.
  private let partitioned: Fixed<PartitionedIndices>

  init(_ query: TableQuery, _ workers: [Tabulator]) {
    self.query = query
    count = workers.count
    cores = Fixed(count: workers.count) { workers[$0].take() }
    texts = Fixed(count: workers.count) { _ in Slab() }
    partitioned = Fixed(count: workers.count * query.groupings.count) { _ in PartitionedIndices() }
  }

  @inline(__always)
  func record(_ place: UInt64, _ grouping: Int) -> GroupRecord {
    cores[Int(place &>> 32)].tables[grouping][Int(UInt32(truncatingIfNeeded: place))]
  }

  func groupCount(_ worker: Int, _ grouping: Int) -> Int { cores[worker].tables[grouping].count }

  // MARK: Texts

  /// Step 1, for one worker: which of its texts stand in keys, and its distinct raw records.
  func survey(_ worker: Int) -> KeySurvey {
    let survey = KeySurvey(texts: cores[worker].interner.count)
    for grouping in query.groupings.indices {
      for index in 0..<cores[worker].tables[grouping].count {
        unsafe survey.note(cores[worker].tables[grouping][index].key, query.groupings[grouping])
      }
    }
    return survey
  }

  /// Step 2: the texts of all workers under one numbering.
  func unite(
    _ surveys: [KeySurvey], _ raws: [[[UInt8]]], on threads: some ParallelMapping
  ) -> MergedTexts {
    var union = Interner()
    for worker in 0..<count {
      texts[worker].grow(to: cores[worker].interner.count, with: 0)
      for number in 1..<cores[worker].interner.count where surveys[worker].isUsed(number) {
        texts[worker][number] = spelled(number, of: worker, in: &union)
      }
      for (index, bytes) in raws[worker].enumerated() {
        surveys[worker].setRaw(index, union.number(bytes))
      }
    }
    let merged = MergedTexts(union, on: threads)
    for worker in 0..<count {
      for number in 1..<texts[worker].count where surveys[worker].isUsed(number) {
        texts[worker][number] = merged.rank(ofInterned: texts[worker][number])
      }
      surveys[worker].mapRaws { merged.rank(ofInterned: $0) }
    }
    return merged
  }

  private func spelled(_ number: Int, of worker: Int, in union: inout Interner) -> UInt32 {
    let text = unsafe cores[worker].interner.text(UInt32(number))
    if unsafe text.allSatisfy({ $0 < 0x80 }) { return unsafe union.number(text) }
    return unsafe union.number(query.spelling(Array(text)))
  }

  /// What a raw reading makes of the distinct raw records of one worker.
  func readRaws(_ worker: Int, _ survey: KeySurvey, _ range: Range<Int>) -> [[UInt8]] {
    range.map { index in
      let (signature, record, reading) = survey.raw(index)
      return query.rawReadings[reading](
        cores[worker].interner.bytes(signature), cores[worker].interner.bytes(record))
    }
  }

  // MARK: Groups

  /// Step 3, for one worker: keys of merged numbers, and which partition each group is in.
  func renumber(_ worker: Int, _ survey: KeySurvey, partitions: Int) {
    for grouping in query.groupings.indices {
      let parts = query.groupings[grouping]
      let groups = cores[worker].tables[grouping].count
      let numbers = Slab<UInt32>(repeating: 0, count: groups)
      for index in 0..<groups {
        let record = cores[worker].tables[grouping][index]
        unsafe renumber(record.key, parts, worker, survey)
        let hash = unsafe GroupTable.hash(record.key, record.shape.width)
        numbers[index] = UInt32(truncatingIfNeeded: (hash &>> 32) % UInt64(partitions))
      }
      partitioned[worker * query.groupings.count + grouping] = PartitionedIndices(
        numbers, partitions: partitions)
      cores[worker].tables[grouping].seal()
    }
  }

  private func renumber(
    _ key: UnsafeMutablePointer<UInt32>, _ parts: [KeyPart], _ worker: Int, _ survey: KeySurvey
  ) {
    var word = 0
    for part in parts {
      switch part {
      case .text: unsafe key[word] = texts[worker][Int(key[word])]
      case .derived: unsafe key[word] = DerivedWord.ordered(key[word])
      case .raw(let reading):
        unsafe key[word] = survey.merged(key[word], key[word + 1], reading)
        unsafe key[word + 1] = 0
      }
      word += part.width
    }
  }

  /// Step 4, for one partition: equal keys become one group, in the record of the first; the places of
  /// the groups, by key.
  func fold(_ partition: Int, _ grouping: Int) throws(AmountOverflow) -> [UInt64] {
    var total = 0
    for worker in 0..<count {
      total += partitioned[worker * query.groupings.count + grouping].range(partition).count
    }
    var places = Slab<UInt64>(capacity: total)
    var index = PlaceIndex(total)
    for worker in 0..<count {
      let indices = worker * query.groupings.count + grouping
      for at in partitioned[indices].range(partition) {
        let place = UInt64(worker) &<< 32 | UInt64(partitioned[indices].indices[at])
        let record = record(place, grouping)
        let hash = unsafe GroupTable.hash(record.key, record.shape.width)
        let known = index.find(hash) { slot in
          unsafe self.record(places[slot], grouping).hasKey(record.key)
        }
        if let known {
          try self.record(places[known], grouping).merge(record)
        } else {
          places.append(place)
        }
      }
    }
    return unsafe KeyOrder(places, width: query.groupings[grouping].map(\.width).reduce(0, +)) {
      unsafe self.record($0, grouping).key
    }.sorted()
  }

  /// Step 5: the partitions as one list, by key.
  func merged(_ runs: [[UInt64]], _ grouping: Int) -> Slab<UInt64> {
    var result = Slab<UInt64>(capacity: runs.map(\.count).reduce(0, +))
    var at = runs.map { _ in 0 }
    while true {
      var first = -1
      for run in runs.indices where at[run] < runs[run].count {
        if first < 0 || precedes(runs[run][at[run]], runs[first][at[first]], grouping) {
          first = run
        }
      }
      if first < 0 { return result }
      result.append(runs[first][at[first]])
      at[first] += 1
    }
  }

  private func precedes(_ a: UInt64, _ b: UInt64, _ grouping: Int) -> Bool {
    let (a, b) = (record(a, grouping), record(b, grouping))
    for word in 0..<a.shape.width {
      let (x, y) = unsafe (a.key[word], b.key[word])
      if x != y { return x < y }
    }
    return false
  }

  // MARK: Watches

  /// What is left to write down in the logs of one worker.
  func finishLogs(_ worker: Int) throws(MergeFault) {
    for index in 0..<cores[worker].logs.count {
      do throws(WatchLogFault) {
        try cores[worker].logs[index].finish()
      } catch {
        switch error {
        case .overflow: throw .overflow
        case .scratch(let error): throw .scratch(error)
        }
      }
    }
  }

  /// The candidates of one watch in one partition of its logs.
  func settle(_ watch: Int, _ partition: Int) throws(MergeFault) -> Candidates {
    var words = Slab<UInt64>()
    do throws(FileError) {
      for worker in 0..<count { try cores[worker].logs[watch].read(partition, into: &words) }
    } catch {
      throw .scratch(error)
    }
    do throws(AmountOverflow) {
      return try Candidates(words, query.watches[watch].trip)
    } catch {
      throw .overflow
    }
  }

  /// The suspects of one watch, of all workers.
  func suspects(_ watch: Int) throws(AmountOverflow) -> [SuspectKey: Suspect] {
    var book = SuspectBook(query.watches[watch])
    for worker in 0..<count { try book.merge(cores[worker].books[watch]) }
    return try book.settled()
  }
}

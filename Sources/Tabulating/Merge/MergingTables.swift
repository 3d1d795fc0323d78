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
/// Steps run one after the other, and in one step each thread has a worker, or a partition of all workers,
/// to itself.
final class MergingTables: Sendable {
  let query: TableQuery
  let count: Int
  private let cores: Fixed<TabulatorCore>
  private let surveys: Fixed<KeySurvey>
  /// For each worker, the merged number of each of its texts.
  private let texts: Fixed<Slab<UInt32>>
  /// For each worker and grouping, the packed keys of its groups, and their indices by partition.
  private let packed: Fixed<Slab<UInt64>>
  private let partitioned: Fixed<PartitionedIndices>

  init(_ query: TableQuery, _ workers: [Tabulator]) {
    self.query = query
    count = workers.count
    cores = Fixed(count: workers.count) { workers[$0].take() }
    surveys = Fixed(count: workers.count) { _ in KeySurvey(texts: 0) }
    texts = Fixed(count: workers.count) { _ in Slab() }
    packed = Fixed(count: workers.count * query.keys.count) { _ in Slab() }
    partitioned = Fixed(count: workers.count * query.keys.count) { _ in PartitionedIndices() }
  }

  @inline(__always)
  func record(_ place: UInt64, _ grouping: Int) -> GroupRecord {
    cores[Int(place &>> 32)].tables[grouping][Int(UInt32(truncatingIfNeeded: place))]
  }

  func groupCount(_ worker: Int, _ grouping: Int) -> Int { cores[worker].tables[grouping].count }

  // MARK: Texts

  /// Step 1, for one worker: which of its texts stand in keys, and its distinct raw records.
  func survey(_ worker: Int) {
    surveys[worker] = KeySurvey(texts: cores[worker].interner.count)
    for (grouping, parts) in query.keys.enumerated() {
      for index in 0..<cores[worker].tables[grouping].count {
        unsafe surveys[worker].note(cores[worker].tables[grouping][index].key, parts)
      }
    }
  }

  /// How many distinct raw records stand in the keys of one worker.
  func rawCount(_ worker: Int) -> Int { surveys[worker].rawCount }

  /// Step 2: the texts of all workers under one numbering.
  func unite(
    _ raws: [[[UInt8]]], on threads: some ParallelMapping
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
  func readRaws(_ worker: Int, _ range: Range<Int>) -> [[UInt8]] {
    range.map { index in
      let (signature, record, reading) = surveys[worker].raw(index)
      return query.rawReadings[reading](
        cores[worker].interner.bytes(signature), cores[worker].interner.bytes(record))
    }
  }

  // MARK: Groups

  /// Step 3, for one worker: keys of merged numbers; in what bounds they are, by grouping.
  func renumber(_ worker: Int) -> [KeyBounds] {
    query.keys.indices.map { grouping in
      let parts = query.keys[grouping]
      var bounds = KeyBounds(width: cores[worker].tables[grouping].shape.width)
      for index in 0..<cores[worker].tables[grouping].count {
        let key = unsafe cores[worker].tables[grouping][index].key
        unsafe renumber(key, parts, worker)
        unsafe bounds.insert(key)
      }
      cores[worker].tables[grouping].seal()
      return bounds
    }
  }

  private func renumber(
    _ key: UnsafeMutablePointer<UInt32>, _ parts: [KeyPart], _ worker: Int
  ) {
    var word = 0
    for part in parts {
      switch part {
      case .text: unsafe key[word] = texts[worker][Int(key[word])]
      case .derived: unsafe key[word] = DerivedWord.ordered(key[word])
      case .raw(let reading):
        unsafe key[word] = surveys[worker].merged(key[word], key[word + 1], reading)
        unsafe key[word + 1] = 0
      }
      word += part.width
    }
  }

  /// Step 4, for one worker: packed keys, and which partition each group is in.
  func pack(_ worker: Int, _ packings: [KeyPacking], partitions: Int) {
    for (grouping, packing) in packings.enumerated() {
      let count = cores[worker].tables[grouping].count
      let keys = Slab<UInt64>(repeating: 0, count: count * packing.width)
      let numbers = Slab<UInt32>(repeating: 0, count: count)
      for index in 0..<count {
        let target = unsafe keys.base + index * packing.width
        unsafe packing.pack(cores[worker].tables[grouping][index].key, into: target)
        var hash: UInt64 = 0
        for word in 0..<packing.width { hash = unsafe ByteHash.combine(hash, target[word]) }
        numbers[index] = UInt32(truncatingIfNeeded: (hash &>> 32) % UInt64(partitions))
      }
      packed[worker * query.keys.count + grouping] = keys
      partitioned[worker * query.keys.count + grouping] = PartitionedIndices(
        numbers, partitions: partitions)
    }
  }

  /// Step 5, for one partition: its groups by key; equal keys become one group, in the record of the
  /// first.
  func fold(
    _ partition: Int, _ grouping: Int, _ packing: KeyPacking
  ) throws(AmountOverflow) -> KeyRun {
    var total = 0
    for worker in 0..<count {
      total += partitioned[worker * query.keys.count + grouping].range(partition).count
    }
    var places = Slab<UInt64>(capacity: total)
    var keys = Slab<UInt64>(capacity: total * packing.width)
    for worker in 0..<count {
      let table = worker * query.keys.count + grouping
      for at in partitioned[table].range(partition) {
        let index = partitioned[table].indices[at]
        places.append(UInt64(worker) &<< 32 | UInt64(index))
        unsafe keys.append(
          UnsafeBufferPointer(
            start: packed[table].base + Int(index) * packing.width, count: packing.width))
      }
    }
    return try KeyRun(places, keys, packing) { first, other throws(AmountOverflow) in
      try record(first, grouping).merge(record(other, grouping))
    }
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
    var book = SuspectBook(query.watches[watch], query)
    for worker in 0..<count { try book.merge(cores[worker].books[watch]) }
    return try book.settled()
  }
}

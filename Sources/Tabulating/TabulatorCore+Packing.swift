import ByteStreaming
import ExactNumbers

/// The tables of one file as bytes, to be taken in again by another run instead of reading the file.
extension TabulatorCore {
  /// - Parameter totals: Of the one file that was read.
  mutating func pack(_ totals: FileTotals, into writer: inout PackedWriter) throws(RowFault) {
    writer.reserve(packedSize)
    writer.put(interner.count)
    for number in 1..<UInt32(interner.count) {
      unsafe writer.put(UnsafeRawBufferPointer(interner.text(number)))
    }
    for index in 0..<tables.count {
      writer.put(tables[index].count)
      for group in 0..<tables[index].count {
        let record = tables[index][group]
        unsafe writer.put(UnsafeRawBufferPointer(start: record.start, count: record.shape.stride))
      }
    }
    for index in 0..<logs.count {
      try packLog(index, into: &writer)
      books[index].pack(into: &writer)
    }
    totals.pack(into: &writer)
  }

  /// About how many bytes it takes: growing an array of that size would copy it again and again.
  private var packedSize: Int {
    var size = interner.arenaSize + interner.count * 8
    for index in 0..<tables.count {
      size += tables[index].count * (tables[index].shape.stride + 8)
    }
    for index in 0..<logs.count { size += logs[index].size + WatchLog.partitions * 8 }
    return size + 4096
  }

  private mutating func packLog(
    _ index: Int, into writer: inout PackedWriter
  ) throws(RowFault) {
    do throws(WatchLogFault) {
      try logs[index].finish()
    } catch {
      throw RowFault(error)
    }
    for partition in 0..<WatchLog.partitions {
      var words = Slab<UInt64>()
      do throws(FileError) {
        try logs[index].read(partition, into: &words)
      } catch {
        throw .scratch(error)
      }
      unsafe writer.put(UnsafeRawBufferPointer(start: words.base, count: words.count * 8))
    }
  }

  /// Fills an empty worker with what was packed.
  mutating func unpack(
    _ reader: inout PackedReader, as file: TableFile
  ) throws(PackedFault) -> FileTotals {
    let texts = try reader.number()
    for number in stride(from: 1, to: texts, by: 1) {
      guard try interner.number(reader.string()) == UInt32(number) else { throw PackedFault() }
    }
    for index in 0..<tables.count {
      for _ in 0..<(try reader.count()) {
        unsafe try tables[index].unpack(&reader) { key throws(PackedFault) in
          unsafe try check(key, index, texts)
        }
      }
    }
    for index in 0..<logs.count {
      for partition in 0..<WatchLog.partitions {
        let memory = try reader.string()
        try logs[index].unpack(memory, partition)
      }
      try books[index].unpack(&reader, as: file)
    }
    return try FileTotals(&reader, as: file)
  }

  /// No key may number a text that is not there.
  private func check(
    _ key: UnsafePointer<UInt32>, _ grouping: Int, _ texts: Int
  ) throws(PackedFault) {
    var word = 0
    for part in query.keys[grouping] {
      if case .derived = part {
        word += 1
        continue
      }
      for _ in 0..<part.width {
        guard unsafe key[word] < UInt32(texts) else { throw PackedFault() }
        word += 1
      }
    }
  }

  // MARK: Taking in

  /// Adds all that another worker's tables hold.
  mutating func absorb(_ other: borrowing TabulatorCore) throws(RowFault) {
    let numbers = Slab<UInt32>(repeating: .max, count: other.interner.count)
    for index in 0..<tables.count {
      for group in 0..<other.tables[index].count {
        try absorb(other.tables[index][group], index, numbers, other.interner)
      }
    }
    for index in 0..<logs.count {
      var words = Slab<UInt64>()
      for partition in 0..<WatchLog.partitions {
        do throws(FileError) {
          words.removeAll()
          try other.logs[index].read(partition, into: &words)
          try logs[index].append(words, partition)
        } catch {
          throw .scratch(error)
        }
      }
      do throws(AmountOverflow) {
        try books[index].merge(other.books[index])
      } catch {
        throw .overflow(record: nil)
      }
    }
  }

  private mutating func absorb(
    _ record: GroupRecord, _ grouping: Int, _ numbers: borrowing Slab<UInt32>,
    _ texts: borrowing Interner
  ) throws(RowFault) {
    let key = unsafe tables[grouping].nextKey
    var word = 0
    for part in query.keys[grouping] {
      for _ in 0..<part.width {
        let own = unsafe record.key[word]
        if case .derived = part {
          unsafe key[word] = own
        } else {
          if numbers[Int(own)] == .max {
            numbers[Int(own)] = unsafe interner.number(texts.text(own))
          }
          unsafe key[word] = numbers[Int(own)]
        }
        word += 1
      }
    }
    do throws(AmountOverflow) {
      try tables[grouping].merge(record)
    } catch {
      throw .overflow(record: nil)
    }
  }
}

import ExactNumbers

/// The state of the file at hand: kept out of the worker's tables, it dies with a fault.
struct FilePass: ~Copyable {
  var totals: FileTotals
  /// The interned signature of the file's raw columns.
  let signature: UInt32
  let silenced: Slab<Bool>
  /// The latest instant; `.min` before there is any.
  var latest = Int.min
  /// A file has one unit, or two.
  private var units = Slab<UInt32>()
  private var read = Slab<Int128>()
  private var kept = Slab<Int128>()
  private var current = 0

  init(_ file: TableFile, signature: UInt32, _ layout: TableLayout, watches: Int) {
    totals = FileTotals(file)
    self.signature = signature
    silenced = Slab(repeating: false, count: watches)
    for index in layout.silenced { silenced[index] = true }
  }

  /// Counts an amount that could be read, in a unit by its interned number.
  @inline(__always)
  mutating func count(read amount: Int128, unit: UInt32) throws(RowFault) {
    if current >= units.count || units[current] != unit { find(unit) }
    do throws(AmountOverflow) {
      read[current] = try ExactSum.add(read[current], amount)
    } catch {
      throw .overflow(record: nil)
    }
  }

  /// Counts the row whose amount was read last as kept.
  @inline(__always)
  mutating func count(kept amount: Int128) throws(RowFault) {
    totals.keptRows += 1
    do throws(AmountOverflow) {
      kept[current] = try ExactSum.add(kept[current], amount)
    } catch {
      throw .overflow(record: nil)
    }
  }

  private mutating func find(_ unit: UInt32) {
    for index in 0..<units.count where units[index] == unit {
      current = index
      return
    }
    current = units.count
    units.append(unit)
    read.append(0)
    kept.append(0)
  }

  /// The totals once the last row was read.
  consuming func finished(_ interner: borrowing Interner) -> FileTotals {
    var totals = totals
    for index in 0..<units.count {
      let unit = interner.bytes(units[index])
      totals.read.append(unit, read[index])
      totals.kept.append(unit, kept[index])
    }
    totals.latest = latest == .min ? nil : latest
    return totals
  }
}

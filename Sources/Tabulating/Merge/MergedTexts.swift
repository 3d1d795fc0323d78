/// The distinct texts of merged groups, numbered in the order of their bytes: comparing numbers compares
/// texts. Number 0 is the empty text.
package final class MergedTexts: Sendable {
  private let sorting: Sorting
  /// Interned number of each text, in order; and the other way round.
  private let order: Slab<UInt32>
  private let ranks: Slab<UInt32>

  init(_ interner: consuming Interner, on threads: some ParallelMapping) {
    let sorting = Sorting(interner)
    let count = sorting.interner.count
    let size = max(1 << 12, (count + threads.width - 1) / threads.width)
    let cuts = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    var runs = threads.map(cuts) { sorting.sorted($0) }
    while runs.count > 1 {
      let pairs = stride(from: 0, to: runs.count, by: 2).map { runs[$0..<min($0 + 2, runs.count)] }
      runs = threads.map(pairs) { pair in
        pair.count == 1 ? pair.first! : sorting.merged(pair.first!, pair.last!)
      }
    }
    var order = Slab<UInt32>(capacity: count)
    let ranks = Slab<UInt32>(repeating: 0, count: count)
    for (rank, number) in (runs.first ?? []).enumerated() {
      order.append(number)
      ranks[Int(number)] = UInt32(rank)
    }
    self.order = order
    self.ranks = ranks
    self.sorting = sorting
  }

  package var count: Int { order.count }

  /// The bytes of text number `rank`.
  package func bytes(_ rank: Int) -> [UInt8] { sorting.interner.bytes(order[rank]) }

  func rank(ofInterned number: UInt32) -> UInt32 { ranks[Int(number)] }

  /// Sorts numbers by their texts.
  private final class Sorting: Sendable {
    let interner: Interner

    init(_ interner: consuming Interner) { self.interner = interner }

    func sorted(_ numbers: Range<Int>) -> [UInt32] {
      // The first 8 bytes decide nearly all comparisons.
      numbers.map { (prefix: prefix(UInt32($0)), number: UInt32($0)) }
        .sorted { $0.prefix != $1.prefix ? $0.prefix < $1.prefix : precedes($0.number, $1.number) }
        .map(\.number)
    }

    func merged(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
      var result: [UInt32] = []
      result.reserveCapacity(a.count + b.count)
      var (x, y) = (0, 0)
      while x < a.count, y < b.count {
        if precedes(b[y], a[x]) {
          result.append(b[y])
          y += 1
        } else {
          result.append(a[x])
          x += 1
        }
      }
      return result + a[x...] + b[y...]
    }

    private func prefix(_ number: UInt32) -> UInt64 {
      let text = unsafe interner.text(number)
      var result: UInt64 = 0
      for at in 0..<8 { result = unsafe result &<< 8 | UInt64(at < text.count ? text[at] : 0) }
      return result
    }

    private func precedes(_ a: UInt32, _ b: UInt32) -> Bool {
      unsafe interner.text(a).lexicographicallyPrecedes(interner.text(b))
    }
  }
}

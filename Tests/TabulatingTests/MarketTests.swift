import ExactNumbers
import Tabulating
import TestSupport
import Testing

/// The whole engine against a plain computation over the same random documents.
@Suite struct MarketTests {
  private func check(_ market: Market, _ looks: MarketLooks, _ label: String) throws {
    let reference = MarketReference(market)
    let table = try looks.table(market)
    for (index, grouping) in Market.groupings.enumerated() {
      let expected = reference.groups(grouping)
      let found = MarketLooks.groups(table, index)
      let differing = zip(found, expected).first { $0 != $1 }
      #expect(
        found == expected,
        "\(label), grouping \(index): \(found.count) for \(expected.count), \(String(describing: differing))"
      )
    }
    checkFiles(market, reference, table, label)
  }

  private func checkFiles(
    _ market: Market, _ reference: MarketReference, _ table: Tabulation, _ label: String
  ) {
    let documents = market.documents.sorted { $0.identity[0] < $1.identity[0] }
    #expect(table.files.map(\.file.identity) == documents.map(\.identity), "\(label)")
    for file in table.files {
      let rows = reference.rows.filter { $0.place.file == file.file.identity }
      let rejected = rows.filter { $0.reason != nil }
      #expect(file.rows == rows.count && file.keptRows == rows.count - rejected.count, "\(label)")
      #expect(file.rejectedRows.map(\.record) == rejected.map(\.place.record), "\(label)")
      #expect(file.rejectedRows.map(\.reason) == rejected.map(\.reason), "\(label)")
      let days = rows.filter { $0.reason == nil }.compactMap { $0.day(Market.Slot.day) }
      #expect(file.latest == days.max(), "\(label)")
      let kept = rows.filter { $0.reason == nil && !$0.isZero }
      let sum = kept.compactMap { $0.numbers[Market.Slot.amount] }.reduce(0, +)
      let found = file.kept.totals.map(\.amount.units).reduce(0, +)
      #expect(found == Int128(sum) * 10_000_000_000_000_000, "\(label)")
    }
  }

  @Test(arguments: 1...24)
  func `groups, sums and their order are those of a plain computation`(seed: Int) throws {
    let (files, tickets) = ([1, 2, 3, 9][seed % 4], [1, 5, 100_000][seed % 3])
    let market = Market(seed: UInt64(seed), files: files, rows: 120, tickets: tickets)
    for (workers, width) in [(1, 1), (2, 7), (3, 2), (5, 1), (4, 7)] {
      let looks = MarketLooks(
        query: Market.query(), workers: workers, width: width, bufferSize: 100 + seed * 37)
      try check(market, looks, "seed \(seed), \(workers) workers, width \(width)")
    }
  }

  /// Beyond 4096 rows a run of columns that brings new bytes each time is no longer remembered; with
  /// few different ones it is to the end. There are more groups than fit one piece of memory.
  @Test(arguments: [3, 1_000_000])
  func `long documents are read as short ones`(tickets: Int) throws {
    let market = Market(seed: UInt64(tickets), files: 3, rows: 9000, tickets: tickets)
    #expect(market.documents.contains { $0.rows.count > 5000 })
    for (workers, width) in [(1, 1), (2, 7)] {
      let looks = MarketLooks(
        query: Market.query(), workers: workers, width: width, bufferSize: 1 << 16)
      try check(market, looks, "\(tickets) tickets, \(workers) workers, width \(width)")
    }
  }

  @Test func `nothing comes of nothing`() throws {
    for workers in 1...3 {
      let looks = MarketLooks(query: Market.query(), workers: workers, width: 7)
      try check(Market(seed: 1, files: 2, rows: 0, tickets: 1), looks, "\(workers) workers")
    }
  }
}

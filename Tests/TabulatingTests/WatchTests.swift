import ExactNumbers
import Tabulating
import TestSupport
import Testing

/// What watches find, against a plain computation over the same random documents.
@Suite struct WatchTests {
  private func check(
    _ market: Market, _ watches: [Watch], _ looks: MarketLooks, _ label: String
  ) throws {
    let table = try looks.table(market)
    let reference = WatchReference(market: MarketReference(market))
    var isNeeded = false
    for (index, watch) in watches.enumerated() {
      let expected = reference.suspects(watch, index)
      isNeeded = isNeeded || watch.trip != .row && !expected.isEmpty
      let label = "\(label), watch \(index): \(watch)"
      let found = table.suspects[index]
      #expect(Set(found.keys) == Set(expected.keys), "\(label)")
      for (key, found) in found {
        guard let expected = expected[key] else { continue }
        #expect(Self.comparable(found) == expected, "\(label), \(key)")
      }
    }
    #expect(table.needsSecondLook == isNeeded, "\(label)")
  }

  private static func comparable(_ suspect: Suspect) -> WatchReference.Found {
    WatchReference.Found(
      rows: suspect.rows, groups: suspect.groups,
      measures: suspect.measures.map { Int($0.units / (MarketRow.hundredth / 100)) },
      evidence: suspect.evidence.map(\.place), fields: suspect.evidence.map(\.fields))
  }

  private func looks(_ watches: [Watch], limit: Int, workers: Int, width: Int) -> MarketLooks {
    var query = Market.query(watches)
    query.logLimit = limit
    return MarketLooks(query: query, workers: workers, width: width)
  }

  /// A log of a few words goes to its scratch file again and again.
  @Test(arguments: 1...16)
  func `each trip finds the groups of a plain computation, from memory and from scratch files`(
    seed: Int
  ) throws {
    let market = Market(
      seed: UInt64(seed), files: [1, 2, 5][seed % 3], rows: 60, tickets: [2, 40, 1000][seed % 3],
      silencing: [2, 5, 11])
    var random = MarketWatches(seed: UInt64(seed))
    let watches = try random.watches(18)
    for (limit, workers, width) in [(1 << 20, 1, 1), (7, 2, 7), (64, 5, 2)] {
      try check(
        market, watches, looks(watches, limit: limit, workers: workers, width: width),
        "seed \(seed), limit \(limit), \(workers) workers")
    }
  }

  @Test(arguments: 1...6)
  func `watches need not look at a text`(seed: Int) throws {
    let market = Market(seed: UInt64(seed), files: 2, rows: 60, tickets: 9, silencing: [3])
    var random = MarketWatches(seed: UInt64(seed))
    let watches = try random.watches(9, texts: false)
    try check(
      market, watches, looks(watches, limit: 100, workers: 2, width: 2), "seed \(seed)")
  }

  @Test(arguments: 1...3)
  func `there may be more watches than bits in a word`(seed: Int) throws {
    let market = Market(
      seed: UInt64(seed), files: 3, rows: 40, tickets: 9, silencing: [0, 62, 63, 70])
    var random = MarketWatches(seed: UInt64(seed) + 100)
    let watches = try random.watches(80)
    for workers in [1, 3] {
      try check(
        market, watches, looks(watches, limit: 500, workers: workers, width: 2),
        "seed \(seed), \(workers) workers")
    }
  }

  /// One text decides about many watches at once: a bit each, as far as there are bits.
  @Test func `watches at the end of a word and beyond it have tests of their own`() throws {
    let market = Market(seed: 8, files: 2, rows: 60, tickets: 9)
    var random = MarketWatches(seed: 8)
    var watches = try random.watches(130)
    for index in watches.indices {
      watches[index].balance = nil
      let fruits = [["apple"], ["pear", "é"], ["none"]][index % 3].map { Array($0.utf8) }
      watches[index].rows = [.isOneOf(Market.Slot.fruit, fruits)]
      if index % 5 == 0 { watches[index].rows.append(.isPresent(Market.Slot.net)) }
      watches[index].trip = .row
      watches[index].measures = [.sum(Market.Slot.amount)]
    }
    try check(market, watches, looks(watches, limit: 500, workers: 1, width: 1), "words")
  }

  /// A first look that is not sure asks for a second one, which costs a pass: it should be sure.
  @Test(arguments: 1...9)
  func `a second look is asked for where a group tripped, and nowhere else`(seed: Int) throws {
    var random = MarketWatches(seed: UInt64(seed))
    for (index, watch) in try random.watches(18).enumerated() {
      let market = Market(seed: UInt64(seed * 100 + index), files: 2, rows: 14, tickets: 20)
      for limit in [6, 1 << 20] {
        try check(
          market, [watch], looks([watch], limit: limit, workers: 2, width: 2), "limit \(limit)")
      }
    }
  }

  /// More groups than a log remembers as recent, so that sums are written down piece by piece.
  @Test func `sums of many groups that come and go are whole`() throws {
    let market = Market(seed: 5, files: 3, rows: 4000, tickets: 1500)
    var random = MarketWatches(seed: 5)
    var watches = try random.watches(9)
    for index in watches.indices {
      watches[index].rows = []
      watches[index].groupedBy = [Market.Slot.ticket, Market.Slot.until]
      watches[index].evidenceLimit = 0
    }
    for limit in [64, 1 << 20] {
      try check(
        market, watches, looks(watches, limit: limit, workers: 2, width: 2), "limit \(limit)")
    }
  }
}

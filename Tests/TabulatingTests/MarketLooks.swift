import ByteStreaming
import ExactNumbers
import Tabulating

/// Looks at the documents of a market with the engine.
struct MarketLooks {
  var query: TableQuery
  var workers = 1
  var width = 1
  var bufferSize = 200

  /// Both looks.
  func table(_ market: Market) throws -> Tabulation {
    let threads = BackToFront(width: width)
    let first = (0..<workers).map { _ in Tabulator(query) }
    try read(market, first)
    var table = try Tabulation(query, first, on: threads)
    guard table.needsSecondLook else { return table }
    let second = (0..<workers).map { _ in table.secondWorker() }
    try read(market, second)
    try table.finish(second)
    return table
  }

  private func read(_ market: Market, _ tabulators: [Tabulator]) throws {
    for (index, document) in market.documents.enumerated() {
      var source = try ByteSource(document.bytes)
      var reader = CSVReader(bufferSize: bufferSize)
      _ = try reader.header(&source)
      try tabulators[index % workers].read(
        &reader, &source, document.layout, TableFile(identity: document.identity))
    }
  }

  static func groups(_ table: Tabulation, _ index: Int) -> [MarketGroup] {
    let parts = Market.groupings[index]
    return (0..<table.groups[index].count).map { number in
      let row = table.groups[index][number]
      var group = MarketGroup(
        key: parts.enumerated().map { part, kind in
          if case .derived = kind { return .number(row.number(part)) }
          return .text(table.texts.bytes(row.text(part)))
        })
      group.rows = row.rows
      // Not in hundredths: no group can be equal then.
      group.sums = (0..<3).map { hundredths(row.sum($0)) ?? .min }
      group.stated = (0..<3).map { row.stated($0) }
      if index == Market.markedGrouping {
        group.marks = Set((0..<32).filter { row.marks >> UInt32($0) & 1 == 1 })
      }
      return group
    }
  }

  private static func hundredths(_ amount: Amount) -> Int? {
    let (number, rest) = amount.units.quotientAndRemainder(dividingBy: 10_000_000_000_000_000)
    return rest == 0 ? Int(number) : nil
  }
}

/// A mapping that says it has many threads, and works from the last item to the first.
struct BackToFront: ParallelMapping {
  let width: Int

  func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) -> Result
  ) -> [Result] { items.reversed().map(body).reversed() }
}

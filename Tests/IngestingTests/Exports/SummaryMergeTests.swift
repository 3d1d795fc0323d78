import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting
import Tabulating
import TestSupport
import Testing

/// Summaries of many rows by many workers, against a plain computation.
@Suite struct SummaryMergeTests {
  /// A line item; costs and quantities are whole numbers.
  private struct Item {
    var invoice: String
    var type: String
    var day: Int
    var currency: String
    var unit: String
    var owner: String
    var cost: Int
    var net: Int?
    var quantity: Int?

    init(_ random: inout SeededGenerator) {
      invoice = ["A", "B", "C", ""].randomElement(using: &random)!
      // One invoice in four or so has a discount.
      type = Int.random(in: 0..<60, using: &random) == 0 ? "EdpDiscount" : "Usage"
      day = Int.random(in: 1...9, using: &random)
      currency = ["USD", "USD", "CNY"].randomElement(using: &random)!
      unit = Int.random(in: 0..<20, using: &random) == 0 ? "GB" : "Hrs"
      owner = ["", "ann", "Ann", "bob"].randomElement(using: &random)!
      cost = Int.random(in: -9...9, using: &random)
      net = Bool.random(using: &random) ? Int.random(in: -9...9, using: &random) : nil
      quantity =
        Int.random(in: 0..<4, using: &random) > 0 ? Int.random(in: 0...9, using: &random) : nil
    }

    var row: [String: String] {
      [
        "bill/InvoiceId": invoice, "lineItem/LineItemType": type, "pricing/unit": unit,
        "lineItem/UsageStartDate": day == 9 ? "" : "2026-05-0\(day)T03:00:00Z",
        "lineItem/CurrencyCode": currency, "resourceTags/user:Owner": owner,
        "lineItem/UnblendedCost": "\(cost)", "lineItem/NetUnblendedCost": net.map { "\($0)" } ?? "",
        "lineItem/UsageAmount": quantity.map { "\($0)" } ?? "",
      ]
    }

    /// By owner, day, type and currency.
    var key: [String] {
      [owner.lowercased(), day == 9 ? "" : "2026-05-0\(day)", type, currency]
    }
  }

  /// Threads that work from the last item to the first.
  private struct BackToFront: ParallelMapping {
    let width: Int

    func map<Item: Sendable, Result: Sendable>(
      _ items: [Item], _ body: @Sendable (Item) -> Result
    ) -> [Result] { items.reversed().map(body).reversed() }
  }

  private func expected(_ items: [Item]) throws -> [SummaryRow] {
    let discounted = Set(
      items.filter { $0.type == "EdpDiscount" }.map { [$0.invoice, $0.currency] })
    let groups = Dictionary(grouping: items, by: \.key)
    let keys = groups.keys.sorted { a, b in
      a.map { Array($0.utf8) }.lexicographicallyPrecedes(b.map { Array($0.utf8) }) {
        $0.lexicographicallyPrecedes($1)
      }
    }
    return try keys.map { key in
      let group = groups[key]!
      let costs = group.map { item in
        discounted.contains([item.invoice, item.currency]) ? item.cost : item.net ?? item.cost
      }
      let counted = group.filter { $0.quantity != nil }
      let isOneUnit = Set(counted.map(\.unit)).count == 1
      return SummaryRow(
        keys: key.dropLast().map { Text($0) }, currency: Text(key[3]),
        billedCost: try Amount(costs.reduce(0, +)),
        consumedQuantity: isOneUnit ? try Amount(counted.map { $0.quantity! }.reduce(0, +)) : nil,
        lineItems: group.count)
    }
  }

  @Test(arguments: 1...12)
  func `any number of workers and threads finds the rows of a plain computation`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let files = (0..<[1, 3, 8][seed % 3]).map { _ in
      (0..<Int.random(in: 0...120, using: &random)).map { _ in Item(&random) }
    }
    let expected = try expected(files.flatMap { $0 })
    for (workers, width) in [(1, 1), (2, 7), (5, 2), (3, 64)] {
      let summary = ExportSummary(
        by: ["Owner", "Day", "LineItemType"],
        dimensions: [
          "Owner": { tags in
            let owner = tags.tags.first { $0.key == "resourceTags/user:Owner" }
            return Text(owner?.value.string.lowercased() ?? "")
          }
        ])
      var looks = (0..<workers).map { _ in summary.makeWorker() }
      for (index, items) in files.enumerated() {
        var source = try ByteSource(ExportSample.legacy(items.map(\.row)))
        try looks[index % workers].read(
          &source, ExportFile(name: Text("\(index).csv"), sha256: Text("\(index)")))
      }
      let result = try summary.merge(looks, on: BackToFront(width: width))
      #expect(result.rows.list == expected, "seed \(seed), \(workers) workers, width \(width)")
      #expect(result.rejects.isEmpty)
    }
  }
}

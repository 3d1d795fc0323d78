import ExactNumbers

@testable import Tabulating

/// A row of a market as it is to be understood: fields by slot, an absent one is empty.
struct MarketRow {
  var texts: [[UInt8]]
  /// In hundredths; nil where a slot is absent or no number.
  var numbers: [Int?]
  var raw: [UInt8]
  var signature: [UInt8]
  var place: TablePlace
  var silenced: Set<Int>

  init(_ document: Market.Document, _ index: Int) {
    let cells = document.rows[index]
    func present(_ text: [UInt8]) -> [UInt8] { text == document.absent ? [] : text }
    func field(_ column: Market.Column) -> [UInt8] { present(cells[column]!.text) }
    let tags = document.order.filter { $0 == .tagA || $0 == .tagB }
    raw = Array(tags.map { cells[$0]!.spelled }.joined(separator: [0x2C]))
    signature = tags[0] == .tagA ? [0x41] : [0x42]
    let inMap = present(document.places[index])
    texts = [
      field(.fruit), field(.city), field(.ticket), field(.amount), field(.unit),
      inMap.isEmpty ? field(.city) : inMap, field(.day), raw, field(.net), field(.fruit),
      field(.alias).isEmpty ? field(.fruit) : field(.alias), field(.weight), field(.until),
    ]
    numbers = Array(repeating: nil, count: texts.count)
    numbers[Market.Slot.amount] = cells[.amount]!.number
    numbers[Market.Slot.net] = cells[.net]!.number
    numbers[Market.Slot.weight] = cells[.weight]!.number
    place = TablePlace(file: document.identity, record: index + 1)
    silenced = document.silenced
  }

  /// Why the row is not kept; nil where it is.
  var reason: RejectReason? {
    if numbers[Market.Slot.amount] == nil { return .amount }
    if ![Array("crate".utf8), Array("sack".utf8)].contains(texts[Market.Slot.unit]) {
      return .unit
    }
    return texts[Market.Slot.city] == Array("worm".utf8) ? .requirement(0) : nil
  }

  var isZero: Bool { texts[Market.Slot.city] == Array("nowhere".utf8) }

  func day(_ slot: Int) -> Int? { Market.day(texts[slot]) }
}

/// A group as a test compares it.
struct MarketGroup: Hashable {
  var key: [KeyValue]
  var rows = 0
  /// In hundredths.
  var sums = [0, 0, 0]
  var stated = [0, 0, 0]
  /// Numbers that mark its rows.
  var marks: Set<Int> = []
}

/// What the engine is to find, computed the plain way.
struct MarketReference {
  let rows: [MarketRow]
  let kept: [MarketRow]

  init(_ market: Market) {
    rows = market.documents.flatMap { document in
      document.rows.indices.map { MarketRow(document, $0) }
    }
    kept = rows.filter { $0.reason == nil }
  }

  func groups(_ grouping: [KeyPart]) -> [MarketGroup] {
    var groups: [[KeyValue]: MarketGroup] = [:]
    for row in kept {
      let key = grouping.map { value($0, row) }
      var group = groups[key] ?? MarketGroup(key: key)
      group.rows += 1
      add(row, to: &group)
      if grouping == Market.groupings[Market.markedGrouping] {
        group.marks.formUnion(marks(of: row))
      }
      groups[key] = group
    }
    return groups.values.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  /// 31, and the numbers from one to the other, counted from the 1 that every kept row has for its origin.
  private func marks(of row: MarketRow) -> [Int] {
    guard let first = row.day(Market.Slot.until) else { return [] }
    let last = row.day(Market.Slot.day) ?? first
    return [31] + (0...30).filter { $0 + 1 == first || first <= $0 + 1 && $0 + 1 <= last }
  }

  private func value(_ part: KeyPart, _ row: MarketRow) -> KeyValue {
    switch part {
    case .text(let slot):
      return .text(Array(String(decoding: row.texts[slot], as: UTF8.self).utf8))
    case .derived(let slot, _): return .number(row.day(slot))
    case .raw(let reading): return .text(Market.rawReadings[reading](row.signature, row.raw))
    }
  }

  private func add(_ row: MarketRow, to group: inout MarketGroup) {
    let amount = row.numbers[Market.Slot.amount]!
    let (net, weight) = (row.numbers[Market.Slot.net], row.numbers[Market.Slot.weight])
    let values = row.isZero ? [0, 0, 0] : [amount, net ?? amount, weight ?? 0]
    let stated = [true, net != nil || row.isZero, weight != nil]
    for sum in 0..<3 {
      group.sums[sum] += values[sum]
      group.stated[sum] += stated[sum] ? 1 : 0
    }
  }
}

import ByteStreaming
import ExactNumbers
import Tabulating
import TestSupport

/// One field of a random document: what it means and how it is written.
struct Cell {
  var text: [UInt8]
  var spelled: [UInt8]
  /// In hundredths.
  var number: Int?
}

/// Random CSV documents of a market; what they mean is known, since they were written from it.
struct Market {
  /// The columns by name; a document has them in an order of its own.
  enum Column: Int, CaseIterable {
    case fruit, city, ticket, amount, unit, map, day, tagA, tagB, net, alias, weight, until
  }

  struct Document {
    /// The column at each place.
    var order: [Column]
    var absent: [UInt8]?
    var silenced: Set<Int>
    var identity: [UInt8]
    var rows: [[Column: Cell]]
    /// The member `place` of each row's map; empty where there is none.
    var places: [[UInt8]]

    var bytes: [UInt8] {
      var result = Array("header\n".utf8)
      for row in rows {
        result += order.map { row[$0]!.spelled }.joined(separator: [0x2C])
        result.append(0x0A)
      }
      return result
    }
  }

  var documents: [Document] = []
  private var random: SeededGenerator
  private var tickets: Int

  /// - Parameter tickets: How many different tickets there are; with many, a run of columns brings a new
  ///   stretch of bytes with nearly every row.
  init(seed: UInt64, files: Int, rows: Int, tickets: Int, silencing: [Int] = []) {
    random = SeededGenerator(seed: seed)
    self.tickets = tickets
    for file in 0..<files {
      let isPlain = Bool.random(using: &random)
      var document = Document(
        order: Column.allCases, absent: isPlain ? Array("-".utf8) : nil,
        silenced: isPlain ? [] : Set(silencing), identity: [UInt8(255 - file)], rows: [], places: []
      )
      if !isPlain { document.order = document.order.shuffled(using: &random) }
      for _ in 0..<Int.random(in: 0...rows, using: &random) {
        let (row, place) = row()
        document.rows.append(row)
        document.places.append(place)
      }
      documents.append(document)
    }
  }

  private mutating func row() -> ([Column: Cell], [UInt8]) {
    let (map, place) = Self.maps.randomElement(using: &random)!
    var row: [Column: Cell] = [:]
    row[.fruit] = text(Self.fruits.randomElement(using: &random)!)
    row[.city] = text(Self.cities.randomElement(using: &random)!)
    row[.ticket] = text(Array("t\(Int.random(in: 0..<tickets, using: &random))".utf8))
    row[.amount] = number(badOnceIn: 40)
    row[.unit] = text(Array(oneOf(["crate", "crate", "crate", "sack", "sack", "", "box"]).utf8))
    row[.map] = text(Array(map.utf8))
    row[.day] = text(Array(oneOf(["7", "07", "-3", "0", "", "-", "soon", "2000000000"]).utf8))
    row[.tagA] = text(Array(oneOf(["", "Red", "red", "RED", "a,b", "x\"y", "-"]).utf8))
    row[.tagB] = text(Array(oneOf(["", "1", "one\nline"]).utf8))
    row[.net] = number(badOnceIn: 3)
    row[.alias] = text(Array(oneOf(["", "-", "apple", "plum"]).utf8))
    row[.weight] = number(badOnceIn: 5)
    row[.until] = text(Array(oneOf(["8", "-4", "", "0"]).utf8))
    return (row, Array(place.utf8))
  }

  private mutating func oneOf(_ texts: [String]) -> String { texts.randomElement(using: &random)! }

  private static let fruits: [[UInt8]] =
    [
      "apple", "pear", "fig, dried", "\"kiwi\"", "ki\"wi", "line\nbreak", "", "-", "é",
      "banana-banana-1",
    ]
    .map { Array($0.utf8) } + ["banana-banana-2", "banana-banana-20"].map { Array($0.utf8) }
    // Two texts that are shown alike.
    + [[0xFF, 0x61], [0xFE, 0x61]]

  private static let cities: [[UInt8]] = ["Rome", "Oslo", "", "nowhere", "worm", "東京", "-"]
    .map { Array($0.utf8) }

  private static let maps: [(String, String)] = [
    ("", ""), ("{}", ""), (#"{"place":"Rome"}"#, "Rome"), (#"{"x":"place","place":"-"}"#, "-"),
    (#"{ "x" : "y", "place" : "東京" }"#, "東京"), (#"{"place":""}"#, ""), (#"{"place":7}"#, ""),
  ]

  // MARK: Spelling

  private mutating func text(_ text: [UInt8]) -> Cell {
    Cell(text: text, spelled: spelled(text), number: nil)
  }

  private mutating func spelled(_ text: [UInt8]) -> [UInt8] {
    let needsQuotes = text.first == 0x22 || text.contains { $0 == 0x2C || $0 == 0x0A }
    guard needsQuotes || Int.random(in: 0..<5, using: &random) == 0 else { return text }
    return [0x22] + text.flatMap { $0 == 0x22 ? [$0, $0] : [$0] } + [0x22]
  }

  private mutating func number(badOnceIn: Int) -> Cell {
    if Int.random(in: 0..<badOnceIn, using: &random) == 0 {
      return text(Array(oneOf(["", "-", "n/a", "1,5"]).utf8))
    }
    // Small, so that values meet, and sums come to nothing.
    let number = Int.random(in: -3...3, using: &random) * oneOf50
    let (whole, part) = number.magnitude.quotientAndRemainder(dividingBy: 100)
    let cents = part < 10 ? "0\(part)" : "\(part)"
    let sign = number < 0 ? "-" : ""
    let text = Array(
      oneOf(["\(sign)\(whole).\(cents)", "\(number)E-2", "\(sign)\(whole).\(cents)00"]).utf8)
    return Cell(text: text, spelled: spelled(text), number: number)
  }

  private var oneOf50: Int {
    mutating get { Bool.random(using: &random) ? 50 : 125 }
  }
}

extension Market {
  /// The slots of ``query(_:)``.
  enum Slot {
    static let fruit = 0
    static let city = 1
    static let ticket = 2
    static let amount = 3
    static let unit = 4
    /// The member of the map, else the city.
    static let place = 5
    static let day = 6
    static let raw = 7
    static let net = 8
    /// The fruit once more.
    static let twin = 9
    /// The alias, else the fruit.
    static let name = 10
    static let weight = 11
    static let until = 12
  }

  static let groupings: [[KeyPart]] = [
    [.text(Slot.fruit), .text(Slot.city), .text(Slot.ticket)],
    [.derived(Slot.day, by: 0), .text(Slot.twin), .raw(by: 0)],
    [.text(Slot.place), .raw(by: 1), .text(Slot.city), .raw(by: 0)],
    [.text(Slot.name), .derived(Slot.day, by: 0), .text(Slot.unit)],
    [.text(Slot.raw)],
    [],
  ]

  static let rawReadings: [RawReading] = [
    { signature, record in signature + record.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } },
    { _, record in Array("\(record.count % 3)".utf8) },
  ]

  static func day(_ text: [UInt8]) -> Int? { Int(String(decoding: text, as: UTF8.self)) }

  static let zeroed: [RowTest] = [.isOneOf(Slot.city, [Array("nowhere".utf8)])]

  static func query(_ watches: [Watch] = []) -> TableQuery {
    var query = TableQuery(
      slots: 13,
      derivations: [
        day, { [Array("crate".utf8), Array("sack".utf8)].contains($0) ? 1 : nil },
        { $0 == Array("worm".utf8) ? nil : 1 },
      ],
      amount: Slot.amount, unit: (Slot.unit, 1), required: [(Slot.city, 2)], zeroed: zeroed,
      sums: [Slot.net, Slot.weight], orAmount: Slot.net, groupings: groupings,
      rawReadings: rawReadings,
      spelling: { Array(String(decoding: $0, as: UTF8.self).utf8) },
      partition: [.derived(Slot.day, by: 0), .text(Slot.city)], watches: watches, instant: 0,
      latest: Slot.day)
    query.marked = TableMarks(
      grouping: markedGrouping, from: SlotReading(Slot.until, by: 0),
      to: SlotReading(Slot.day, by: 0), origin: SlotReading(Slot.unit, by: 1))
    return query
  }

  static let markedGrouping = 3
}

extension Market.Document {
  private func place(_ column: Market.Column) -> Int { order.firstIndex(of: column)! }

  var layout: TableLayout {
    func column(_ column: Market.Column) -> TableSource { .column(place(column)) }
    let (a, b) = (place(.tagA), place(.tagB))
    return TableLayout(
      columns: order.count,
      slots: [
        [column(.fruit)], [column(.city)], [column(.ticket)], [column(.amount)], [column(.unit)],
        [.member(place(.map), Array("place".utf8)), column(.city)], [column(.day)], [.raw],
        [column(.net)], [column(.fruit)], [column(.alias), column(.fruit)], [column(.weight)],
        [column(.until)],
      ],
      raw: b == a + 1 ? [a...b] : [a...a, b...b].sorted { $0.lowerBound < $1.lowerBound },
      signature: a < b ? [0x41] : [0x42], absent: absent, silenced: silenced)
  }
}

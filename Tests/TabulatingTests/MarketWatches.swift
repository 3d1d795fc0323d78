import ExactNumbers
import Tabulating
import TestSupport

/// Random watches over a market.
struct MarketWatches {
  private var random: SeededGenerator
  private typealias Slot = Market.Slot

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// - Parameter texts: Whether some test is on a text.
  mutating func watches(_ count: Int, texts: Bool = true) throws -> [Watch] {
    let tests = try texts ? Self.numberTests() + Self.textTests : Self.numberTests()
    let trips = try Self.trips()
    return (0..<count).map { number in
      // Each trip comes, and with few and with many groups.
      let trip = trips[number % trips.count]
      var groupedBy = Self.groupings.randomElement(using: &random)!
      if case .sumExceeds(_, let limit, _) = trip { groupedBy.append(limit) }
      var watch = Watch(
        rows: (0..<Int.random(in: 0...3, using: &random)).map { _ in
          tests.randomElement(using: &random)!
        },
        groupedBy: groupedBy, trip: trip, keyedBy: Self.keys.randomElement(using: &random)!,
        // A row alone repeats nothing.
        measures: trip == .row ? [.sum(Slot.net)] : Self.measures,
        captures: [Slot.place, Slot.net, Slot.raw],
        evidenceLimit: Int.random(in: 0...4, using: &random))
      if case .isUnbalanced = trip {
        watch.balance = Self.balances.randomElement(using: &random)
        watch.measures += [.surplus, .shortfall]
      }
      return watch
    }
  }

  /// With sides that are never both there, that nearly always are, and whose wholes have numbers or not.
  private static let balances = [
    WatchBalance(
      parts: [WatchTerm(Slot.amount, where: [.isPositive(Slot.amount)])],
      wholes: [WatchTerm(Slot.net, where: [.isPresent(Slot.net)])],
      isClosed: .isOneOf(Slot.fruit, [Array("apple".utf8), Array("pear".utf8)])),
    WatchBalance(
      parts: [
        WatchTerm(Slot.net, where: [.isPresent(Slot.name)]),
        WatchTerm(Slot.weight, where: [.isPresent(Slot.name)], mayBeAbsent: true),
      ],
      wholes: [
        WatchTerm(Slot.amount, where: [.isAbsent(Slot.name)]),
        WatchTerm(Slot.amount, where: [.isAbsent(Slot.name), .isZero(Slot.net)]),
      ],
      isClosed: .reads(SlotReading(Slot.until, by: 0), 8)),
    WatchBalance(
      parts: [WatchTerm(Slot.amount, where: [.isNegative(Slot.amount)])],
      wholes: [WatchTerm(Slot.amount, where: [.isNonZero(Slot.amount)])],
      isClosed: .isPresent(Slot.city)),
  ]

  private static let groupings = [
    [Slot.fruit], [Slot.ticket], [], [Slot.name, Slot.place], [Slot.twin, Slot.ticket, Slot.until],
    [Slot.weight], [Slot.amount, Slot.fruit],
  ]

  private static let keys = [[], [Slot.fruit], [Slot.name, Slot.until], [Slot.unit]]

  private static let measures: [WatchMeasure] = [
    .sum(Slot.amount), .sumOfRepeats(Slot.net),
    .residual(value: Slot.amount, rate: Slot.weight, quantity: Slot.net),
    .excess(rate: Slot.amount, limit: Slot.net, quantity: Slot.weight),
  ]

  private static func trips() throws -> [Watch.Trip] {
    [
      .repeats, .row, .varies(Slot.net, isNumber: true), .varies(Slot.net, isNumber: false),
      .repeatsWithOther(Slot.place), .sumIsNotZero(Slot.amount, perRow: .zero),
      .sumIsNotZero(Slot.net, perRow: try Amount(parsing: "0.4")),
      .sumExceeds(Slot.amount, of: Slot.until, by: 0), .varies(Slot.name, isNumber: true),
      .isUnbalanced(perRow: .zero), .isUnbalanced(perRow: try Amount(parsing: "0.4")),
    ]
  }

  private static let textTests: [RowTest] = [
    .isOneOf(Slot.fruit, [Array("apple".utf8), Array("pear".utf8), Array("é".utf8)]),
    .isNoneOf(Slot.fruit, [Array("apple".utf8)]),
    .containsOneOf(Slot.fruit, [Array("ana".utf8), Array("ki".utf8)]),
    .isOneOf(Slot.city, [Array("Rome".utf8), Array("-".utf8)]),
    .containsNoneOf(Slot.fruit, [Array("ana".utf8), Array("ear".utf8)]),
    .containsNoneOf(Slot.name, [Array("p".utf8)]),
    .containsNoWordsOf(Slot.place, [Array("red".utf8), Array("o".utf8)]),
    .containsNoWordsOf(Slot.name, [Array("plum".utf8), Array("appl".utf8)]),
    .containsOneOf(Slot.place, [Array("o".utf8)]),
    .anyOf([
      .isOneOf(Slot.fruit, [Array("apple".utf8)]), .isNegative(Slot.amount),
      .isOneOf(Slot.name, [Array("plum".utf8)]),
    ]),
  ]

  private static func numberTests() throws -> [RowTest] {
    [
      .isPresent(Slot.net), .isAbsent(Slot.name), .isNegative(Slot.amount),
      .isPositive(Slot.net), .isNonZero(Slot.weight), .isZero(Slot.net),
      .differs(Slot.fruit, Slot.name), .isNotBefore(Slot.day, Slot.until),
      .isOtherStep(Slot.amount, Slot.net, than: Slot.weight, by: .one),
      .reads(SlotReading(Slot.day, by: 0), 7), .reads(SlotReading(Slot.unit, by: 1), 1),
      .isLess(SlotReading(Slot.day, by: 0), than: SlotReading(Slot.until, by: 0)),
      .isLess(SlotReading(Slot.until, by: 0), than: SlotReading(Slot.unit, by: 1)),
      .isSame(SlotReading(Slot.until, by: 0), as: SlotReading(Slot.day, by: 0)),
      .exceeds(Slot.amount, Slot.net, by: .one), .isBefore(Slot.day, Slot.until),
      .differsFromProduct(
        value: Slot.amount, rate: Slot.weight, quantity: Slot.net,
        absolute: try Amount(parsing: "0.5"), relative: try Amount(parsing: "0.7")),
      .anyOf([.isAbsent(Slot.weight), .isPositive(Slot.amount)]),
    ]
  }
}

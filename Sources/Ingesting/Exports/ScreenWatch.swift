import BillingModel
import Tabulating

extension Field {
  /// The slot of a field in every query over exports.
  var slot: Int { Self.slots[self]! }

  /// Whether two spellings of one number are one value.
  fileprivate var isNumber: Bool {
    switch self {
    case .consumedQuantity, .unblendedRate, .unblendedCost, .netUnblendedCost,
      .publicOnDemandRate, .publicOnDemandCost, .totalDiscount, .reservationCount,
      .reservationUnusedQuantity, .reservationUnusedFee, .savingsPlanCommitment, .savingsPlanUsed,
      .splitCost, .splitUnusedCost, .reservationEffectiveCost, .savingsPlanEffectiveCost:
      true
    default: false
    }
  }

  private static let slots = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

extension Screen {
  var watch: Watch {
    var watch = Watch(
      rows: rows.map(\.test), groupedBy: groupedBy.map(\.slot), trip: trip.watched,
      keyedBy: keyedBy.map(\.slot), measures: measures.map(\.watched),
      captures: captures.map(\.slot), evidenceLimit: evidenceLimit)
    if case .isUnbalanced(let balance, _) = trip { watch.balance = balance.watched }
    return watch
  }

  /// The fields without which the screen says nothing, in order and each once.
  var neededFields: [Field] {
    var fields = rows.flatMap(\.neededFields) + groupedBy
    switch trip {
    case .row, .repeats: break
    case .varies(let field), .repeatsWithOther(let field), .sumIsNotZero(let field, _),
      .sumExceedsHours(let field):
      fields.append(field)
    case .isUnbalanced(let balance, _): fields += balance.neededFields
    }
    var seen: Set<Field> = []
    return fields.filter { seen.insert($0).inserted }
  }
}

extension Screen.Trip {
  fileprivate var watched: Watch.Trip {
    switch self {
    case .row: .row
    case .repeats: .repeats
    case .varies(let field): .varies(field.slot, isNumber: field.isNumber)
    case .repeatsWithOther(let field): .repeatsWithOther(field.slot)
    case .sumIsNotZero(let field, let perRow): .sumIsNotZero(field.slot, perRow: perRow)
    case .sumExceedsHours(let field):
      .sumExceeds(
        field.slot, of: Field.billingPeriodStart.slot, by: ExportQuery.Reading.periodHours)
    case .isUnbalanced(_, let perRow): .isUnbalanced(perRow: perRow)
    }
  }
}

extension Balance {
  fileprivate var watched: WatchBalance {
    func terms(_ terms: [Term]) -> [WatchTerm] {
      terms.map {
        WatchTerm($0.field.slot, where: $0.rows.map(\.test), mayBeAbsent: $0.mayBeAbsent)
      }
    }
    return WatchBalance(parts: terms(parts), wholes: terms(wholes), isClosed: isClosed.test)
  }

  fileprivate var neededFields: [Field] {
    (parts + wholes).flatMap { [$0.field] + $0.rows.flatMap(\.neededFields) }
      + isClosed.neededFields
  }
}

extension Measure {
  fileprivate var watched: WatchMeasure {
    switch self {
    case .sum(let field): .sum(field.slot)
    case .residual(let cost, let rate, let quantity):
      .residual(value: cost.slot, rate: rate.slot, quantity: quantity.slot)
    case .excess(let rate, let limit, let quantity):
      .excess(rate: rate.slot, limit: limit.slot, quantity: quantity.slot)
    case .surplus: .surplus
    case .shortfall: .shortfall
    case .sumOfRepeats(let field): .sumOfRepeats(field.slot)
    }
  }
}

extension Condition {
  private typealias Reading = ExportQuery.Reading

  fileprivate var test: RowTest {
    switch self {
    case .isOneOf(let field, let texts): .isOneOf(field.slot, texts.map(\.bytes))
    case .isNoneOf(let field, let texts): .isNoneOf(field.slot, texts.map(\.bytes))
    case .isPresent(let field): .isPresent(field.slot)
    case .isAbsent(let field): .isAbsent(field.slot)
    case .containsOneOf(let field, let parts): .containsOneOf(field.slot, parts.map(\.bytes))
    case .containsNoneOf(let field, let parts): .containsNoneOf(field.slot, parts.map(\.bytes))
    case .containsNoWordsOf(let field, let phrases):
      .containsNoWordsOf(field.slot, phrases.map(\.bytes))
    case .isNegative(let field): .isNegative(field.slot)
    case .isPositive(let field): .isPositive(field.slot)
    case .isNonZero(let field): .isNonZero(field.slot)
    case .isZero(let field): .isZero(field.slot)
    case .exceeds(let a, let b, let margin): .exceeds(a.slot, b.slot, by: margin)
    case .differsFromProduct(let cost, let rate, let quantity, let absolute, let relative):
      .differsFromProduct(
        value: cost.slot, rate: rate.slot, quantity: quantity.slot, absolute: absolute,
        relative: relative)
    case .differs(let a, let b): .differs(a.slot, b.slot)
    case .isBefore(let a, let b): .isBefore(a.slot, b.slot)
    case .isNotBefore(let a, let b): .isNotBefore(a.slot, b.slot)
    case .isOddInterval(let field): .reads(SlotReading(field.slot, by: Reading.isGrain), 0)
    case .isHour(let field): .reads(SlotReading(field.slot, by: Reading.isHour), 1)
    case .isNotLong(let field): .reads(SlotReading(field.slot, by: Reading.isLong), 0)
    case .leavesInterval(let start, let end, let interval):
      .anyOf(Self.leaves(start, end, interval))
    case .isOtherTime(let start, let end, let interval):
      .anyOf(Self.leaves(start, end, interval) + Self.isWithin(start, end, interval))
    case .isInMonth(let time, let month):
      .isSame(
        SlotReading(time.slot, by: Reading.period), as: SlotReading(month.slot, by: Reading.period))
    case .isOtherStep(let a, let b, let c, let margin):
      .isOtherStep(a.slot, b.slot, than: c.slot, by: margin)
    case .anyOf(let conditions): .anyOf(conditions.map(\.test))
    }
  }

  private static func ends(
    _ start: Field, _ end: Field, _ interval: Field
  ) -> (start: SlotReading, end: SlotReading, from: SlotReading, to: SlotReading) {
    (
      SlotReading(start.slot, by: Reading.instant), SlotReading(end.slot, by: Reading.instant),
      SlotReading(interval.slot, by: Reading.intervalStart),
      SlotReading(interval.slot, by: Reading.intervalEnd)
    )
  }

  /// One of them holds where some of the time lies outside the interval.
  private static func leaves(_ start: Field, _ end: Field, _ interval: Field) -> [RowTest] {
    let ends = ends(start, end, interval)
    return [.isLess(ends.start, than: ends.from), .isLess(ends.to, than: ends.end)]
  }

  /// One of them holds where some of the interval lies outside the time.
  private static func isWithin(_ start: Field, _ end: Field, _ interval: Field) -> [RowTest] {
    let ends = ends(start, end, interval)
    return [.isLess(ends.from, than: ends.start), .isLess(ends.end, than: ends.to)]
  }

  /// A condition that looks for absence holds without its column, also as one of several.
  fileprivate var neededFields: [Field] {
    switch self {
    case .isAbsent: []
    case .isOneOf(let field, _), .isNoneOf(let field, _), .isPresent(let field),
      .containsOneOf(let field, _), .containsNoneOf(let field, _),
      .containsNoWordsOf(let field, _), .isNegative(let field),
      .isPositive(let field), .isNonZero(let field), .isZero(let field),
      .isOddInterval(let field), .isHour(let field), .isNotLong(let field):
      [field]
    case .exceeds(let a, let b, _), .differs(let a, let b), .isBefore(let a, let b),
      .isNotBefore(let a, let b), .isInMonth(let a, let b):
      [a, b]
    case .isOtherStep(let a, let b, let c, _), .leavesInterval(let a, let b, let c),
      .isOtherTime(let a, let b, let c):
      [a, b, c]
    case .differsFromProduct(let cost, let rate, let quantity, _, _): [cost, rate, quantity]
    case .anyOf(let conditions):
      conditions.flatMap(\.neededFields).filter { !conditions.contains(.isAbsent($0)) }
    }
  }
}

extension Text {
  var bytes: [UInt8] { Array(string.utf8) }
}

import BillingModel
import ExactNumbers

/// What screens mean, written for reading and not for speed: so that a rule can be tested from rows.
struct ScreenModel {
  let screen: Screen
  let file: Text

  /// The columns without which the screen cannot run.
  var needed: Set<Field> {
    var fields = Set(screen.groupedBy)
    for condition in screen.rows { fields.formUnion(Self.fields(condition)) }
    for measure in screen.measures { fields.formUnion(Self.fields(measure)) }
    switch screen.trip {
    case .row, .repeats: break
    case .varies(let field), .repeatsWithOther(let field), .sumIsNotZero(let field, _),
      .sumExceedsHours(let field):
      fields.insert(field)
    case .isUnbalanced(let balance, _):
      for term in balance.parts + balance.wholes {
        fields.insert(term.field)
        fields.formUnion(term.rows.flatMap(Self.fields))
      }
      fields.formUnion(Self.fields(balance.isClosed))
    }
    return fields
  }

  func suspects(_ rows: [LineItem]) throws -> [SuspectGroup] {
    let numbered = rows.enumerated().map { (record: $0.offset + 1, row: $0.element) }
    let looked = numbered.filter { item in screen.rows.allSatisfy { holds($0, item.row) } }
    let tripped =
      screen.trip == .row
      ? looked.map { [$0] }
      : try Dictionary(grouping: looked) { item in
        [item.row[.billingAccountID], item.row[.billingCurrency]]
          + screen.groupedBy.map { item.row[$0] }
      }
      .values.filter { try trips($0.map(\.row)) }
    var suspects: [[Text?]: SuspectGroup] = [:]
    for group in tripped { try fold(group, into: &suspects) }
    return Array(suspects.values)
  }

  private func fold(
    _ group: [(record: Int, row: LineItem)], into suspects: inout [[Text?]: SuspectGroup]
  ) throws {
    let isOver = try !balance(of: group.map(\.row)).isNegative
    for (index, item) in group.enumerated() {
      let row = item.row
      let key = [row[.billingAccountID], row[.billingCurrency]] + screen.keyedBy.map { row[$0] }
      var suspect = suspects[key] ?? newSuspect(row)
      if index == 0 { suspect.groups += 1 }
      suspect.rows += 1
      for (at, measure) in screen.measures.enumerated() {
        if measure == (isOver ? .shortfall : .surplus) { continue }
        suspect.measures[at] = try suspect.measures[at] + value(measure, row, isFirst: index == 0)
      }
      let place = Place(file: file, record: item.record)
      suspect.first.append(
        EvidenceRow(place: place, fields: row.filter { screen.captures.contains($0.key) }))
      suspect.first = Array(suspect.first.sorted { $0.place < $1.place }.prefix(20))
      suspects[key] = suspect
    }
  }

  private func newSuspect(_ row: LineItem) -> SuspectGroup {
    SuspectGroup(
      rule: screen.rule, billingAccountID: row[.billingAccountID] ?? "",
      billingPeriod: period, currency: CurrencyCode(row[.billingCurrency] ?? ""),
      key: row.filter { screen.keyedBy.contains($0.key) }, rows: 0, groups: 0,
      measures: screen.measures.map { _ in .zero }, first: [])
  }

  private func trips(_ rows: [LineItem]) throws -> Bool {
    switch screen.trip {
    case .row: true
    case .repeats: rows.count > 1
    case .varies(let field): Set(rows.map { $0[field] }).count > 1
    case .repeatsWithOther(let field): rows.count > 1 && Set(rows.map { $0[field] }).count > 1
    case .sumIsNotZero(let field, let perRow):
      try sum(field, rows).magnitude > perRow.multiplied(by: Amount(rows.count))
    case .sumExceedsHours(let field): try sum(field, rows) > Amount(period.hourCount)
    case .isUnbalanced(let balance, let perRow): try isOff(balance, rows, perRow)
    }
  }

  private func isOff(_ balance: Balance, _ rows: [LineItem], _ perRow: Amount) throws -> Bool {
    let parts = rows.flatMap { figures(balance.parts, $0) }
    let wholes = rows.flatMap { figures(balance.wholes, $0) }
    guard !parts.isEmpty, !wholes.isEmpty, !(parts + wholes).contains(nil) else { return false }
    let off = try Amount.sum(rows.map { try self.off(balance, $0) })
    let margin = try perRow.multiplied(by: Amount(rows.count))
    return try off > margin
      || off < Amount.zero - margin && rows.contains { holds(balance.isClosed, $0) }
  }

  /// Of the terms that count for a row.
  private func figures(_ terms: [Balance.Term], _ row: LineItem) -> [Amount?] {
    terms.filter { term in term.rows.allSatisfy { holds($0, row) } }.map { term in
      term.mayBeAbsent && (row[term.field] ?? "").isEmpty ? .zero : row.amount(term.field)
    }
  }

  /// Of the screen, over all rows of a group.
  private func balance(of rows: [LineItem]) throws -> Amount {
    guard case .isUnbalanced(let balance, _) = screen.trip else { return .zero }
    return try Amount.sum(rows.map { try off(balance, $0) })
  }

  private func off(_ balance: Balance, _ row: LineItem) throws -> Amount {
    try Amount.sum(figures(balance.parts, row).compactMap(\.self))
      - Amount.sum(figures(balance.wholes, row).compactMap(\.self))
  }

  private func sum(_ field: Field, _ rows: [LineItem]) throws -> Amount {
    try Amount.sum(rows.compactMap { $0.amount(field) })
  }

  private func value(_ measure: Measure, _ row: LineItem, isFirst: Bool) throws -> Amount {
    switch measure {
    case .sum(let field): return row.amount(field) ?? .zero
    case .surplus, .shortfall: return try balance(of: [row])
    case .sumOfRepeats(let field): return isFirst ? .zero : row.amount(field) ?? .zero
    case .residual(let cost, let rate, let quantity):
      guard let c = row.amount(cost), let r = row.amount(rate), let q = row.amount(quantity)
      else { return .zero }
      return try c - r.multiplied(by: q)
    case .excess(let rate, let limit, let quantity):
      guard let r = row.amount(rate), let l = row.amount(limit), let q = row.amount(quantity)
      else { return .zero }
      return try (r - l).multiplied(by: q)
    }
  }

  private func holds(_ condition: Condition, _ row: LineItem) -> Bool {
    switch condition {
    case .isOneOf(let field, let values): row[field].map(values.contains) ?? false
    case .isNoneOf(let field, let values): row[field].map { !values.contains($0) } ?? false
    case .isPresent(let field): row[field].map { !$0.isEmpty } ?? false
    case .isAbsent(let field): row[field].map(\.isEmpty) ?? true
    case .containsOneOf(let field, let parts):
      row[field].map { text in parts.contains { text.string.contains($0.string) } } ?? false
    case .containsNoneOf(let field, let parts):
      row[field].map { text in !parts.contains { text.string.contains($0.string) } } ?? false
    case .containsNoWordsOf(let field, let phrases):
      row[field].map { text in !phrases.contains { isInWords($0.string, of: text.string) } }
        ?? false
    case .isNegative(let field): row.amount(field)?.isNegative ?? false
    case .isPositive(let field): row.amount(field)?.isPositive ?? false
    case .isNonZero(let field): row.amount(field).map { !$0.isZero } ?? false
    case .isZero(let field): row.amount(field)?.isZero ?? false
    case .exceeds(let a, let b, let margin): exceeds(row.amount(a), row.amount(b), margin)
    case .differsFromProduct(let cost, let rate, let quantity, let absolute, let relative):
      differs(row.amount(cost), row.amount(rate), row.amount(quantity), absolute, relative)
    case .differs(let a, let b):
      if let left = row[a], let right = row[b] { left != right } else { false }
    case .isBefore(let a, let b): isBefore(row[a], row[b])
    case .isNotBefore(let a, let b): isBefore(row[b], row[a]) || isSame(row[a], row[b])
    case .isOddInterval(let field): row[field].flatMap(hours).map { !isWhole($0) } ?? false
    case .isHour(let field): width(row[field]).map { $0 > 0 && $0 <= 1 } ?? false
    case .isNotLong(let field): width(row[field]).map { $0 <= 24 } ?? false
    case .isOtherTime(let start, let end, let interval):
      row[interval].flatMap(ends).map {
        !isSame(row[start], $0.start) || !isSame(row[end], $0.end)
      } ?? false
    case .isInMonth(let time, let month): isInMonth(row[time], row[month])
    case .leavesInterval(let start, let end, let interval):
      row[interval].flatMap(ends).map {
        isBefore(row[start], $0.start) || isBefore($0.end, row[end])
      } ?? false
    case .isOtherStep(let a, let b, let c, let margin):
      isOtherStep(row.amount(a), row.amount(b), row.amount(c), margin)
    case .anyOf(let conditions): conditions.contains { holds($0, row) }
    }
  }

  private func isInWords(_ phrase: String, of text: String) -> Bool {
    func words(_ text: String) -> String {
      " " + String(text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " }) + " "
    }
    return words(text).contains(words(phrase))
  }

  private func exceeds(_ a: Amount?, _ b: Amount?, _ margin: Amount) -> Bool {
    guard let a, let b, let limit = try? b + margin else { return false }
    return a > limit
  }

  private func differs(
    _ cost: Amount?, _ rate: Amount?, _ quantity: Amount?, _ absolute: Amount, _ relative: Amount
  ) -> Bool {
    guard let cost, let rate, let quantity else { return false }
    let difference = (Product(cost) - Product(rate, quantity)).magnitude
    return difference > max(Product(absolute), Product(cost.magnitude, relative))
  }

  private func isBefore(_ a: Text?, _ b: Text?) -> Bool {
    guard let a = a.flatMap({ Moment($0.string) }), let b = b.flatMap({ Moment($0.string) })
    else { return false }
    return a < b
  }

  private func isSame(_ a: Text?, _ b: Text?) -> Bool {
    guard let a = a.flatMap({ Moment($0.string) }) else { return false }
    return a == b.flatMap { Moment($0.string) }
  }

  private func isInMonth(_ time: Text?, _ month: Text?) -> Bool {
    guard let time = time.flatMap({ Moment($0.string) }),
      let month = month.flatMap({ Moment($0.string) })
    else { return false }
    return time.day.period == month.day.period
  }

  /// In hours.
  private func width(_ interval: Text?) -> Double? {
    interval.flatMap(hours).map { $0.end - $0.start }
  }

  private func ends(_ interval: Text) -> (start: Text, end: Text)? {
    let parts = interval.string.split(separator: "/").map { Text(String($0)) }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  /// The hours since 1970 at which an interval starts and ends; no whole hour is as good as none.
  private func hours(_ interval: Text) -> (start: Double, end: Double)? {
    guard let ends = ends(interval), let start = Moment(ends.start.string),
      let end = Moment(ends.end.string)
    else { return nil }
    return (Double(start.seconds) / 3600, Double(end.seconds) / 3600)
  }

  /// An hour, a day, or the month of these tests.
  private func isWhole(_ hours: (start: Double, end: Double)) -> Bool {
    switch hours.end - hours.start {
    case 1: hours.start.rounded() == hours.start
    case 24: hours.start.truncatingRemainder(dividingBy: 24) == 0
    case Double(period.hourCount): hours.start == Double(period.firstDay.number) * 24
    default: false
    }
  }

  private func isOtherStep(_ a: Amount?, _ b: Amount?, _ c: Amount?, _ margin: Amount) -> Bool {
    guard let a, let b, let c, let step = try? a - b,
      let off = try? step.magnitude - c.magnitude
    else { return false }
    return off.magnitude > margin
  }

  private static func fields(_ measure: Measure) -> [Field] {
    switch measure {
    case .sum(let a), .sumOfRepeats(let a): [a]
    case .residual(let a, let b, let c), .excess(let a, let b, let c): [a, b, c]
    case .surplus, .shortfall: []
    }
  }

  private static func fields(_ condition: Condition) -> [Field] {
    switch condition {
    case .isOneOf(let a, _), .isNoneOf(let a, _), .isPresent(let a), .isAbsent(let a),
      .containsOneOf(let a, _), .containsNoneOf(let a, _), .containsNoWordsOf(let a, _),
      .isNegative(let a), .isPositive(let a),
      .isNonZero(let a), .isZero(let a), .isOddInterval(let a),
      .isHour(let a), .isNotLong(let a):
      [a]
    case .exceeds(let a, let b, _), .differs(let a, let b), .isBefore(let a, let b),
      .isNotBefore(let a, let b), .isInMonth(let a, let b):
      [a, b]
    case .isOtherStep(let a, let b, let c, _), .leavesInterval(let a, let b, let c),
      .isOtherTime(let a, let b, let c):
      [a, b, c]
    case .differsFromProduct(let a, let b, let c, _, _): [a, b, c]
    case .anyOf(let conditions):
      conditions.flatMap(fields).filter { !conditions.contains(.isAbsent($0)) }
    }
  }
}

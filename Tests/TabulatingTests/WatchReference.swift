import ExactNumbers

@testable import Tabulating

/// What the watches are to find in a market, computed the plain way.
struct WatchReference {
  let market: MarketReference

  /// A suspect as a test compares it.
  struct Found: Equatable {
    var rows = 0
    var groups = 0
    /// In ten-thousandths.
    var measures: [Int]
    var evidence: [TablePlace] = []
    var fields: [[[UInt8]?]] = []
  }

  func suspects(_ watch: Watch, _ index: Int) -> [SuspectKey: Found] {
    let rows = market.kept.filter { row in
      !row.silenced.contains(index) && watch.rows.allSatisfy { row.passes($0) }
    }.sorted { $0.place < $1.place }
    var groups: [[[UInt8]]: [MarketRow]] = [:]
    for row in rows {
      let name = watch.trip == .row ? [Array("\(row.place)".utf8)] : row.group(watch)
      groups[name, default: []].append(row)
    }
    let tripped = groups.filter { watch.trip == .row || trips(watch, $0.value) }
    var result: [SuspectKey: Found] = [:]
    for group in tripped.values { add(group, watch, to: &result) }
    let places = Set(tripped.values.joined().map(\.place))
    for row in rows where places.contains(row.place) {
      let key = row.suspectKey(watch)
      if result[key]!.evidence.count == watch.evidenceLimit { continue }
      result[key]!.evidence.append(row.place)
      result[key]!.fields.append(key.key + watch.captures.map { row.field($0) })
    }
    return result
  }

  private func add(_ group: [MarketRow], _ watch: Watch, to result: inout [SuspectKey: Found]) {
    var met: Set<SuspectKey> = []
    let off = watch.balance.map { balance in group.map { $0.off(balance) }.reduce(0, +) } ?? 0
    for (number, row) in group.enumerated() {
      let key = row.suspectKey(watch)
      var found = result[key] ?? Found(measures: watch.measures.map { _ in 0 })
      found.rows += 1
      if met.insert(key).inserted { found.groups += 1 }
      for (index, measure) in watch.measures.enumerated() {
        if case .sumOfRepeats = measure, number == 0 { continue }
        if measure == .surplus && off <= 0 || measure == .shortfall && off >= 0 { continue }
        found.measures[index] += row.addend(measure, watch)
      }
      result[key] = found
    }
  }

  private func trips(_ watch: Watch, _ rows: [MarketRow]) -> Bool {
    func sum(_ slot: Int) -> Int { rows.compactMap { $0.numbers[slot] }.reduce(0, +) }
    switch watch.trip {
    case .row: return true
    case .repeats: return rows.count > 1
    case .varies(let slot, let isNumber):
      return Set(rows.compactMap { $0.compared(slot, isNumber: isNumber) }).count > 1
    case .repeatsWithOther(let slot):
      return Set(rows.compactMap { $0.compared(slot, isNumber: false) }).count > 1
    case .sumIsNotZero(let slot, let perRow):
      return abs(sum(slot)) > Int(perRow.units / MarketRow.hundredth) * rows.count
    case .sumExceeds(let slot, let limit, _):
      return sum(slot) > 100 * (rows[0].day(limit) ?? 0)
    case .isUnbalanced(let perRow):
      return isOff(watch.balance!, rows, Int(perRow.units / MarketRow.hundredth) * rows.count)
    }
  }

  private func isOff(_ balance: WatchBalance, _ rows: [MarketRow], _ margin: Int) -> Bool {
    let parts = rows.flatMap { $0.figures(balance.parts) }
    let wholes = rows.flatMap { $0.figures(balance.wholes) }
    guard !parts.isEmpty, !wholes.isEmpty, !(parts + wholes).contains(nil) else { return false }
    let off = rows.map { $0.off(balance) }.reduce(0, +)
    return off > margin || off < -margin && rows.contains { $0.passes(balance.isClosed) }
  }
}

extension MarketRow {
  static let hundredth: Int128 = 10_000_000_000_000_000

  func field(_ slot: Int) -> [UInt8]? { texts[slot].isEmpty ? nil : texts[slot] }

  func compared(_ slot: Int, isNumber: Bool) -> [UInt8]? {
    if isNumber, let number = numbers[slot] { return Array("number \(number)".utf8) }
    return field(slot)
  }

  /// Partition, unit where amounts are added, and what the watch groups by.
  fileprivate func group(_ watch: Watch) -> [[UInt8]] {
    let isSum =
      switch watch.trip {
      case .sumIsNotZero, .sumExceeds, .isUnbalanced: true
      default: false
      }
    return [Array("\(day(Market.Slot.day), default: "none")".utf8), texts[Market.Slot.city]]
      + (isSum ? [texts[Market.Slot.unit]] : []) + watch.groupedBy.map { texts[$0] }
  }

  fileprivate func suspectKey(_ watch: Watch) -> SuspectKey {
    SuspectKey(
      partition: [
        .number(day(Market.Slot.day)), .text(texts[Market.Slot.city]),
        .text(texts[Market.Slot.unit]),
      ],
      key: watch.keyedBy.map { field($0) })
  }

  /// The numbers of the terms that count for the row.
  fileprivate func figures(_ terms: [WatchTerm]) -> [Int?] {
    terms.filter { term in term.rows.allSatisfy { passes($0) } }.map { term in
      term.mayBeAbsent && field(term.slot) == nil ? 0 : numbers[term.slot]
    }
  }

  fileprivate func off(_ balance: WatchBalance) -> Int {
    figures(balance.parts).compactMap(\.self).reduce(0, +)
      - figures(balance.wholes).compactMap(\.self).reduce(0, +)
  }

  /// In ten-thousandths.
  fileprivate func addend(_ measure: WatchMeasure, _ watch: Watch) -> Int {
    switch measure {
    case .surplus, .shortfall: return 100 * off(watch.balance!)
    case .sum(let slot), .sumOfRepeats(let slot): return 100 * (numbers[slot] ?? 0)
    case .residual(let value, let rate, let quantity):
      guard let v = numbers[value], let r = numbers[rate], let q = numbers[quantity] else {
        return 0
      }
      return 100 * v - r * q
    case .excess(let rate, let limit, let quantity):
      guard let r = numbers[rate], let l = numbers[limit], let q = numbers[quantity] else {
        return 0
      }
      return (r - l) * q
    }
  }

  /// The derivations of ``Market/query(_:)``.
  private func read(_ reading: SlotReading) -> Int? {
    let text = String(decoding: texts[reading.slot], as: UTF8.self)
    switch reading.derivation {
    case 0: return Int(text)
    case 1: return text == "crate" || text == "sack" ? 1 : nil
    default: return text == "worm" ? nil : 1
    }
  }

  fileprivate func passes(_ test: RowTest) -> Bool {
    switch test {
    case .isOneOf(let slot, let texts): return field(slot).map { texts.contains($0) } ?? false
    case .isNoneOf(let slot, let texts): return field(slot).map { !texts.contains($0) } ?? false
    case .containsOneOf(let slot, let parts):
      let text = String(decoding: texts[slot], as: UTF8.self)
      return parts.contains { text.contains(String(decoding: $0, as: UTF8.self)) }
    case .containsNoneOf(let slot, let parts):
      let text = String(decoding: texts[slot], as: UTF8.self)
      return !text.isEmpty && !parts.contains { text.contains(String(decoding: $0, as: UTF8.self)) }
    case .containsNoWordsOf(let slot, let phrases):
      let words = String(decoding: texts[slot], as: UTF8.self).lowercased().split {
        !($0.isASCII && ($0.isLetter || $0.isNumber))
      }
      return field(slot) != nil
        && !phrases.contains { words.contains(Substring(String(decoding: $0, as: UTF8.self))) }
    case .isPresent(let slot): return field(slot) != nil
    case .isAbsent(let slot): return field(slot) == nil
    case .isNegative(let slot): return numbers[slot].map { $0 < 0 } ?? false
    case .isPositive(let slot): return numbers[slot].map { $0 > 0 } ?? false
    case .isNonZero(let slot): return numbers[slot].map { $0 != 0 } ?? false
    case .isZero(let slot): return numbers[slot].map { $0 == 0 } ?? false
    case .exceeds(let a, let b, let margin):
      guard let a = numbers[a], let b = numbers[b] else { return false }
      return a > b + Int(margin.units / Self.hundredth)
    case .differsFromProduct(let value, let rate, let quantity, let absolute, let relative):
      guard let v = numbers[value], let r = numbers[rate], let q = numbers[quantity] else {
        return false
      }
      // In ten-thousandths; the share is in hundredths.
      return abs(100 * v - r * q)
        > max(
          100 * Int(absolute.units / Self.hundredth), Int(relative.units / Self.hundredth) * abs(v))
    case .differs(let a, let b):
      return field(a) != nil && field(b) != nil && texts[a] != texts[b]
    case .isBefore(let a, let b):
      guard let a = day(a), let b = day(b) else { return false }
      return a < b
    case .isNotBefore(let a, let b):
      guard let a = day(a), let b = day(b) else { return false }
      return a >= b
    case .reads(let reading, let number): return read(reading) == number
    case .isLess(let a, let b):
      guard let a = read(a), let b = read(b) else { return false }
      return a < b
    case .isSame(let a, let b):
      guard let a = read(a), let b = read(b) else { return false }
      return a == b
    case .isOtherStep(let a, let b, let c, let margin):
      guard let a = numbers[a], let b = numbers[b], let c = numbers[c] else { return false }
      return abs(abs(a - b) - abs(c)) > Int(margin.units / Self.hundredth)
    case .anyOf(let tests): return tests.contains { passes($0) }
    }
  }
}

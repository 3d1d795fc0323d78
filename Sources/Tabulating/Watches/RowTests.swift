import ExactNumbers

extension TabulatorCore {
  /// The watches that the row may pass, a bit each: those whose tests on the text that most of them look at
  /// hold.
  @inline(__always)
  mutating func gate(_ row: inout RowView) -> UInt64 {
    guard plan.gateSlot >= 0 else { return ~0 }
    let text = row.id(plan.gateSlot, in: &interner)
    return plan.gate(text) ?? makeGate(text, &row)
  }

  @inline(never)
  private mutating func makeGate(_ text: UInt32, _ row: inout RowView) -> UInt64 {
    var watches = ~UInt64(0)
    for at in stride(from: 0, to: plan.gateTests.count, by: 2) {
      let test = Int(plan.gateTests[at + 1])
      if !judgeText(test, plan.gateSlot, &row) {
        watches &= ~(1 << UInt64(plan.gateTests[at]))
      }
    }
    plan.setGate(text, watches)
    return watches
  }

  /// Whether all tests of a watch hold for a row that came through the gate.
  @inline(__always)
  mutating func passes(_ watch: Int, _ row: inout RowView) -> Bool {
    var at = Int(plan.starts[watch])
    let end = Int(plan.starts[watch + 1])
    while at < end {
      if !holds(Int(plan.steps[at]), &row) { return false }
      at += 1
    }
    return true
  }

  /// Whether one of the tests holds that make the row count as zero.
  @inline(__always)
  mutating func isZeroed(_ row: inout RowView) -> Bool {
    var at = Int(plan.starts[query.watches.count])
    let end = Int(plan.starts[query.watches.count + 1])
    while at < end {
      if holds(Int(plan.steps[at]), &row) { return true }
      at += 1
    }
    return false
  }

  /// A test that many watches share is made once for each row.
  @inline(__always)
  mutating func holds(_ test: Int, _ row: inout RowView) -> Bool {
    let known = plan.verdicts[test]
    if known &>> 1 == row.mark { return known & 1 == 1 }
    let result = judge(test, &row)
    plan.verdicts[test] = row.mark &<< 1 | (result ? 1 : 0)
    return result
  }

  private mutating func judge(_ test: Int, _ row: inout RowView) -> Bool {
    let compiled = plan.tests[test]
    let a = Int(compiled.a)
    let b = Int(compiled.b)
    switch compiled.operation {
    case .text: return judgeText(test, a, &row)
    case .present: return row.isPresent(a)
    case .absent: return !row.isPresent(a)
    case .negative: return (row.units(a) ?? 0) < 0
    case .positive: return (row.units(a) ?? 0) > 0
    case .nonZero: return (row.units(a) ?? 0) != 0
    case .zero: return row.units(a) == 0
    case .exceeds: return exceeds(test, a, b, &row)
    case .product: return differsFromProduct(test, a, b, Int(compiled.c), &row)
    case .differs:
      let first = row.id(a, in: &interner)
      let second = row.id(b, in: &interner)
      return first != 0 && second != 0 && first != second
    case .before:
      guard let instant = query.instant, let first = derive(a, instant, &row),
        let second = derive(b, instant, &row)
      else { return false }
      return first < second
    case .notBefore:
      guard let instant = query.instant, let first = derive(a, instant, &row),
        let second = derive(b, instant, &row)
      else { return false }
      return first >= second
    case .reads: return derive(a, b, &row) == Int(compiled.c)
    case .less:
      guard let first = derive(a, b, &row),
        let second = derive(Int(compiled.c), Int(compiled.d), &row)
      else { return false }
      return first < second
    case .same:
      guard let first = derive(a, b, &row),
        let second = derive(Int(compiled.c), Int(compiled.d), &row)
      else { return false }
      return first == second
    case .step: return isOtherStep(test, a, b, Int(compiled.c), &row)
    case .any:
      for part in a..<b where holds(Int(plan.parts[part]), &row) { return true }
      return false
    }
  }

  private mutating func judgeText(_ test: Int, _ slot: Int, _ row: inout RowView) -> Bool {
    let id = row.id(slot, in: &interner)
    if let known = plan.verdict(test, onText: id) { return known }
    let holds = plan.originals[test].holds(for: interner.bytes(id))
    plan.note(test, onText: id, holds: holds)
    return holds
  }

  private mutating func exceeds(_ test: Int, _ a: Int, _ b: Int, _ row: inout RowView) -> Bool {
    guard case .exceeds(_, _, let margin) = plan.originals[test], let a = row.units(a),
      let b = row.units(b)
    else { return false }
    let (difference, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? a > b : difference > margin.units
  }

  private mutating func isOtherStep(
    _ test: Int, _ a: Int, _ b: Int, _ c: Int, _ row: inout RowView
  ) -> Bool {
    guard case .isOtherStep(_, _, _, let margin) = plan.originals[test], let a = row.units(a),
      let b = row.units(b), let c = row.units(c)
    else { return false }
    let (step, overflow) = a.subtractingReportingOverflow(b)
    return overflow || abs(abs(step) - abs(c)) > margin.units
  }

  /// |value − rate·quantity| > max(absolute, relative·|value|)
  private mutating func differsFromProduct(
    _ test: Int, _ value: Int, _ rate: Int, _ quantity: Int, _ row: inout RowView
  ) -> Bool {
    guard let value = row.units(value), let rate = row.units(rate),
      let quantity = row.units(quantity)
    else { return false }
    // Nearly always the product is the value, to the last digit.
    if rate.multipliedFullWidth(by: quantity) == value.multipliedFullWidth(by: Self.one) {
      return false
    }
    guard
      case .differsFromProduct(_, _, _, let absolute, let relative) = plan.originals[test],
      let value = try? Amount(units: value), let rate = try? Amount(units: rate),
      let quantity = try? Amount(units: quantity)
    else { return false }
    let distance = (Product(value) - Product(rate, quantity)).magnitude
    return distance > Product(absolute) && distance > Product(relative, value.magnitude)
      && (try? value - rate.multiplied(by: quantity)) != nil
  }

  private static var one: Int128 { 1_000_000_000_000_000_000 }
}

extension RowTest {
  /// A test on one text; an absent one fails.
  fileprivate func holds(for text: [UInt8]) -> Bool {
    if text.isEmpty { return false }
    return switch self {
    case .isOneOf(_, let texts): texts.contains(text)
    case .isNoneOf(_, let texts): !texts.contains(text)
    case .containsOneOf(_, let parts): parts.contains { text.contains($0) }
    case .containsNoneOf(_, let parts): !parts.contains { text.contains($0) }
    case .containsNoWordsOf(_, let phrases): !Words(text).contains(oneOf: phrases)
    default: false
    }
  }
}

/// A text in which phrases are looked for, whatever the case.
private struct Words {
  private let folded: [UInt8]

  init(_ text: [UInt8]) {
    folded = text.map { UInt8(ascii: "A") <= $0 && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  }

  func contains(oneOf phrases: [[UInt8]]) -> Bool {
    phrases.contains { phrase in
      folded.ranges(of: phrase).contains { range in
        !isInWord(range.lowerBound - 1) && !isInWord(range.upperBound)
      }
    }
  }

  private func isInWord(_ at: Int) -> Bool {
    guard folded.indices.contains(at) else { return false }
    let byte = folded[at]
    return byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }
}

/// How much one row may add to a measure.
struct AddendBound: Sendable {
  private let largest: Int128
  /// Slots whose numbers count whatever they are.
  private let unbounded: [Int?]

  init(_ query: TableQuery) {
    largest = query.largestAddend
    unbounded = [query.amount, query.orAmount]
  }

  func admitted(_ amount: Amount?, of slot: Int? = nil) -> Amount {
    guard let amount else { return .zero }
    let counts = amount.units.magnitude <= largest.magnitude
    return counts || slot != nil && unbounded.contains(slot) ? amount : .zero
  }
}

extension RowView {
  /// What a row adds to a measure; zero where a field is unreadable, or where it or a product is beyond the bound:
  /// one absurd rate must not cost a whole file.
  ///
  /// - Parameter sum: What it adds to the sum that its watch is tripped by.
  mutating func addend(_ measure: WatchMeasure, sum: Amount, _ bound: AddendBound) -> Amount {
    switch measure {
    case .surplus, .shortfall: return sum
    case .sum(let slot), .sumOfRepeats(let slot): return bound.admitted(number(slot), of: slot)
    case .residual(let value, let rate, let quantity):
      guard let value = number(value), let rate = number(rate), let quantity = number(quantity)
      else { return .zero }
      return bound.admitted(try? value - rate.multiplied(by: quantity))
    case .excess(let rate, let limit, let quantity):
      guard let rate = number(rate), let limit = number(limit), let quantity = number(quantity)
      else { return .zero }
      return bound.admitted(try? (rate - limit).multiplied(by: quantity))
    }
  }

  /// The value that a trip compares within a group; nil where it is absent.
  mutating func compared(by trip: Watch.Trip) -> [UInt8]? {
    guard let slot = trip.compared else { return nil }
    if case .varies(_, isNumber: true) = trip, let number = number(slot) {
      return Array(number.description.utf8)
    }
    return copy(slot)
  }

  /// Its hash; 0 where it is absent.
  @inline(__always)
  mutating func comparedHash(
    _ slot: Int, isNumber: Bool, _ interner: borrowing Interner
  ) -> UInt64 {
    if isNumber, let units = units(slot) {
      let low = UInt64(truncatingIfNeeded: units)
      return max(1, ByteHash.combine(low, UInt64(truncatingIfNeeded: units >> 64)))
    }
    return hash(slot, interner).map { max(1, $0) } ?? 0
  }
}

import ExactNumbers

extension RowView {
  /// A test on fields alone. ``RowTest/isBefore(_:_:)`` and ``RowTest/anyOf(_:)`` need more than the
  /// row and are the tabulator's.
  mutating func passes(_ test: RowTest) -> Bool {
    switch test {
    case .isOneOf(let slot, let texts): isPresent(slot) && isOne(of: texts, slot)
    case .isNoneOf(let slot, let texts): isPresent(slot) && !isOne(of: texts, slot)
    case .isPresent(let slot): isPresent(slot)
    case .isAbsent(let slot): !isPresent(slot)
    case .containsOneOf(let slot, let parts):
      isPresent(slot) && parts.contains { contains($0, slot) }
    case .isNegative(let slot): number(slot)?.isNegative ?? false
    case .isPositive(let slot): number(slot)?.isPositive ?? false
    case .isNonZero(let slot): number(slot).map { !$0.isZero } ?? false
    case .exceeds(let a, let b, let margin): exceeds(a, b, by: margin)
    case .differsFromProduct(let value, let rate, let quantity, let absolute, let relative):
      differs(value, fromProductOf: rate, quantity, absolute: absolute, relative: relative)
    case .differs(let a, let b):
      unsafe isPresent(a) && isPresent(b) && !bytes(a).elementsEqual(bytes(b))
    case .isBefore, .anyOf: false
    }
  }

  private func isOne(of texts: [[UInt8]], _ slot: Int) -> Bool {
    let field = unsafe bytes(slot)
    return texts.contains { text in
      unsafe text.count == field.count && field.elementsEqual(text)
    }
  }

  private func contains(_ part: [UInt8], _ slot: Int) -> Bool {
    let field = unsafe bytes(slot)
    guard let first = part.first, part.count <= field.count else { return part.isEmpty }
    for start in 0...(field.count - part.count) where unsafe field[start] == first {
      if unsafe field[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
  }

  /// Compared as products with one, whose domain is wide enough for any sum of two amounts.
  private mutating func exceeds(_ a: Int, _ b: Int, by margin: Amount) -> Bool {
    guard let a = number(a), let b = number(b) else { return false }
    return Product(a) - Product(b) > Product(margin)
  }

  private mutating func differs(
    _ value: Int, fromProductOf rate: Int, _ quantity: Int, absolute: Amount, relative: Amount
  ) -> Bool {
    guard let value = number(value), let rate = number(rate), let quantity = number(quantity)
    else { return false }
    let distance = (Product(value) - Product(rate, quantity)).magnitude
    return distance > Product(absolute) && distance > Product(relative, value.magnitude)
      && (try? value - rate.multiplied(by: quantity)) != nil
  }

  /// What a row adds to a measure; zero where a field is unreadable, or where a product is no amount: one
  /// absurd rate must not cost a whole file.
  mutating func addend(_ measure: WatchMeasure) -> Amount {
    switch measure {
    case .sum(let slot), .sumOfRepeats(let slot): return number(slot) ?? .zero
    case .residual(let value, let rate, let quantity):
      guard let value = number(value), let rate = number(rate), let quantity = number(quantity)
      else { return .zero }
      return (try? value - rate.multiplied(by: quantity)) ?? .zero
    case .excess(let rate, let limit, let quantity):
      guard let rate = number(rate), let limit = number(limit), let quantity = number(quantity)
      else { return .zero }
      return (try? (rate - limit).multiplied(by: quantity)) ?? .zero
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

  /// A hash of that value; 0 where it is absent.
  mutating func comparedHash(by trip: Watch.Trip) -> UInt64 {
    guard let slot = trip.compared, isPresent(slot) else { return 0 }
    if case .varies(_, isNumber: true) = trip, let units = number(slot)?.units {
      let low = UInt64(truncatingIfNeeded: units)
      return max(1, ByteHash.combine(low, UInt64(truncatingIfNeeded: units >> 64)))
    }
    return unsafe max(1, ByteHash.of(bytes(slot)))
  }
}

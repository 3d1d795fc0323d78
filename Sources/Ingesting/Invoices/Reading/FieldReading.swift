import BillingModel
import ExactNumbers

/// Reads needed fields out of a document's elements and keeps what could not be read.
struct FieldReading {
  /// What is wrong with needed fields, in words for people.
  private(set) var faults: [String] = []

  mutating func note(_ fault: String) { faults.append(fault) }

  // MARK: Numbers

  /// A number that the document needs: one that cannot be read is a fault.
  mutating func amount(
    _ field: CompiledField?, _ label: @autoclosure () -> String, at element: DocumentTree.Element,
    in tree: borrowing DocumentTree
  ) throws(AmountOverflow) -> Amount? {
    try number(field, label(), at: element, in: tree)?.amount
  }

  /// Such a number with its digits; of a sum, those of the longest.
  mutating func number(
    _ field: CompiledField?, _ label: @autoclosure () -> String, at element: DocumentTree.Element,
    in tree: borrowing DocumentTree
  ) throws(AmountOverflow) -> Spelled? {
    guard let field else { return nil }
    guard field.isSum else {
      guard let value = tree.firstValue(field, at: element) else { return nil }
      return read(value, field, label(), tree)
    }
    var total: Spelled?
    for path in field.paths {
      for value in tree.values(path, from: element) {
        guard let number = read(value, field, label(), tree) else { return nil }
        total = try total.map { one throws(AmountOverflow) in try one + number } ?? number
      }
    }
    return total
  }

  private mutating func read(
    _ value: DocumentTree.Extent, _ field: CompiledField, _ label: @autoclosure () -> String,
    _ tree: borrowing DocumentTree
  ) -> Spelled? {
    if let number = tree.number(value, field.conversion) { return number }
    note("\(label()): \"\(tree.text(value))\" is not a decimal number")
    return nil
  }

  static func number(_ text: Text) -> Amount? {
    do {
      return try Amount(parsing: text.string)
    } catch {
      return nil
    }
  }

  // MARK: Dates

  mutating func day(
    _ field: CompiledField?, _ label: String, at element: DocumentTree.Element,
    in tree: borrowing DocumentTree
  ) -> Day? {
    guard let field, let text = tree.values(field, at: element).first else { return nil }
    let day = field.rule.conversion == .compactDate ? Self.compactDay(text) : Self.isoDay(text)
    if day == nil { note("\(label): \"\(text)\" is not a date") }
    return day
  }

  /// The day of an ISO date, with or without time and zone: the day as it is written.
  static func isoDay(_ text: Text) -> Day? {
    let bytes = text.string.utf8
    if let mark = bytes.dropFirst(10).first, !"T Z+-".utf8.contains(mark) { return nil }
    return Day(String(decoding: bytes.prefix(10), as: UTF8.self))
  }

  private static func compactDay(_ text: Text) -> Day? {
    var bytes = Array(text.string.utf8)
    guard bytes.count == 8 else { return nil }
    bytes.insert(UInt8(ascii: "-"), at: 6)
    bytes.insert(UInt8(ascii: "-"), at: 4)
    return Day(String(decoding: bytes, as: UTF8.self))
  }
}

extension FieldRule.Conversion {
  func apply(_ text: Text) -> Text {
    switch self {
    case .none, .compactDate: text
    case .singleSpaces: Self.withSingleSpaces(text)
    case .fraction: text
    case .withoutStarredPrefix: Self.withoutStarredPrefix(text)
    }
  }

  private static func withSingleSpaces(_ text: Text) -> Text {
    let words = Array(text.string.utf8).split(whereSeparator: isSpace)
    return Text(decoding: Array(words.joined(separator: " ".utf8)))
  }

  private static func isSpace(_ byte: UInt8) -> Bool { " \t\r\n".utf8.contains(byte) }

  private static func withoutStarredPrefix(_ text: Text) -> Text {
    let bytes = Array(text.string.utf8)
    let star = UInt8(ascii: "*")
    guard bytes.first == star, let second = bytes.dropFirst().firstIndex(of: star) else {
      return text
    }
    let name = bytes[(second + 1)...].drop(while: isSpace)
    let end = name.lastIndex { !isSpace($0) } ?? name.startIndex - 1
    return Text(decoding: name[...end])
  }
}

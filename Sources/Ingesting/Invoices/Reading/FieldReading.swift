import BillingModel
import ExactNumbers

/// Reads typed fields out of a document's elements and keeps what could not be read.
struct FieldReading {
  let outline: Outline
  let root: ElementNode
  /// What is wrong with needed fields, in words for people.
  private(set) var faults: [String] = []

  init(outline: Outline, root: ElementNode) {
    self.outline = outline
    self.root = root
  }

  mutating func note(_ fault: String) { faults.append(fault) }

  // MARK: Text

  /// The values of a field, before they are combined.
  private func values(_ field: CompiledField, at node: ElementNode) -> [Text] {
    if let whole = together(field, at: node) { return [whole] }
    if field.rule.combination != .sum, field.rule.shape == nil {
      for path in field.paths {
        let found = path.texts(from: node, root: root)
        if !found.isEmpty { return found }
      }
      return field.rule.constant.map { [$0] } ?? []
    }
    return field.paths.flatMap { $0.texts(from: node, root: root) }
  }

  /// The parts of a value, put together; nil without the last of them.
  private func together(_ field: CompiledField, at node: ElementNode) -> Text? {
    guard let last = field.parts.last, last.first(from: node, root: root) != nil else { return nil }
    let separator = if case .joined(let text) = field.rule.combination { text.string } else { "" }
    let parts = field.parts.compactMap { $0.first(from: node, root: root) }
    return Text(parts.map { Text(decoding: $0).string }.joined(separator: separator))
  }

  func text(_ field: CompiledField?, at node: ElementNode) -> Text {
    guard let field else { return "" }
    let values = values(field, at: node)
    if let shape = field.rule.shape {
      return values.lazy.compactMap { WordShape.matches(of: [shape], in: $0).first }.first ?? ""
    }
    switch field.rule.combination {
    case .first, .sum:
      return field.rule.conversion.apply(values.first ?? "")
    case .joined(let separator):
      return Text(different(values, field).map(\.string).joined(separator: separator.string))
    }
  }

  /// The different values of all places, in their order.
  func allTexts(_ field: CompiledField?, at node: ElementNode) -> [Text] {
    guard let field else { return [] }
    return different(field.paths.flatMap { $0.texts(from: node, root: root) }, field)
  }

  private func different(_ values: [Text], _ field: CompiledField) -> [Text] {
    var seen: Set<Text> = []
    return values.map(field.rule.conversion.apply).filter { seen.insert($0).inserted }
  }

  // MARK: Numbers

  /// A number, or nil where there is none or it cannot be read.
  func optionalAmount(_ field: CompiledField?, at node: ElementNode) -> Amount? {
    optionalNumber(field, at: node)?.amount
  }

  func optionalNumber(_ field: CompiledField?, at node: ElementNode) -> Spelled? {
    guard let field else { return nil }
    guard let bytes = field.paths.lazy.compactMap({ $0.first(from: node, root: root) }).first else {
      return field.rule.constant.flatMap { Spelled(Array($0.string.utf8)[...], .none) }
    }
    return Spelled(bytes, field.rule.conversion)
  }

  /// A number that the document needs: one that cannot be read is a fault.
  mutating func amount(
    _ field: CompiledField?, _ label: @autoclosure () -> String, at node: ElementNode
  ) throws(AmountOverflow) -> Amount? {
    try number(field, label(), at: node)?.amount
  }

  /// Such a number with its digits; of a sum, those of the longest.
  mutating func number(
    _ field: CompiledField?, _ label: @autoclosure () -> String, at node: ElementNode
  ) throws(AmountOverflow) -> Spelled? {
    guard let field else { return nil }
    var total: Spelled?
    for path in field.paths {
      let places: [ArraySlice<UInt8>] =
        field.rule.combination == .sum
        ? path.texts(from: node, root: root).map { Array($0.string.utf8)[...] }
        : path.first(from: node, root: root).map { [$0] } ?? []
      for bytes in places {
        guard let number = Spelled(bytes, field.rule.conversion) else {
          note("\(label()): \"\(Text(decoding: bytes))\" is not a decimal number")
          return nil
        }
        total = try total.map { one throws(AmountOverflow) in try one + number } ?? number
      }
      if total != nil, field.rule.combination != .sum { break }
    }
    return total
  }

  static func number(_ text: Text) -> Amount? {
    do {
      return try Amount(parsing: text.string)
    } catch {
      return nil
    }
  }

  // MARK: Dates

  mutating func day(_ field: CompiledField?, _ label: String, at node: ElementNode) -> Day? {
    guard let field, let text = values(field, at: node).first else { return nil }
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
    let words = Array(text.string.utf8).split { " \t\r\n".utf8.contains($0) }
    return Text(decoding: Array(words.joined(separator: " ".utf8)))
  }

  private static func withoutStarredPrefix(_ text: Text) -> Text {
    let bytes = Array(text.string.utf8)
    let star = UInt8(ascii: "*")
    guard bytes.first == star, let second = bytes.dropFirst().firstIndex(of: star) else {
      return text
    }
    return Text(decoding: trimmed(bytes[(second + 1)...]))
  }
}

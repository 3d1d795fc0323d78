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
    if field.rule.combination != .sum, field.rule.shape == nil {
      for path in field.paths {
        let found = path.texts(from: node, root: root)
        if !found.isEmpty { return found }
      }
      return field.rule.constant.map { [$0] } ?? []
    }
    return field.paths.flatMap { $0.texts(from: node, root: root) }
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
      var seen: Set<Text> = []
      let different = values.map(field.rule.conversion.apply).filter { seen.insert($0).inserted }
      return Text(different.map(\.string).joined(separator: separator.string))
    }
  }

  // MARK: Numbers

  /// A number, or nil where there is none or it cannot be read.
  func optionalAmount(_ field: CompiledField?, at node: ElementNode) -> Amount? {
    guard let field, let spelled = values(field, at: node).first else { return nil }
    return Self.number(spelled)
  }

  /// A number that the document needs: one that cannot be read is a fault.
  mutating func amount(
    _ field: CompiledField?, _ label: String, at node: ElementNode
  ) throws(AmountOverflow) -> Amount? {
    guard let field else { return nil }
    let values = values(field, at: node)
    let counted = field.rule.combination == .sum ? values : Array(values.prefix(1))
    var total: Amount?
    for value in counted {
      guard let number = Self.number(value) else {
        note("\(label): \"\(value)\" is not a decimal number")
        return nil
      }
      total = try (total ?? .zero) + number
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

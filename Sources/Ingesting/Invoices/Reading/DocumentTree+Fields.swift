import BillingModel
import ExactNumbers

/// The values of fields.
extension DocumentTree {
  /// The texts of a field, before they are combined.
  func values(_ field: CompiledField, at element: Element) -> [Text] {
    if let whole = together(field, at: element) { return [whole] }
    if field.rule.combination != .sum, field.rule.shape == nil {
      for path in field.paths {
        let found = texts(path, from: element)
        if !found.isEmpty { return found }
      }
      return field.rule.constant.map { [$0] } ?? []
    }
    return field.paths.flatMap { texts($0, from: element) }
  }

  /// The parts of a value, put together; nil without the last of them.
  private func together(_ field: CompiledField, at element: Element) -> Text? {
    guard let last = field.parts.last, firstValue(last, from: element) != nil else { return nil }
    let separator = if case .joined(let text) = field.rule.combination { text.string } else { "" }
    let parts = field.parts.compactMap { firstValue($0, from: element) }
    return Text(parts.map { text($0).string }.joined(separator: separator))
  }

  func text(_ field: CompiledField?, at element: Element) -> Text {
    guard let field else { return "" }
    let values = values(field, at: element)
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
  func allTexts(_ field: CompiledField?, at element: Element) -> [Text] {
    guard let field else { return [] }
    return different(field.paths.flatMap { texts($0, from: element) }, field)
  }

  private func different(_ values: [Text], _ field: CompiledField) -> [Text] {
    var seen: Set<Text> = []
    return values.map(field.rule.conversion.apply).filter { seen.insert($0).inserted }
  }

  /// A number, or nil where there is none or it cannot be read.
  @inline(__always)
  func amount(_ field: CompiledField?, at element: Element) -> Amount? {
    number(field, at: element)?.amount
  }

  @inline(__always)
  func number(_ field: CompiledField?, at element: Element) -> Spelled? {
    guard let field else { return nil }
    guard let value = firstValue(field, at: element) else { return field.constant }
    return number(value, field.conversion)
  }

  /// The first value at the first path that leads to any.
  @inline(__always)
  func firstValue(_ field: CompiledField, at element: Element) -> Extent? {
    for index in field.ends.indices {
      let end = field.ends[index]
      let value =
        end.hasConditions
        ? firstValue(field.paths[index], from: element) : firstValue(end, from: element)
      if let value { return value }
    }
    return nil
  }
}

import BillingModel

/// Remembers what a field of the lines came to: most lines say what others said.
struct RepeatedText {
  private var known: [[UInt8]: Text] = [:]
  private static let most = 4096

  mutating func text(
    _ field: CompiledField?, at node: ElementNode, _ reading: FieldReading
  ) -> Text {
    guard let field else { return "" }
    var raw: [UInt8] = []
    for path in field.parts + field.paths {
      for element in path.elements(from: node, root: node) {
        raw.append(0)
        raw += path.value(of: element) ?? []
      }
      raw.append(1)
    }
    if let text = known[raw] { return text }
    let text = reading.text(field, at: node)
    if known.count < Self.most { known[raw] = text }
    return text
  }
}

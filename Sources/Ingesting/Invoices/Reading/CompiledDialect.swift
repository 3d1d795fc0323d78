import BillingModel

/// A dialect with what is worked out from it once.
final class CompiledDialect: Sendable {
  let dialect: Dialect
  let outline: Outline
  /// The line rule for each place of the outline where lines stand.
  let lines: [CompiledLine?]

  init(_ dialect: Dialect) {
    self.dialect = dialect
    let outline = Outline(dialect)
    self.outline = outline
    lines = outline.nodes.indices.map { place in
      guard outline.nodes[place].isLine, let rule = dialect.line else { return nil }
      return CompiledLine(rule, outline, place, dialect.arithmetic)
    }
  }
}

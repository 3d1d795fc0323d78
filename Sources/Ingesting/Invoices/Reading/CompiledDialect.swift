import BillingModel

/// A dialect with what is worked out from it once.
final class CompiledDialect: Sendable {
  let dialect: Dialect
  let outline: Outline
  let line: CompiledLine?

  init(_ dialect: Dialect) {
    self.dialect = dialect
    let outline = Outline(dialect)
    self.outline = outline
    line = dialect.line.map { CompiledLine($0, outline, dialect.arithmetic) }
  }
}

import BillingModel

/// A dialect with what is worked out from it once.
struct CompiledDialect: Sendable {
  let dialect: Dialect
  let outline: Outline
  let line: CompiledLine?

  init(_ dialect: Dialect) {
    self.dialect = dialect
    outline = Outline(dialect)
    line = dialect.line.map { [outline] in CompiledLine($0, outline, dialect.arithmetic) }
  }
}

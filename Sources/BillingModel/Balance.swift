/// Two sides that should come to the same: the parts of something, and the whole.
package struct Balance: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    package var field: Field
    /// All must hold for a row to count.
    package var rows: [Condition]

    package init(_ field: Field, where rows: [Condition]) {
      self.field = field
      self.rows = rows
    }
  }

  /// Added; a field that is absent adds nothing.
  package var parts: [Term]
  /// Subtracted; a field that is absent leaves the whole unknown.
  package var wholes: [Term]
  /// Where a row holds it, the parts may not fall short of the whole either.
  package var isClosed: Condition

  package init(parts: [Term], wholes: [Term], isClosed: Condition) {
    self.parts = parts
    self.wholes = wholes
    self.isClosed = isClosed
  }
}

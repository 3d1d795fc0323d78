/// Two sides that should come to the same: the parts of something, and the whole.
package struct Balance: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    package var field: Field
    /// All must hold for a row to count.
    package var rows: [Condition]
    /// Whether a row without the field adds nothing; else it leaves its group unknown. What stands there but is no
    /// number always does.
    package var mayBeAbsent: Bool

    package init(_ field: Field, where rows: [Condition], mayBeAbsent: Bool = false) {
      self.field = field
      self.rows = rows
      self.mayBeAbsent = mayBeAbsent
    }
  }

  /// Added.
  package var parts: [Term]
  /// Subtracted.
  package var wholes: [Term]
  /// Where a row holds it, the parts may not fall short of the whole either.
  package var isClosed: Condition

  package init(parts: [Term], wholes: [Term], isClosed: Condition) {
    self.parts = parts
    self.wholes = wholes
    self.isClosed = isClosed
  }
}

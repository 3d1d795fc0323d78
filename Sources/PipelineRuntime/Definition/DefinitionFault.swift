/// One mistake in a definition, with its place.
package struct DefinitionMistake: Error, Hashable, Sendable, CustomStringConvertible {
  package var file: String
  package var line: Int
  package var column: Int
  package var message: String

  package var description: String { "\(file):\(line):\(column): \(message)" }
}

/// A definition that cannot be run: every mistake that was found in it, in the order of the text.
package struct DefinitionFault: Error, Hashable, Sendable, CustomStringConvertible {
  package var mistakes: [DefinitionMistake]

  package var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

/// Collects mistakes, so that one look at a definition shows them all.
final class Mistakes {
  private(set) var found: [DefinitionMistake] = []

  func add(_ mistake: DefinitionMistake) { found.append(mistake) }

  func throwIfAny() throws(DefinitionFault) {
    guard !found.isEmpty else { return }
    throw DefinitionFault(
      mistakes: found.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) })
  }
}

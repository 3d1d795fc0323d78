import ExactNumbers
import Yams

/// A node of a YAML file that knows its place. Reading a wrong type or an unknown key adds a mistake
/// and goes on, so that all mistakes of a file come out at once.
struct YAMLNode {
  let node: Node
  let file: String
  let mistakes: Mistakes

  /// Composes a file; a syntax error is a mistake too.
  static func root(of text: String, file: String, mistakes: Mistakes) -> YAMLNode? {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        mistakes.add(.init(file: file, line: 1, column: 1, message: "the file is empty"))
        return nil
      }
      return YAMLNode(node: node, file: file, mistakes: mistakes)
    } catch {
      mistakes.add(syntaxMistake(error, file: file))
      return nil
    }
  }

  private static func syntaxMistake(_ error: any Error, file: String) -> DefinitionMistake {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      DefinitionMistake(
        file: file, line: mark.line, column: mark.column, message: "YAML syntax: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      DefinitionMistake(
        file: file, line: context.mark.line, column: context.mark.column,
        message: "the key \(duplicates.map(\.description).joined(separator: ", ")) stands twice")
    default:
      DefinitionMistake(file: file, line: 1, column: 1, message: "YAML: \(error)")
    }
  }

  /// Adds a mistake at this node.
  func mistake(_ message: String) {
    mistakes.add(
      DefinitionMistake(
        file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message))
  }

  private var kind: String {
    switch node {
    case .scalar: "a text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  private func child(_ node: Node) -> YAMLNode {
    YAMLNode(node: node, file: file, mistakes: mistakes)
  }

  // MARK: Mappings and lists

  /// The values of a mapping that may only have these keys.
  func mapping(_ keys: [String]) -> [String: YAMLNode] {
    var result: [String: YAMLNode] = [:]
    for (key, value) in entries() {
      guard let name = key.scalarText else {
        key.mistake("a key must be a text, this is \(key.kind)")
        continue
      }
      if keys.contains(name) {
        result[name] = value
      } else {
        key.mistake("unknown key \"\(name)\"" + NearestWord.hint(name, among: keys))
      }
    }
    return result
  }

  /// Like ``mapping(_:)``, and these keys must be there.
  func mapping(_ keys: [String], required: [String]) -> [String: YAMLNode] {
    let values = mapping(keys)
    for key in required where values[key] == nil { mistake("the key \"\(key)\" is missing") }
    return values
  }

  /// Keys and values of a mapping with free keys, in the order of the text.
  func entries() -> [(key: YAMLNode, value: YAMLNode)] {
    guard case .mapping(let mapping) = node else {
      mistake("expected a mapping, this is \(kind)")
      return []
    }
    return mapping.map { (child($0.key), child($0.value)) }
  }

  func list() -> [YAMLNode] {
    guard case .sequence(let sequence) = node else {
      mistake("expected a list, this is \(kind)")
      return []
    }
    return sequence.map(child)
  }

  // MARK: Scalars

  /// The text of a scalar as it is written, whatever YAML would take it for.
  var scalarText: String? {
    guard case .scalar(let scalar) = node else { return nil }
    return scalar.string
  }

  func text() -> String? {
    guard let text = scalarText else {
      mistake("expected a text, this is \(kind)")
      return nil
    }
    return text
  }

  func texts() -> [String] { list().compactMap { $0.text() } }

  func word(among words: [String]) -> String? {
    guard let text = text() else { return nil }
    guard words.contains(text) else {
      mistake("unknown word \"\(text)\"" + NearestWord.hint(text, among: words))
      return nil
    }
    return text
  }

  func integer(in range: ClosedRange<Int>) -> Int? {
    guard let text = text() else { return nil }
    guard let value = Int(text), range.contains(value) else {
      mistake(
        "expected a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
      return nil
    }
    return value
  }

  func amount() -> Amount? {
    guard let text = text() else { return nil }
    do {
      return try Amount(parsing: text)
    } catch {
      mistake("expected a decimal number, not \"\(text)\"")
      return nil
    }
  }

  func flag() -> Bool? {
    switch text() {
    case "true": return true
    case "false": return false
    case nil: return nil
    case .some(let text):
      mistake("expected true or false, not \"\(text)\"")
      return nil
    }
  }
}

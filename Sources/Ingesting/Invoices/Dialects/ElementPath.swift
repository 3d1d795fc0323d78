package import BillingModel

/// The name of an element or attribute as a dialect asks for it.
package struct ElementName: Hashable, Sendable {
  /// Nil: in any namespace. Empty: in none.
  package var namespace: Text?
  package var local: Text

  package init(namespace: Text?, local: Text) {
    self.namespace = namespace
    self.local = local
  }
}

/// A way from an element to some elements or attributes below it.
///
///     cac:TaxTotal/cbc:TaxAmount
///     cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID
///     /Request/@deploymentMode
///
/// A leading `/` starts at the root element instead; `.` is where the path starts. A condition in
/// brackets compares the trimmed text of a path with a text in quotes, byte by byte.
package struct ElementPath: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package var name: ElementName
    package var conditions: [Condition] = []
  }

  package struct Condition: Hashable, Sendable {
    package var path: ElementPath
    package var value: Text
  }

  package var startsAtRoot = false
  package var steps: [Step] = []
  /// The attribute at the end of the way; nil for the text of the element.
  package var attribute: ElementName?

  package init() {}
}

/// Which namespace a prefix of a dialect's paths stands for.
package struct NamespacePrefixes: Hashable, Sendable {
  package var namespaces: [Text: Text]
  /// For element names without a prefix; nil: any. An attribute without a prefix is in no namespace.
  package var unprefixed: Text?

  package init(_ namespaces: [Text: Text] = [:], unprefixed: Text? = "") {
    self.namespaces = namespaces
    self.unprefixed = unprefixed
  }
}

/// Why a text is not a path.
package struct PathMistake: Error, Hashable, Sendable, CustomStringConvertible {
  package var message: String
  /// Prefixes that could have been meant, where one is unknown.
  package var unknownPrefix: String?
  package var description: String { message }
}

extension ElementPath {
  package init(parsing text: String, prefixes: NamespacePrefixes) throws(PathMistake) {
    var reader = PathReader(text: Array(text.utf8), prefixes: prefixes)
    self = try reader.path()
    guard reader.isAtEnd else { throw reader.mistake("unexpected characters") }
  }
}

private struct PathReader {
  let text: [UInt8]
  let prefixes: NamespacePrefixes
  var at = 0

  init(text: [UInt8], prefixes: NamespacePrefixes) {
    self.text = text
    self.prefixes = prefixes
  }

  var isAtEnd: Bool { at == text.count }

  func mistake(_ what: String) -> PathMistake {
    PathMistake(
      message:
        "\(what) at character \(at + 1) of the path \"\(String(decoding: text, as: UTF8.self))\""
    )
  }

  mutating func takes(_ character: Unicode.Scalar) -> Bool {
    guard at < text.count, text[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  mutating func path() throws(PathMistake) -> ElementPath {
    var path = ElementPath()
    path.startsAtRoot = takes("/")
    if takes(".") { return path }
    if path.startsAtRoot, isAtEnd { return path }
    repeat {
      if takes("@") {
        path.attribute = try name(isAttribute: true)
        return path
      }
      path.steps.append(try step())
    } while takes("/")
    return path
  }

  mutating func step() throws(PathMistake) -> ElementPath.Step {
    var step = ElementPath.Step(name: try name(isAttribute: false))
    while takes("[") {
      let path = try path()
      guard takes("="), takes("'") else { throw mistake("expected ='…'") }
      let start = at
      while at < text.count, text[at] != UInt8(ascii: "'") { at += 1 }
      let value = Text(decoding: text[start..<at])
      guard takes("'"), takes("]") else { throw mistake("expected ']") }
      step.conditions.append(.init(path: path, value: value))
    }
    return step
  }

  mutating func name(isAttribute: Bool) throws(PathMistake) -> ElementName {
    let first = try word()
    if takes(":") {
      guard let namespace = prefixes.namespaces[first] else {
        var mistake = mistake("the prefix \"\(first)\" is not among the namespaces,")
        mistake.unknownPrefix = first.string
        throw mistake
      }
      return ElementName(namespace: namespace, local: try word())
    }
    return ElementName(namespace: isAttribute ? "" : prefixes.unprefixed, local: first)
  }

  mutating func word() throws(PathMistake) -> Text {
    let start = at
    let marks = Array("/@[]='.: ".utf8)
    while at < text.count, !marks.contains(text[at]) { at += 1 }
    guard at > start else { throw mistake("expected a name") }
    return Text(decoding: text[start..<at])
  }
}

/// The name of an element or attribute: its namespace (empty for none) and local name. Prefixes are
/// spelling and never reach anybody.
package struct XMLName: Hashable, Sendable {
  package var namespace: String
  package var local: String

  package init(namespace: String = "", local: String) {
    self.namespace = namespace
    self.local = local
  }
}

extension XMLName: CustomStringConvertible {
  /// For people; what is longer than any real name is cut.
  package var description: String {
    let shown = local.prefix(80)
    return namespace.isEmpty ? "\(shown)" : "{\(namespace.prefix(120))}\(shown)"
  }
}

/// What a receiver wants of an element that begins.
package struct XMLInterest: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Its attributes, which come next.
  package static let attributes = XMLInterest(rawValue: 1)
  /// The text in it, but for that of its child elements.
  package static let text = XMLInterest(rawValue: 2)
  /// Its child elements, and its own end. Without it the element is passed over with all that it holds.
  package static let content = XMLInterest(rawValue: 4)
}

/// Takes the events of one XML document. Names come as numbers, so that an event costs no text. A receiver may
/// be a struct that cannot be copied: it is reached where it lies.
///
/// Nothing that was taken may be used before ``XMLStream/read(_:head:into:limits:)`` has returned: only
/// the end of a document tells whether it was one.
package protocol XMLReceiver: ~Copyable {
  /// A name that had not been seen in this document; the first is number 0, the next 1, and so on.
  mutating func learn(_ name: XMLName)
  /// An element begins. Says what is wanted of it.
  mutating func start(_ name: Int) throws(XMLFault) -> XMLInterest
  /// An attribute of the element that just began. Bytes are UTF-8.
  mutating func attribute(_ name: Int, _ value: Span<UInt8>) throws(XMLFault)
  /// A piece of the text in the innermost open element; a text may come in any number of pieces.
  mutating func text(_ bytes: Span<UInt8>) throws(XMLFault)
  /// The innermost element whose content is wanted ends.
  mutating func end() throws(XMLFault)
}

/// Why an XML document is refused, and where. Line and column are 0 where there is no place.
package struct XMLFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable word, such as `EntityDeclaration`.
  package var code: String
  package var message: String
  package var line: Int
  package var column: Int

  package init(code: String, message: String, line: Int = 0, column: Int = 0) {
    self.code = code
    self.message = message
    self.line = line
    self.column = column
  }

  package var description: String {
    line > 0 ? "line \(line), column \(column): \(message)" : message
  }
}

/// What no invoice exceeds. Time is not bounded: the same file must give the same answer on any machine.
package struct XMLLimits: Sendable, Hashable {
  package var depth = 64
  package var attributesPerElement = 256
  /// Different names of elements and attributes.
  package var names = 10_000
  /// Plain bytes that may be read without one event. A single huge attribute, comment or start tag is
  /// an attack on the parser; text comes in small pieces, however long it is.
  package var bytesWithoutEvent = 256 << 10
  package var bytes = 1 << 30

  package init() {}
}

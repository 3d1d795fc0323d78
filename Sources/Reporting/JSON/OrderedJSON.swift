package import BillingModel

/// A JSON document whose members stand in the order in which they were written, so that the same
/// values give the same bytes. Amounts are texts: a JSON number is a binary fraction to most readers.
package indirect enum OrderedJSON: Hashable, Sendable {
  case null
  case flag(Bool)
  case number(Int)
  case text(Text)
  case list([OrderedJSON])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var name: Text
    package var value: OrderedJSON

    package init(_ name: Text, _ value: OrderedJSON) {
      self.name = name
      self.value = value
    }
  }

  /// The document in UTF-8, indented by two spaces, with a line end at its end.
  package var bytes: [UInt8] {
    var writer = JSONBytes()
    writer.write(self, depth: 0)
    writer.bytes.append(UInt8(ascii: "\n"))
    return writer.bytes
  }
}

/// RFC 8259, into bytes.
private struct JSONBytes {
  var bytes: [UInt8] = []

  mutating func write(_ value: OrderedJSON, depth: Int) {
    switch value {
    case .null: add("null")
    case .flag(let flag): add(flag ? "true" : "false")
    case .number(let number): add(String(number))
    case .text(let text): write(text)
    case .list(let values):
      write(values, between: ("[", "]"), depth) { $0.write($1, depth: depth + 1) }
    case .object(let members):
      write(members, between: ("{", "}"), depth) {
        $0.write($1.name)
        $0.add(": ")
        $0.write($1.value, depth: depth + 1)
      }
    }
  }

  private mutating func write<Part>(
    _ parts: [Part], between brackets: (open: String, close: String), _ depth: Int,
    _ writePart: (inout JSONBytes, Part) -> Void
  ) {
    add(brackets.open)
    for (index, part) in parts.enumerated() {
      if index > 0 { add(",") }
      startLine(depth + 1)
      writePart(&self, part)
    }
    if !parts.isEmpty { startLine(depth) }
    add(brackets.close)
  }

  private mutating func write(_ text: Text) {
    add("\"")
    for scalar in text.string.unicodeScalars { add(Self.escaped(scalar)) }
    add("\"")
  }

  /// Beside what RFC 8259 asks for, whatever a terminal could take for a command is escaped: DEL, the
  /// C1 controls and the line separators of Unicode.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
      "\\u" + padded(String(scalar.value, radix: 16))
    default: String(scalar)
    }
  }

  private static func padded(_ hex: String) -> String {
    String(repeating: "0", count: 4 - hex.utf8.count) + hex
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func startLine(_ depth: Int) {
    add("\n")
    add(String(repeating: "  ", count: depth))
  }
}

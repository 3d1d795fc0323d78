/// A JSON document (RFC 8259) with numbers as they are spelled: an amount must not pass through a binary
/// fraction.
package enum JSONValue: Hashable, Sendable {
  case object([Member])
  case array([JSONValue])
  case string(String)
  case number(String)
  case bool(Bool)
  case null

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSONValue
  }

  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let items) = self { items } else { nil }
  }

  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The text of a string or the spelling of a number.
  package var scalar: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
}

/// Why a text is not JSON, and where.
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
  package var line: Int
  package var column: Int
  package var message: String
  package var description: String { "line \(line), column \(column): \(message)" }
}

extension JSONValue {
  package static let deepest = 64

  /// Reads a whole document. Repeated names in one object, more than 64 levels, and anything after the
  /// document are errors. A byte-order mark is skipped.
  package init(parsing bytes: [UInt8]) throws(JSONFault) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.document()
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var at = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  func fault(_ message: String) -> JSONFault {
    let before = bytes[..<min(at, bytes.count)]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return JSONFault(line: line, column: before.count - start + 1, message: message)
  }

  mutating func document() throws(JSONFault) -> JSONValue {
    let result = try value(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw fault("there is more after the document") }
    return result
  }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  mutating func expect(_ character: Unicode.Scalar) throws(JSONFault) {
    skipSpace()
    guard next == UInt8(ascii: character) else { throw fault("expected '\(character)'") }
    at += 1
  }

  mutating func takes(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth < JSONValue.deepest else {
      throw fault("more than \(JSONValue.deepest) levels deep")
    }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw fault("the document ends here, unfinished")
    default: return .number(try number())
    }
  }

  mutating func word(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
    guard bytes[at...].starts(with: word.utf8) else { throw fault("expected a value") }
    at += word.utf8.count
    return value
  }

  mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
    at += 1
    var members: [JSONValue.Member] = []
    var names: Set<[UInt8]> = []
    if takes("}") { return .object([]) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("expected a name in quotes") }
      let name = try string()
      guard names.insert(Array(name.utf8)).inserted else {
        throw fault("the name \"\(name)\" stands twice in one object")
      }
      try expect(":")
      members.append(.init(name: name, value: try value(depth: depth + 1)))
    } while takes(",")
    try expect("}")
    return .object(members)
  }

  mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
    at += 1
    var items: [JSONValue] = []
    if takes("]") { return .array([]) }
    repeat { items.append(try value(depth: depth + 1)) } while takes(",")
    try expect("]")
    return .array(items)
  }

  /// The grammar of RFC 8259 §6; the spelling is kept.
  mutating func number() throws(JSONFault) -> String {
    let start = at
    if next == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else {
      throw fault("expected a value")
    }
    if next == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw fault("expected a digit") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw fault("expected a digit") }
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  mutating func digits() -> Int {
    let start = at
    while let byte = next, byte &- UInt8(ascii: "0") < 10 { at += 1 }
    return at - start
  }

  mutating func string() throws(JSONFault) -> String {
    at += 1
    var text: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw fault("a control character in a text") }
      if byte == UInt8(ascii: "\\") {
        text += Array(String(try escape()).utf8)
      } else {
        text.append(byte)
        at += 1
      }
    }
    guard next != nil else { throw fault("a text without its closing quote") }
    guard let result = String(validating: text, as: UTF8.self) else {
      throw fault("a text that is not UTF-8")
    }
    at += 1
    return result
  }

  mutating func escape() throws(JSONFault) -> Character {
    at += 1
    let byte = next
    at += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try unicodeEscape())
    default: throw fault("an unknown escape")
    }
  }

  mutating func unicodeEscape() throws(JSONFault) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    // A surrogate pair is two escapes.
    guard first < 0xDC00, bytes[at...].starts(with: "\\u".utf8) else {
      throw fault("half a surrogate pair")
    }
    at += 2
    let second = try codeUnit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    else { throw fault("half a surrogate pair") }
    return scalar
  }

  mutating func codeUnit() throws(JSONFault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      // The digit by itself: `UInt32(_:radix:)` would take a sign in the place of the first.
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("expected four hexadecimal digits")
      }
      unit = unit << 4 | UInt32(digit)
      at += 1
    }
    return unit
  }
}

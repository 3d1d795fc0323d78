/// Text as it was delivered, compared and ordered by its UTF-8 bytes.
///
/// Swift's `String` calls `café` in composed and decomposed form equal; a billing engine that does so
/// merges groups which every SQL engine keeps apart. Keys of the bill are `Text`.
/// Bytes that are not UTF-8 are kept visible as `\xNN`.
package struct Text: Sendable {
  package let string: String

  package init(_ string: some StringProtocol) { self.string = String(string) }

  /// Text from raw bytes of a file.
  package init(decoding bytes: some Collection<UInt8>) {
    if let valid = String(validating: bytes, as: UTF8.self) {
      self.string = valid
    } else {
      self.string = Self.escaping(bytes)
    }
  }

  package static let empty = Text("")
  package var isEmpty: Bool { string.isEmpty }

  private static func escaping(_ bytes: some Collection<UInt8>) -> String {
    var result = ""
    var rest = Array(bytes)[...]
    while let first = rest.first {
      let length = (1...4).first { length in
        length <= rest.count
          && String(validating: rest.prefix(length), as: UTF8.self) != nil
      }
      if let length {
        result += String(decoding: rest.prefix(length), as: UTF8.self)
        rest = rest.dropFirst(length)
      } else {
        // Always two digits: a byte below 0x80 is a letter.
        result += "\\x" + String(first, radix: 16, uppercase: true)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

extension Text: Hashable {
  package static func == (a: Text, b: Text) -> Bool {
    let (a, b) = (a.string.utf8, b.string.utf8)
    guard #available(macOS 26, *) else { return a.elementsEqual(b) }
    // Keys of dictionaries are compared far more often than they are made.
    let (x, y) = (a.span, b.span)
    guard x.count == y.count else { return false }
    for index in x.indices where x[index] != y[index] { return false }
    return true
  }

  /// `String` hashes canonically equivalent texts alike, which is allowed: equal bytes hash equally.
  package func hash(into hasher: inout Hasher) { hasher.combine(string) }
}

extension Text: Comparable {
  package static func < (a: Text, b: Text) -> Bool {
    a.string.utf8.lexicographicallyPrecedes(b.string.utf8)
  }
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
  package init(stringLiteral value: String) { self.init(value) }
  package var description: String { string }
}

extension Text: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(string)
  }
}

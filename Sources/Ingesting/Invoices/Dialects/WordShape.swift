package import BillingModel

/// The shape of a word in free text: `[0-9]{9,10}` or `[A-Z]{2,4}IN[A-Z0-9]*[0-9]{2}-[0-9]+`.
///
/// Letters stand for themselves; `[…]` is one character of a set or range; `{n}`, `{m,n}`, `?`, `*` and
/// `+` repeat what stands before them. A word is a run of ASCII letters, digits and inner hyphens; the
/// shape must fit all of it.
package struct WordShape: Hashable, Sendable {
  package struct Part: Hashable, Sendable {
    var characters: Set<UInt8>
    var range: ClosedRange<Int>
  }

  package let spelling: Text
  private let parts: [Part]
  /// Words longer than this are no identifiers.
  static let longestWord = 64

  /// Reads a shape; nil if it is none.
  package init?(_ spelling: String) {
    var reader = ShapeReader(text: Array(spelling.utf8))
    guard let parts = reader.parts(), !parts.isEmpty else { return nil }
    self.spelling = Text(spelling)
    self.parts = parts
  }

  package func fits(_ word: some Collection<UInt8>) -> Bool {
    word.count <= Self.longestWord && Self.fits(parts[...], Array(word)[...])
  }

  /// Tries the longest repetition first.
  private static func fits(_ parts: ArraySlice<Part>, _ word: ArraySlice<UInt8>) -> Bool {
    guard let part = parts.first else { return word.isEmpty }
    let longest = word.prefix { part.characters.contains($0) }.count
    let most = min(longest, part.range.upperBound)
    guard most >= part.range.lowerBound else { return false }
    return (part.range.lowerBound...most).reversed().contains {
      fits(parts.dropFirst(), word.dropFirst($0))
    }
  }

  /// The words of a text.
  static func words(in text: Text) -> [ArraySlice<UInt8>] {
    Array(text.string.utf8).split { !isWordCharacter($0) }.map { trimmingHyphens($0) }
      .filter { !$0.isEmpty }
  }

  private static func isWordCharacter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func trimmingHyphens(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var word = word.drop { $0 == UInt8(ascii: "-") }
    while word.last == UInt8(ascii: "-") { word = word.dropLast() }
    return word
  }

  /// The words of a text that have one of these shapes, in their order.
  static func matches(of shapes: [WordShape], in text: Text) -> [Text] {
    words(in: text).filter { word in shapes.contains { $0.fits(word) } }
      .map { Text(decoding: $0) }
  }
}

private struct ShapeReader {
  let text: [UInt8]
  var at = 0

  init(text: [UInt8]) { self.text = text }

  var next: UInt8? { at < text.count ? text[at] : nil }

  mutating func parts() -> [WordShape.Part]? {
    var parts: [WordShape.Part] = []
    while next != nil {
      guard let characters = characters(), let range = repetition() else { return nil }
      parts.append(.init(characters: characters, range: range))
    }
    return parts
  }

  private mutating func characters() -> Set<UInt8>? {
    guard let byte = next else { return nil }
    at += 1
    if byte != UInt8(ascii: "[") { return "]{}?*+".utf8.contains(byte) ? nil : [byte] }
    var result: Set<UInt8> = []
    while let first = next, first != UInt8(ascii: "]") {
      at += 1
      if next == UInt8(ascii: "-"), at + 1 < text.count, text[at + 1] != UInt8(ascii: "]") {
        guard first <= text[at + 1] else { return nil }
        result.formUnion(first...text[at + 1])
        at += 2
      } else {
        result.insert(first)
      }
    }
    guard next == UInt8(ascii: "]"), !result.isEmpty else { return nil }
    at += 1
    return result
  }

  private mutating func repetition() -> ClosedRange<Int>? {
    switch next {
    case UInt8(ascii: "?"): return take(0...1)
    case UInt8(ascii: "*"): return take(0...WordShape.longestWord)
    case UInt8(ascii: "+"): return take(1...WordShape.longestWord)
    case UInt8(ascii: "{"):
      at += 1
      guard let low = number() else { return nil }
      var high: Int? = low
      if next == UInt8(ascii: ",") {
        at += 1
        high = number()
      }
      guard let high, low <= high, next == UInt8(ascii: "}") else { return nil }
      return take(low...high)
    default: return 1...1
    }
  }

  private mutating func take(_ range: ClosedRange<Int>) -> ClosedRange<Int> {
    at += 1
    return range
  }

  private mutating func number() -> Int? {
    let start = at
    while let byte = next, byte &- UInt8(ascii: "0") < 10 { at += 1 }
    let value = Int(String(decoding: text[start..<at], as: UTF8.self))
    return value.flatMap { $0 <= WordShape.longestWord ? $0 : nil }
  }
}

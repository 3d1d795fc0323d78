/// Chinese words with values among them.
///
/// A space sets letters and digits off from Chinese characters where a value meets the words around it,
/// whatever the value turns out to be; what the value itself holds stays as it is.
package struct ChineseText: Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
  package private(set) var description: String

  package init(_ string: String) { description = string }
  package init(stringLiteral value: String) { description = value }
  package init(stringInterpolation parts: StringInterpolation) { self = parts.text }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ChineseText("")

    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ literal: String) { text.append(literal) }
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      text.append(value.description)
    }
  }

  package static func + (a: ChineseText, b: ChineseText) -> ChineseText {
    var text = a
    text.append(b.description)
    return text
  }

  private mutating func append(_ part: String) {
    if let last = description.unicodeScalars.last, let first = part.unicodeScalars.first,
      last.isHan && first.standsOff || first.isHan && last.standsOff
    {
      description += " "
    }
    description += part
  }
}

extension Unicode.Scalar {
  fileprivate var isHan: Bool { properties.isIdeographic }

  /// Neither Chinese nor space, nor one of the wide signs, which bring their own.
  fileprivate var standsOff: Bool {
    let wide: [ClosedRange<UInt32>] = [0x3000...0x303F, 0xFF00...0xFFEF]
    return !isHan && !properties.isWhitespace && !wide.contains { $0.contains(value) }
  }
}

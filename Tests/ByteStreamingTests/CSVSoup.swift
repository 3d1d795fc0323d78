import TestSupport

/// Documents full of what the scan must tell apart, most of them not well formed.
struct CSVSoup {
  var random: SeededGenerator
  /// Whether fields may hold a quote that does not begin them; no such record is plain.
  private var hasStrays = false

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A well-formed header of `columns` columns, and bytes that may be anything.
  ///
  /// - Parameter hasNUL: Then the header is long: a NUL among the first 512 bytes makes a file no text.
  mutating func document(columns: Int, hasNUL: Bool) -> [UInt8] {
    let name = hasNUL ? String(repeating: "n", count: 520) : "n"
    var text = (0..<columns).map { $0 == 0 ? name : "c\($0)" }.joined(separator: ",") + "\n"
    hasStrays = Int.random(in: 0..<4, using: &random) == 0
    let lineEnd = ["\n", "\r\n", "\r"][[0, 0, 1, 1, 2].randomElement(using: &random)!]
    for _ in 0..<Int.random(in: 1...(columns < 10 ? 12 : 4), using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: text += soup(hasNUL)
      case 1: text += row(columns, hasNUL) + soup(hasNUL)
      case 2: text += row(max(1, columns + Int.random(in: -1...1, using: &random)), hasNUL)
      default: text += row(columns, hasNUL)
      }
      text += Int.random(in: 0..<10, using: &random) == 0 ? "\r" : lineEnd
    }
    return Array(text.utf8)
  }

  private mutating func soup(_ hasNUL: Bool) -> String {
    let parts = ["\"", "\"", ",", "\n", "\r", "\r\n", "a", "bc", "\"\"", ",\"", "\","]
    return (0..<Int.random(in: 1...60, using: &random))
      .map { _ in part(parts, hasNUL) }.joined()
  }

  private mutating func row(_ columns: Int, _ hasNUL: Bool) -> String {
    (0..<columns).map { _ in field(hasNUL) }.joined(separator: ",")
  }

  private mutating func field(_ hasNUL: Bool) -> String {
    let length = [0, 0, 0, 1, 3, 9, 9, 62, 63, 64, 65, 130].randomElement(using: &random)!
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where hasStrays: return "a\"" + String(repeating: "y", count: length)
    case 0...3: return String(repeating: "x", count: length)
    default:
      let parts = ["z", "zz", "zzz", ",", "\r", "\n", "\r\n", "\"\""]
      return "\"" + (0..<(length / 2)).map { _ in part(parts, hasNUL) }.joined() + "\""
    }
  }

  private mutating func part(_ parts: [String], _ hasNUL: Bool) -> String {
    hasNUL && Int.random(in: 0..<40, using: &random) == 0
      ? "\0" : parts.randomElement(using: &random)!
  }
}

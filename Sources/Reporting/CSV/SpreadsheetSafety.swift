package import BillingModel

/// Keeps a spreadsheet from taking a delivered text for a formula.
///
/// A cell is dangerous if, after leading spaces, it begins with `=`, `+`, `-`, `@`, TAB, CR, LF (OWASP,
/// CSV Injection) or NUL (ASVS 1.2.10); the full-width `＝＋－＠` are an extra precaution. Such a cell
/// gets one leading apostrophe, and so does a cell that begins with an apostrophe, so that taking the
/// apostrophe off again gives back exactly what was there.
package enum SpreadsheetSafety {
  static let apostrophe = UInt8(ascii: "'")

  /// The text as a spreadsheet may see it.
  package static func prefix(_ text: Text) -> Text {
    isDangerous(Array(text.string.utf8).span) ? Text("'" + text.string) : text
  }

  /// The text that ``prefix(_:)`` was given: takes off one apostrophe if what follows needs it.
  package static func strip(_ text: Text) -> Text {
    let bytes = Array(text.string.utf8)
    guard bytes.first == apostrophe, isDangerous(bytes.span.extracting(1...)) else { return text }
    return Text(String(text.string.unicodeScalars.dropFirst()))
  }

  /// Whether a spreadsheet could take the text for a formula, or the apostrophe of ``prefix(_:)`` for
  /// one of ours.
  static func isDangerous(_ utf8: Span<UInt8>) -> Bool {
    var at = 0
    while at < utf8.count, utf8[at] == UInt8(ascii: " ") { at += 1 }
    guard at < utf8.count else { return false }
    switch utf8[at] {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
      UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), 0, apostrophe:
      return true
    case 0xEF:
      // The full-width forms U+FFxx of these begin with EF BC.
      guard at + 2 < utf8.count, utf8[at + 1] == 0xBC else { return false }
      return switch utf8[at + 2] {
      case 0x9D, 0x8B, 0x8D, 0xA0: true  // ＝ ＋ － ＠
      default: false
      }
    default: return false
    }
  }
}

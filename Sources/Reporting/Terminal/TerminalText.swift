package import BillingModel

/// Text as a terminal may show it: one line, no commands, and a known width.
package enum TerminalText {
  /// Controls, line separators and marks that turn the direction of writing come out as `\u{…}`, so
  /// that a tag cannot move the cursor, colour the screen or swap what is read.
  package static func escaped(_ text: Text) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.string.unicodeScalars {
      if isUnsafe(scalar) {
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{61C}", "\u{200E}", "\u{200F}",
      "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
      true
    default: false
    }
  }

  /// How many columns a text takes: a wide character two, a mark that joins the one before it none.
  package static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  /// The text in at most `columns` columns; what is cut off is shown by `…`.
  package static func cut(_ text: String, to columns: Int) -> String {
    guard width(text) > columns else { return text }
    var kept = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      used += width(scalar)
      if used > columns - 1 { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: wide.contains { $0.contains(scalar) } || scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// The East Asian Wide and Fullwidth blocks of Unicode Standard Annex #11.
  private static let wide: [ClosedRange<Unicode.Scalar>] = [
    "\u{1100}"..."\u{115F}", "\u{2E80}"..."\u{303E}", "\u{3041}"..."\u{33FF}",
    "\u{3400}"..."\u{4DBF}", "\u{4E00}"..."\u{9FFF}", "\u{A000}"..."\u{A4CF}",
    "\u{A960}"..."\u{A97F}", "\u{AC00}"..."\u{D7A3}", "\u{F900}"..."\u{FAFF}",
    "\u{FE30}"..."\u{FE6F}", "\u{FF01}"..."\u{FF60}", "\u{FFE0}"..."\u{FFE6}",
    "\u{20000}"..."\u{3FFFD}",
  ]
}

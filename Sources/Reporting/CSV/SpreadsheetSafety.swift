package import BillingModel

/// Keeps a spreadsheet from taking a delivered text for a formula.
///
/// A cell is dangerous if, after leading spaces, it begins with `=`, `+`, `-`, `@`, TAB, CR, LF (OWASP,
/// CSV Injection) or NUL (ASVS 1.2.10); the full-width `＝＋－＠` are an extra precaution. Such a cell
/// gets one leading apostrophe, and so does a cell that begins with an apostrophe, so that taking the
/// apostrophe off again gives back exactly what was there.
package enum SpreadsheetSafety {
  private static let dangerous: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "'",
  ]

  /// The text as a spreadsheet may see it.
  package static func prefix(_ text: Text) -> Text {
    isDangerous(text.string.unicodeScalars) ? Text("'" + text.string) : text
  }

  /// The text that ``prefix(_:)`` was given: takes off one apostrophe if what follows needs it.
  package static func strip(_ text: Text) -> Text {
    let scalars = text.string.unicodeScalars
    guard scalars.first == "'", isDangerous(scalars.dropFirst()) else { return text }
    return Text(String(String.UnicodeScalarView(scalars.dropFirst())))
  }

  private static func isDangerous(_ scalars: some Collection<Unicode.Scalar>) -> Bool {
    scalars.first { $0 != " " }.map(dangerous.contains) ?? false
  }
}

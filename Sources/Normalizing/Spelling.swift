import BillingModel

/// How spellings that people take for the same are made the same. Nothing here normalizes Unicode:
/// composed and decomposed characters stay different bytes, as in every SQL engine; a rule that wants
/// them together lists both.
enum Spelling {
  /// A tag key for comparison: half width, lower case, without separators. `CostCenter`, `cost_center`,
  /// `Cost-Center` and `ｃｏｓｔ center` all become `costcenter`.
  static func foldedKey(_ key: String) -> Text {
    Text(text(key.unicodeScalars.lazy.map(halfWidth).filter { !isSeparator($0) }).lowercased())
  }

  /// A tag value for comparison: trimmed, half width, lower case.
  static func foldedValue(_ value: String) -> Text {
    Text(tidy(value).string.lowercased())
  }

  /// A tag value for people: trimmed, half width, its case kept.
  static func tidy(_ value: String) -> Text {
    if isTidy(value) { return Text(value) }
    var scalars = value.unicodeScalars.map(halfWidth)[...]
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return Text(text(scalars))
  }

  /// Nearly all values: printing ASCII without outer space.
  private static func isTidy(_ value: String) -> Bool {
    value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
      && value.utf8.first != UInt8(ascii: " ") && value.utf8.last != UInt8(ascii: " ")
  }

  private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Unicode block “Halfwidth and Fullwidth Forms”: U+FF01…U+FF5E repeat ASCII's `!`…`~` at full width,
  /// which Chinese and Japanese keyboards produce.
  private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }

  /// White space of any kind, U+3000 included, and the two invisible marks that spreadsheets paste.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}"
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "_", ".", "/", ":": true
    default: isBlank(scalar)
    }
  }
}

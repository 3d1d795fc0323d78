/// A field as it stands in its record, with or without quotes around it.
enum QuotedField {
  private static let quote = UInt8(ascii: "\"")

  /// What stands between the quotes; the field itself where it has none.
  @inline(__always)
  static func inner(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard unsafe isQuoted(field) else { return unsafe field }
    return unsafe UnsafeBufferPointer(rebasing: field[1..<(field.count - 1)])
  }

  @inline(__always)
  static func isQuoted(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe field.count >= 2 && field[0] == quote
  }

  /// Whether quotes stand for themselves in what is between the quotes, doubled.
  static func hasDoubled(_ inner: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe inner.contains(quote)
  }

  /// Writes each doubled quote as one; there must be room for all of `inner`.
  static func write(
    _ inner: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    var count = 0
    var at = 0
    while at < inner.count {
      let byte = unsafe inner[at]
      unsafe target[count] = byte
      count += 1
      at += byte == quote ? 2 : 1
    }
    return unsafe UnsafeBufferPointer(start: target, count: count)
  }
}

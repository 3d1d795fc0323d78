import BillingModel

/// Finds the billing months that free text names: `2026-04`, `2026/4`, `2026.04`, `2026年4月`.
/// A full date (`2026-04-15`, `2026年4月15日`) is a day, not a month, and is passed over.
enum RemarkPeriod {
  /// The months named, sorted, each once.
  static func periods(in remark: Text) -> [BillingPeriod] {
    let scalars = Array(remark.string.unicodeScalars)
    let starts = scalars.indices.filter { $0 == 0 || !scalars[$0 - 1].isDigit }
    return Set(starts.compactMap { period(at: $0, of: scalars) }).sorted()
  }

  private static func period(at start: Int, of text: [Unicode.Scalar]) -> BillingPeriod? {
    var cursor = Cursor(text: text, at: start)
    guard let year = cursor.number(digits: 4...4), (2000...2999).contains(year),
      let separator = cursor.separator(),
      let month = cursor.number(digits: 1...2), !cursor.isFullDate(after: separator)
    else { return nil }
    return BillingPeriod(year: year, month: month)
  }

  private struct Cursor {
    let text: [Unicode.Scalar]
    var at: Int

    /// All digits from here, if there are as many as allowed.
    mutating func number(digits: ClosedRange<Int>) -> Int? {
      let run = text[at...].prefix { $0.isDigit }
      guard digits.contains(run.count) else { return nil }
      at += run.count
      return run.reduce(0) { $0 * 10 + Int($1.value - 48) }
    }

    mutating func separator() -> Unicode.Scalar? {
      guard at < text.count, "-/.年".unicodeScalars.contains(text[at]) else { return nil }
      at += 1
      return text[at - 1]
    }

    /// True if a day follows the month, or if `年` is not closed by `月`.
    func isFullDate(after separator: Unicode.Scalar) -> Bool {
      guard at < text.count else { return separator == "年" }
      let isNumberNext = at + 1 < text.count && text[at + 1].isDigit
      guard separator == "年" else { return text[at] == separator && isNumberNext }
      guard text[at] == "月" else { return true }
      return isNumberNext && text[(at + 1)...].drop { $0.isDigit }.first == "日"
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

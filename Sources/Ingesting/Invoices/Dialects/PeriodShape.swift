package import BillingModel

/// How a month is written in free text: `YYYY-MM`, `YYYY年M月`, `MM/YYYY`. `YYYY` is four digits, `MM`
/// two, `M` one or two; everything else stands for itself. Digits beside it make it another number.
package struct PeriodShape: Hashable, Sendable {
  private enum Part: Hashable { case year, twoDigitMonth, month, literal(UInt8) }

  package let spelling: Text
  private let parts: [Part]

  /// Reads a shape; nil unless it has one year and one month.
  package init?(_ spelling: String) {
    var parts: [Part] = []
    var rest = Array(spelling.utf8)[...]
    while let first = rest.first {
      let (part, length): (Part, Int) =
        if rest.starts(with: "YYYY".utf8) {
          (.year, 4)
        } else if rest.starts(with: "MM".utf8) {
          (.twoDigitMonth, 2)
        } else if first == UInt8(ascii: "M") {
          (.month, 1)
        } else {
          (.literal(first), 1)
        }
      parts.append(part)
      rest = rest.dropFirst(length)
    }
    guard parts.count(where: { $0 == .year }) == 1,
      parts.count(where: { $0 == .month || $0 == .twoDigitMonth }) == 1
    else { return nil }
    self.spelling = Text(spelling)
    self.parts = parts
  }

  /// The first month in a text that is written so.
  func firstPeriod(in text: Text) -> BillingPeriod? {
    let bytes = Array(text.string.utf8)
    return bytes.indices.lazy.filter { $0 == 0 || !bytes[$0 - 1].isDigit }
      .compactMap { period(in: bytes[$0...]) }.first
  }

  private func period(in text: ArraySlice<UInt8>) -> BillingPeriod? {
    var rest = text
    var year = 0
    var month = 0
    for part in parts {
      switch part {
      case .year: year = Self.number(&rest, 4...4) ?? 0
      case .twoDigitMonth: month = Self.number(&rest, 2...2) ?? 0
      case .month: month = Self.number(&rest, 1...2) ?? 0
      case .literal(let byte):
        guard rest.first == byte else { return nil }
        rest = rest.dropFirst()
      }
    }
    if let next = rest.first, next.isDigit { return nil }
    // `2026-05-19` is a day, not a month.
    if let mark = rest.first, "-/.".utf8.contains(mark), rest.dropFirst().first?.isDigit == true {
      return nil
    }
    return BillingPeriod(year: year, month: month)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, _ length: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix(length.upperBound).prefix { $0.isDigit }
    guard length.contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return Int(String(decoding: digits, as: UTF8.self))
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}

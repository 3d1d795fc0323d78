/// A calendar month in UTC: the billing period of an export, never derived from usage dates.
package struct BillingPeriod: Hashable, Comparable, Sendable {
  /// Months since year 0.
  package let index: Int

  init(index: Int) { self.index = index }

  package init?(year: Int, month: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    self.index = year * 12 + month - 1
  }

  /// Reads `YYYY-MM`.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"),
      let year = Day.digits(bytes[0..<4]), let month = Day.digits(bytes[5..<7])
    else { return nil }
    self.init(year: year, month: month)
  }

  package var year: Int { index / 12 }
  package var month: Int { index % 12 + 1 }

  package var firstDay: Day { Day(civilYear: year, month: month, day: 1) }
  /// The first day that is no longer in the period.
  package var end: Day { next.firstDay }
  package var lastDay: Day { end.advanced(by: -1) }
  package var dayCount: Int { firstDay.distance(to: end) }
  package var hourCount: Int { dayCount * 24 }
  package var next: BillingPeriod { BillingPeriod(index: index + 1) }
  package var previous: BillingPeriod { BillingPeriod(index: index - 1) }

  package func contains(_ day: Day) -> Bool { day >= firstDay && day < end }
  package static func < (a: BillingPeriod, b: BillingPeriod) -> Bool { a.index < b.index }
}

extension BillingPeriod: CustomStringConvertible {
  package var description: String { "\(padded(year, 4))-\(padded(month, 2))" }
}

extension BillingPeriod: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let period = BillingPeriod(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a billing period: \(text)")
    }
    self = period
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

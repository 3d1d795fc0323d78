/// A point in time to the second, in UTC.
package struct Moment: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let seconds: Int

  package init(seconds: Int) { self.seconds = seconds }
  package init(_ day: Day) { self.seconds = day.number * 86_400 }

  /// Reads the spellings that exports use: `2026-05-01T00:00:00.000Z`, `2026-05-01T00:00:00Z`,
  /// `2026-05-01 00:00:00`, `20260501T000000.000Z` and a bare `2026-05-01`. Without a zone it is UTC;
  /// an offset `+08:00` is applied. A leap second counts as the second before it. What an offset moves
  /// out of the years 1 to 9999 is no moment: no day and no period could name it.
  package init?(_ text: some StringProtocol) {
    self.init(bytes: Array(text.utf8))
  }

  package init?(bytes: [UInt8]) {
    var bytes = bytes
    if bytes.count >= 15, bytes[8] == UInt8(ascii: "T") { bytes = Self.expanded(bytes) }
    guard bytes.count >= 10, let day = Day(String(decoding: bytes[..<10], as: UTF8.self))
    else { return nil }
    guard bytes.count > 10 else {
      self.init(day)
      return
    }
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = Day.digits(bytes[11..<13]), let minute = Day.digits(bytes[14..<16]),
      let second = Day.digits(bytes[17..<19]), hour < 24, minute < 60, second <= 60,
      let offset = Self.offset(bytes[19...])
    else { return nil }
    let timeOfDay = hour * 3600 + minute * 60 + min(second, 59)
    self.init(seconds: day.number * 86_400 + timeOfDay - offset)
    guard (1...9999).contains(self.day.civil.year) else { return nil }
  }

  /// `20191201T000000.000Z` → `2019-12-01T00:00:00.000Z`.
  private static func expanded(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for (at, mark) in [(4, "-"), (7, "-"), (13, ":"), (16, ":")] {
      result.insert(contentsOf: mark.utf8, at: at)
    }
    return result
  }

  /// Seconds east of UTC in the rest of a timestamp: an optional fraction and an optional zone.
  private static func offset(_ rest: ArraySlice<UInt8>) -> Int? {
    var rest = rest
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0 &- UInt8(ascii: "0") < 10 }
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
    }
    guard let sign = rest.first else { return 0 }
    let zone = Array(rest.dropFirst())
    if sign == UInt8(ascii: "Z") { return zone.isEmpty ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), zone.count == 5,
      zone[2] == UInt8(ascii: ":"), let hours = Day.digits(zone[0..<2]),
      let minutes = Day.digits(zone[3..<5]), hours < 24, minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }

  package static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }

  package var day: Day {
    Day(number: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
  }
}

extension Moment: CustomStringConvertible {
  package var description: String {
    let second = seconds - day.number * 86_400
    return
      "\(day)T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))Z"
  }
}

extension Moment: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(seconds: try decoder.singleValueContainer().decode(Int.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(seconds)
  }
}

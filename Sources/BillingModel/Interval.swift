/// A time interval as CUR writes it, `2026-05-01T00:00:00Z/2026-05-02T00:00:00Z`, the end excluded.
package struct Interval: Hashable, Sendable {
  package var start: Moment
  package var end: Moment

  /// Nil where the text is no interval.
  package init?(bytes: [UInt8]) {
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Moment(bytes: Array(parts[0])),
      let end = Moment(bytes: Array(parts[1]))
    else { return nil }
    self.start = start
    self.end = end
  }

  /// Whether it is one whole hour, day or month of UTC, which are the granularities of AWS's reports.
  package var isGrain: Bool {
    let width = end.seconds - start.seconds
    if width == Self.hour { return start.seconds % Self.hour == 0 }
    guard start == Moment(start.day) else { return false }
    let period = start.day.period
    return width == 24 * Self.hour
      || start.day == period.firstDay && width == period.hourCount * Self.hour
  }

  /// Whether it takes time, and no more than an hour.
  package var isHour: Bool { (1...Self.hour).contains(end.seconds - start.seconds) }

  /// Whether it is longer than a day.
  package var isLong: Bool { end.seconds - start.seconds > 24 * Self.hour }

  private static let hour = 3600
}

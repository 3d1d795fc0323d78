import Synchronization

/// The days of the run on which an answer stays what it is.
package struct DaySpan: Hashable, Sendable, Codable {
  /// The first of them; absent if every earlier day answers alike.
  package private(set) var first: Day?
  /// The first later day that may answer otherwise; absent if none does.
  package private(set) var end: Day?

  package init(first: Day? = nil, end: Day? = nil) {
    self.first = first
    self.end = end
  }

  package static let always = DaySpan()

  package func contains(_ day: Day) -> Bool {
    (first.map { $0 <= day } ?? true) && (end.map { day < $0 } ?? true)
  }

  package mutating func narrow(to other: DaySpan) {
    first = [first, other.first].compactMap { $0 }.max()
    end = [end, other.end].compactMap { $0 }.min()
  }
}

/// The day of the run, which can only be asked in ways that say how long the answer holds.
///
/// What was judged need not be judged again on another day of its ``span``. No rule can forget to name a
/// day on which it changes its mind: the day itself is not to be had without narrowing the span to it.
package final class RunDay: Sendable {
  private let today: Day
  private let asked = Mutex(DaySpan.always)

  package init(_ day: Day) { today = day }

  /// The days on which all that was asked so far has the same answers.
  package var span: DaySpan { asked.withLock { $0 } }

  package func isOnOrAfter(_ day: Day) -> Bool {
    let isReached = today >= day
    narrow(to: isReached ? DaySpan(first: day) : DaySpan(end: day))
    return isReached
  }

  package func isBefore(_ day: Day) -> Bool { !isOnOrAfter(day) }

  /// The month before that of the run.
  package var previousPeriod: BillingPeriod {
    let month = today.period
    narrow(to: DaySpan(first: month.firstDay, end: month.end))
    return month.previous
  }

  /// The day itself: tomorrow the answer is another one.
  package var day: Day {
    narrow(to: DaySpan(first: today, end: today.advanced(by: 1)))
    return today
  }

  /// The day itself, for what the ledger keeps from this run on: tomorrow that record gives the same answer,
  /// and nothing depends on the day any more.
  package var dayToRecord: Day { today }

  /// The same day, of which nothing was asked yet.
  package var anew: RunDay { RunDay(today) }

  private func narrow(to span: DaySpan) { asked.withLock { $0.narrow(to: span) } }
}

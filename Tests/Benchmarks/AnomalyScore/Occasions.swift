import BillingModel

/// The days on which the made companies behave in another way. Written down here by themselves, so that the
/// calendars that ship are not what they are measured with.
enum Occasions {
  private static let holidays = [
    ("2025-01-01", 1), ("2025-01-28", 8), ("2025-04-04", 3), ("2025-05-01", 5), ("2025-05-31", 3),
    ("2025-10-01", 8), ("2026-01-01", 3), ("2026-02-15", 9), ("2026-04-04", 3), ("2026-05-01", 5),
    ("2026-06-19", 3), ("2026-09-25", 3), ("2026-10-01", 7),
  ]
  private static let workdays = [
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04",
    "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
  ]
  private static let shopping = [
    ("2025-06-16", 3), ("2025-11-10", 2), ("2025-11-28", 4), ("2025-12-12", 1), ("2026-06-16", 3),
    ("2026-11-10", 2), ("2026-11-27", 4), ("2026-12-12", 1),
  ]

  static let calendar: EventCalendar = {
    var calendar = EventCalendar()
    func add(_ text: String, _ count: Int, _ occasion: DayOccasion) {
      guard let first = Day(text) else { return }
      for offset in 0..<count {
        calendar.add(EventCalendar.Entry(occasion, ""), on: first.advanced(by: offset))
      }
    }
    for (day, count) in holidays { add(day, count, .holiday) }
    for day in workdays { add(day, 1, .workday) }
    for (day, count) in shopping { add(day, count, .shopping) }
    return calendar
  }()
}

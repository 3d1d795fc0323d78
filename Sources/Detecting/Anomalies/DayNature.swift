import BillingModel

/// Why a day may differ from others of its weekday: the calendar, and the edges of the month.
struct DayNature {
  /// The place at an edge: 1, 2 … from the start of the month, −1, −2 … from its end; 0 elsewhere.
  let edge: Int
  let isHoliday: Bool
  let isWorkday: Bool
  let isShopping: Bool
  /// A holiday or a shopping day is next to it.
  let isBeside: Bool

  init(_ day: Day, _ calendar: EventCalendar, _ settings: AnomalySettings) {
    let fromStart = day.period.firstDay.distance(to: day) + 1
    let fromEnd = day.distance(to: day.period.end)
    edge =
      fromStart <= settings.edgeDays ? fromStart : fromEnd <= settings.edgeDays ? -fromEnd : 0
    let occasions = calendar[day]
    isHoliday = occasions.contains(.holiday)
    isWorkday = occasions.contains(.workday)
    isShopping = occasions.contains(.shopping)
    isBeside =
      occasions.isEmpty
      && [-1, 1].contains {
        !calendar[day.advanced(by: $0)].isDisjoint(with: [.holiday, .shopping])
      }
  }

  /// Nothing can be learned from it for other days.
  var isOrdinary: Bool { edge == 0 && !hasOccasion && !isBeside }

  /// The calendar names it.
  var hasOccasion: Bool { isHoliday || isWorkday || isShopping }

  /// The calendar says something of both that is the same.
  func sharesOccasion(with other: DayNature) -> Bool {
    isHoliday && other.isHoliday || isWorkday && other.isWorkday || isShopping && other.isShopping
  }

  /// The day at the same place of the month so many months before.
  static func counterpart(of day: Day, edge: Int, months: Int) -> Day {
    var period = day.period
    for _ in 0..<months { period = period.previous }
    return edge > 0 ? period.firstDay.advanced(by: edge - 1) : period.end.advanced(by: edge)
  }
}

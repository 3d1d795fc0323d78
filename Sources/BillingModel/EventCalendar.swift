/// What a day is beside its weekday, by a calendar that the definition names.
package enum DayOccasion: String, Hashable, Sendable, CaseIterable, Codable {
  /// Offices are closed: spending may be that of an ordinary day, of a day off, or of earlier holidays.
  case holiday
  /// A weekend day on which offices work, to make up for a holiday.
  case workday
  /// Days on which shops sell more than usual.
  case shopping
}

/// Days that are not like the others of their weekday. Calendars move, so they are data.
package struct EventCalendar: Hashable, Sendable {
  /// What the calendar says of one day.
  package struct Entry: Hashable, Sendable {
    package var occasion: DayOccasion
    package var name: Text

    package init(_ occasion: DayOccasion, _ name: Text) {
      self.occasion = occasion
      self.name = name
    }
  }

  /// By day; several calendars may speak of one.
  package private(set) var entries: [Day: [Entry]] = [:]

  package init() {}

  package mutating func add(_ entry: Entry, on day: Day) {
    if entries[day]?.contains(entry) != true { entries[day, default: []].append(entry) }
  }

  package subscript(day: Day) -> Set<DayOccasion> {
    Set((entries[day] ?? []).map(\.occasion))
  }
}

import BillingModel

/// A day as spreadsheets write it after they took a text for a date.
enum SpreadsheetDay {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Every day that the text can mean: one where it is clear, two where day and month could be
  /// exchanged, none where it is no date. A time of midnight is passed over.
  static func readings(of text: String) -> Set<Day> {
    let parts = parts(of: text)
    guard parts.count == 3 else { return [] }
    if let month = months.firstIndex(where: { parts[1].lowercased().hasPrefix($0) }) {
      let isYearFirst = parts[0].utf8.count == 4
      return days([(parts[isYearFirst ? 0 : 2], month + 1, parts[isYearFirst ? 2 : 0])])
    }
    guard let second = Int(parts[1]) else { return [] }
    if parts[0].utf8.count == 4 { return days([(parts[0], second, parts[2])]) }
    guard let first = Int(parts[0]) else { return [] }
    if text.contains(".") { return days([(parts[2], second, parts[0])]) }
    var found = days([(parts[2], first, parts[1]), (parts[2], second, parts[0])])
    // `26/11/30`: some countries put a short year first.
    if parts[2].utf8.count == 2 { found.formUnion(days([(parts[0], second, parts[2])])) }
    return found
  }

  /// The day of this century that a bare number counts, as a cell shows it that lost its format.
  ///
  /// Spreadsheets count from 1899-12-30 (ECMA-376 part 1, 18.17.4.1), but some files from 1904-01-01: a number
  /// is a hint, and no reading.
  static func counted(_ text: String) -> Day? {
    guard let number = Int(text), (36_526...73_050).contains(number) else { return nil }
    return Day(year: 2000, month: 1, day: 1)?.advanced(by: number - 36_526)
  }

  private static func parts(of text: String) -> [String] {
    let folded = text.map { "年月/.-".contains($0) ? " " : $0 }.filter { $0 != "日" }
    var parts = String(folded).split(whereSeparator: { $0 == " " || $0 == "T" }).map { String($0) }
    if parts.count > 3, parts.dropFirst(3).allSatisfy({ $0.allSatisfy { "0:Z".contains($0) } }) {
      parts.removeSubrange(3...)
    }
    return parts
  }

  private static func days(_ candidates: [(year: String, month: Int, day: String)]) -> Set<Day> {
    Set(
      candidates.compactMap { year, month, day in
        guard let number = Int(year), let day = Int(day), [2, 4].contains(year.utf8.count)
        else { return nil }
        return Day(year: year.utf8.count == 2 ? 2000 + number : number, month: month, day: day)
      })
  }
}

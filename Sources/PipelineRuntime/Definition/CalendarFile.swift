import BillingModel

/// Reads a calendar: a CSV table of days, or of runs of days, that are not like the others.
///
/// Its columns are `From`, `To` (empty for one day), `Occasion` (`holiday`, `workday`, `shopping`) and `Name`.
struct CalendarFile {
  static let columns = ["From", "To", "Occasion", "Name"]
  /// No holiday is longer; a slip of a year in a date is.
  private static let longest = 60

  let file: String
  let mistakes: Mistakes

  func read(_ bytes: [UInt8], into calendar: inout EventCalendar) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let records: [[CSVField]]
    do {
      var table = try CSVText(text)
      records = try table.records()
    } catch {
      return mistake(error.message, error.line, error.column)
    }
    guard let header = records.first, header.map(\.text) == Self.columns else {
      return mistake("the header must be \(Self.columns.joined(separator: ","))", 1, 1)
    }
    for record in records.dropFirst() { read(record, into: &calendar) }
  }

  private func read(_ record: [CSVField], into calendar: inout EventCalendar) {
    guard record.count == Self.columns.count else {
      let place = record[min(Self.columns.count, record.count - 1)]
      return mistake(
        "\(record.count) cells where the header has \(Self.columns.count)", place.line, place.column
      )
    }
    let words = DayOccasion.allCases.map(\.rawValue)
    guard let occasion = DayOccasion(rawValue: record[2].text) else {
      return mistake(
        "unknown occasion \"\(record[2].text)\""
          + NearestWord.hint(record[2].text, among: words), record[2].line, record[2].column)
    }
    guard let first = day(record[0]),
      let last = record[1].text.isEmpty ? first : day(record[1])
    else { return }
    guard first <= last, first.distance(to: last) < Self.longest else {
      return mistake(
        "a run of days from \(first) to \(last): expected 1 to \(Self.longest) days",
        record[1].line, record[1].column)
    }
    for offset in 0...first.distance(to: last) {
      calendar.add(
        EventCalendar.Entry(occasion, Text(record[3].text)), on: first.advanced(by: offset))
    }
  }

  private func day(_ field: CSVField) -> Day? {
    if let day = Day(field.text) { return day }
    mistake("expected a day as YYYY-MM-DD, not \"\(field.text)\"", field.line, field.column)
    return nil
  }

  private func mistake(_ message: String, _ line: Int, _ column: Int) {
    mistakes.add(DefinitionMistake(file: file, line: line, column: column, message: message))
  }
}

import BillingModel
import Reporting

/// What one cell of a review says, beside what the document showed there.
enum ReviewCell: Hashable {
  /// What was shown, or the same after a spreadsheet wrote it its own way.
  case same
  case status(FindingStatus)
  case day(Day?)
  case text(Text)
  /// Damaged, or not in the column's vocabulary.
  case refused(code: Text, message: String)

  init(_ column: ReviewColumn, _ raw: String, shown: ReviewCells) {
    switch column {
    case .status: self = Self.status(raw, shown: shown.status)
    case .reviewUntil: self = Self.day(raw, shown: shown.until)
    case .owner, .reviewer, .reviewNote:
      self = Self.text(raw, shown: shown[column], isName: column != .reviewNote)
    }
  }

  var isSame: Bool { self == .same }

  /// What an edit puts into the cell; nil where it is none.
  var value: Text? {
    switch self {
    case .status(let status): Text(status.rawValue)
    case .day(let day): Text(day?.description ?? "")
    case .text(let text): text
    case .same, .refused: nil
    }
  }

  // MARK: Status

  private static func status(_ raw: String, shown: FindingStatus) -> ReviewCell {
    let typed = ReviewSheet.trimmed(raw)
    let word = typed.lowercased()
    // Only a run makes a finding resolved.
    let words = FindingStatus.allCases.filter { $0 != .resolved }.map(\.rawValue)
    guard let status = FindingStatus(rawValue: word) else {
      let hint = NearestWord.to(word, among: words).map { "did you mean \($0)? It" } ?? "it"
      return .refused(
        code: "UnknownStatus",
        message: "\"\(typed)\" is no status: \(hint) is one of \(words.joined(separator: ", "))")
    }
    return status == shown ? .same : .status(status)
  }

  // MARK: Days

  private static func day(_ raw: String, shown: Day?) -> ReviewCell {
    let text = ReviewSheet.trimmed(raw)
    if text.isEmpty { return shown == nil ? .same : .day(nil) }
    let readings = SpreadsheetDay.readings(of: text)
    if let shown, readings.contains(shown) { return .same }
    guard let day = readings.first else {
      let hint = SpreadsheetDay.counted(text).map {
        " but the number by which spreadsheets count \($0), if its file counts from 1900"
      }
      return .refused(
        code: "NotADay",
        message: "\"\(text)\" is no day\(hint ?? ""): write it as YYYY-MM-DD in a text cell")
    }
    guard readings.count == 1 else {
      let days = readings.sorted().map(\.description).joined(separator: " or ")
      return .refused(
        code: "AmbiguousDay", message: "\"\(text)\" may be \(days): write it as YYYY-MM-DD")
    }
    return .day(day)
  }

  // MARK: Texts

  private static func text(_ raw: String, shown: Text, isName: Bool) -> ReviewCell {
    let text = Text(ReviewSheet.trimmed(raw.replacing("\r\n", with: "\n")))
    let plain = Text(ReviewSheet.trimmed(SpreadsheetSafety.strip(text).string))
    let known = ReviewSheet.trimmed(shown.string.replacing("\r\n", with: "\n"))
    // Some programs take the guarding apostrophe off, others leave it.
    if plain == Text(known) || text == Text(known) { return .same }
    if let (code, message) = damage(plain.string, of: shown.string, isName: isName) {
      return .refused(code: code, message: message)
    }
    return .text(plain)
  }

  /// What a spreadsheet leaves where it did not keep a text.
  private static func damage(
    _ text: String, of shown: String, isName: Bool
  ) -> (Text, String)? {
    if isErrorValue(text) {
      return ("SpreadsheetError", "the spreadsheet made \(text) of it: write it as text")
    }
    if text.contains("\u{FFFD}") || isShown(shown, withLostCharacters: text)
      || isMostlyLost(text)
    {
      return (
        "LostCharacters", "characters were lost in the file's encoding: save it as \"CSV UTF-8\""
      )
    }
    if isExponent(text) {
      return (
        "ShortenedNumber",
        "the spreadsheet shortened a number to \(text): write it in a cell of the format text"
      )
    }
    if isName, !shown.isEmpty, shown.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      shown.drop(while: { $0 == "0" }) == text
    {
      return (
        "DroppedZeros", "the spreadsheet took the zeros off \(shown): keep the cell a text"
      )
    }
    if isName, isMadeADay(text) {
      return (
        "MadeADay", "the spreadsheet made the day \(text) of a name: write it in a text cell"
      )
    }
    return nil
  }

  private static func isErrorValue(_ text: String) -> Bool {
    let errors = ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"]
    return errors.contains(text.uppercased()) || text.uppercased().hasPrefix("ERR:")
      || (text.utf8.count > 1 && text.utf8.allSatisfy { $0 == UInt8(ascii: "#") })
  }

  /// True where the text is what was shown, but for question marks in the place of other characters.
  private static func isShown(_ shown: String, withLostCharacters text: String) -> Bool {
    let (a, b) = (Array(shown.unicodeScalars), Array(text.unicodeScalars))
    guard a.count == b.count, a != b else { return false }
    return zip(a, b).allSatisfy { $0 == $1 || ($1 == "?" && !$0.isASCII) }
  }

  /// Names and sentences in another script than the code page has: nothing but question marks is left.
  private static func isMostlyLost(_ text: String) -> Bool {
    let letters = text.unicodeScalars.filter { !$0.properties.isWhitespace }
    let marks = letters.count { $0 == "?" }
    return marks > 0 && marks * 2 > letters.count
  }

  private static func isExponent(_ text: String) -> Bool {
    text.wholeMatch(of: /[+-]?[0-9]([.,][0-9]+)?[eE][+-]?[0-9]+/) != nil
  }

  private static func isMadeADay(_ text: String) -> Bool {
    text.wholeMatch(of: /[0-9]{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-[0-9]{2}|[0-9]{1,2}月[0-9]{1,2}日/)
      != nil
  }
}

import BillingModel
import ByteStreaming

/// An `anomalies.csv` that a reviewer saved and dropped into the inbox, whatever the spreadsheet made of
/// its encoding, separators, line ends and the order of its rows and columns.
struct ReviewSheet: Sendable {
  struct Row: Sendable {
    /// The CSV record; 1 is the first after the header.
    var record: Int
    var line: Int
    /// As it stands.
    var findingID: String
    /// Absent where the file has lost the column.
    var explanation: String?
    /// What it shows as at stake; absent where the file has lost the column.
    var amount: String?
    /// What stands in the columns that the file has.
    var cells: [ReviewColumn: String]
    /// True where the row has more cells than the header: what follows the surplus cannot be told.
    var isTorn: Bool
  }

  struct Fault: Error {
    var code: Text
    var message: String
  }

  /// What documents call it.
  static let kind: Text = "review"
  static let sizeLimit = 64 << 20
  private static let idColumn = "FindingId"
  private static let explanationColumn = "Explanation"
  private static let amountColumn = "AmountAtStake"
  private static let separators: [Unicode.Scalar] = [",", ";", "\t"]

  let rows: [Row]

  private static let decisionColumns: [ReviewColumn] = [.reviewer, .reviewUntil, .reviewNote]

  /// True where the first line of a head names the columns by which a review is told from all else,
  /// in any encoding that leaves ASCII letters be.
  static func looksLike(_ head: [UInt8]) -> Bool { lacking(headerNames(head)).isEmpty }

  /// What a table lacks to be a review that otherwise looks like one; nil for any other.
  static func lacking(ofHead head: [UInt8]) -> String? {
    let names = headerNames(head)
    let lacking = lacking(names)
    let isAlike = names.contains(idColumn.lowercased()) || lacking == ["the column \(idColumn)"]
    guard isAlike, !lacking.isEmpty else { return nil }
    return "it lacks \(lacking.joined(separator: " and "))"
  }

  private static func lacking(_ names: Set<String>) -> [String] {
    let others = decisionColumns.map(\.rawValue)
    let isDecided = others.contains { names.contains($0.lowercased()) }
    let own = [idColumn, ReviewColumn.status.rawValue].filter { !names.contains($0.lowercased()) }
    return own.map { "the column \($0)" }
      + (isDecided ? [] : ["any of the columns \(others.joined(separator: ", "))"])
  }

  /// The words of the header, in small letters.
  private static func headerNames(_ head: [UInt8]) -> Set<String> {
    let ascii = head.prefix(1 << 16).filter { $0 != 0 }
    let isLetter = { (byte: UInt8) in byte & 0xDF >= 0x41 && byte & 0xDF <= 0x5A }
    let lines = ascii.split(maxSplits: 2, omittingEmptySubsequences: true) {
      $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
    }.map { line in
      // A byte-order mark or a quote may stand before the first word.
      String(decoding: line.drop { !isLetter($0) }, as: UTF8.self).lowercased()
    }
    let header = lines.first?.hasPrefix("sep=") ?? false ? lines.dropFirst().first : lines.first
    return Set(
      (header ?? "").utf8.split { !isLetter($0) }.map { String(decoding: $0, as: UTF8.self) })
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    var text = try Self.text(bytes)
    // What Excel writes to say which separator follows.
    var stated: Unicode.Scalar?
    if let line = text.split(whereSeparator: \.isNewline).first {
      let words = line.filter { $0 != "\"" }.unicodeScalars
      if words.count == 5, String(words.prefix(4)).lowercased() == "sep=" { stated = words.last }
    }
    if stated != nil, let line = text.split(whereSeparator: \.isNewline).first {
      // The line stays, so that lines keep their numbers.
      text.removeSubrange(text.startIndex..<line.endIndex)
    }
    let separator = stated ?? Self.separator(of: text)
    var table = CSVText(text, separator: separator)
    let records: [[CSVField]]
    do throws(CSVText.Fault) {
      records = try table.records()
    } catch {
      throw Fault(
        code: "NotATable",
        message: "line \(error.line): \(error.message); save it as CSV again and drop it in")
    }
    rows = try Self.rows(records)
  }

  private static func text(_ bytes: [UInt8]) throws(Fault) -> String {
    do throws(PlainText.Fault) {
      return try PlainText.decode(bytes)
    } catch {
      let saying =
        switch error {
        case .damaged(let encoding): "it holds bytes that are not \(encoding)"
        case .undecided: "it is not UTF-8, and nothing tells which other encoding it is in"
        }
      throw Fault(code: "UnknownEncoding", message: "\(saying): save it as \"CSV UTF-8\"")
    }
  }

  /// The one that stands in the header most often.
  private static func separator(of text: String) -> Unicode.Scalar {
    let header = text.split(whereSeparator: \.isNewline).first?.unicodeScalars
    let counts = separators.map { separator in header?.count { $0 == separator } ?? 0 }
    let best = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    return separators[best]
  }

  private static func rows(_ records: [[CSVField]]) throws(Fault) -> [Row] {
    guard let header = records.first else {
      throw Fault(code: "NotATable", message: "it holds no header")
    }
    let names = header.map { trimmed($0.text) }
    func place(_ name: String) throws(Fault) -> Int? {
      let places = names.indices.filter { names[$0].lowercased() == name.lowercased() }
      guard places.count <= 1 else {
        throw Fault(
          code: "DoubleColumn",
          message: "the column \(name) stands \(places.count) times in the header: keep one")
      }
      return places.first
    }
    guard let id = try place(idColumn) else {
      throw Fault(code: "NoFindingId", message: "it has no column FindingId: keep that column")
    }
    let explanation = try place(explanationColumn)
    let amount = try place(amountColumn)
    var columns: [(ReviewColumn, Int)] = []
    for column in ReviewColumn.allCases {
      if let index = try place(column.rawValue) { columns.append((column, index)) }
    }
    return records.dropFirst().enumerated().compactMap { offset, fields in
      guard fields.contains(where: { !trimmed($0.text).isEmpty }) else { return nil }
      let surplus = fields.dropFirst(names.count).contains { !trimmed($0.text).isEmpty }
      // A row that ends early says nothing of the columns that it lacks.
      let cells = columns.filter { $0.1 < fields.count }.map { ($0.0, fields[$0.1].text) }
      let findingID = id < fields.count ? fields[id].text : ""
      // Such as a total below the table.
      if ReviewNight.findingID(findingID) == nil, cells.allSatisfy({ trimmed($0.1).isEmpty }) {
        return nil
      }
      return Row(
        record: offset + 1, line: fields[0].line,
        findingID: findingID,
        explanation: explanation.flatMap { $0 < fields.count ? fields[$0].text : nil },
        amount: amount.flatMap { $0 < fields.count ? fields[$0].text : nil },
        cells: Dictionary(uniqueKeysWithValues: cells), isTorn: surplus)
    }
  }

  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isBlank = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || scalar == "\u{FEFF}"
    }
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}

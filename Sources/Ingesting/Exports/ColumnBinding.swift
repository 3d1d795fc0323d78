import BillingModel
import ByteStreaming
import Tabulating

/// Which columns of one file hold which fields: bound by name, for each file anew, since a header
/// changes from month to month and from chunk to chunk.
struct ColumnBinding {
  let format: ExportFormat
  let columns: [String]
  private let exact: [String: Int]
  private let folded: [String: [Int]]

  init(_ header: [[UInt8]], _ file: ExportFile) throws(ExportFault) {
    columns = header.map { Text(decoding: $0).string }
    guard let format = ExportHeader.format(of: columns) else {
      throw ExportFault(
        code: "UnknownHeader",
        message: """
          \(file.name): the header is that of no cost export known here (CUR, CUR 2.0, FOCUS 1.0 and \
          1.2): deliver the export with its header
          """)
    }
    self.format = format
    var exact: [String: Int] = [:]
    var folded: [String: [Int]] = [:]
    for (index, column) in columns.enumerated() {
      if exact.updateValue(index, forKey: column) != nil {
        throw ExportFault(
          code: "DuplicateColumn",
          message:
            "\(file.name): the column \(column) stands twice in the header: keep one of them",
          column: Text(column))
      }
      folded[column.lowercased(), default: []].append(index)
    }
    self.exact = exact
    self.folded = folded
    for field in ColumnCatalog.needed where sources(field).isEmpty {
      throw missing(ColumnCatalog.names(field, format)[0], file)
    }
  }

  private func missing(_ name: String, _ file: ExportFile) -> ExportFault {
    let nearest = NearestName.of(name, among: columns).map { " (the nearest is \($0))" } ?? ""
    return ExportFault(
      code: "MissingColumn",
      message: """
        \(file.name): the column \(name) is missing\(nearest): add it to the columns of the export \
        and deliver it again
        """, column: Text(name))
  }

  /// The ordinal of a column by its name; in other case only where that is not ambiguous.
  func column(_ name: String) -> Int? {
    if let index = exact[name] { return index }
    guard let found = folded[name.lowercased()], found.count == 1 else { return nil }
    return found[0]
  }

  func sources(_ field: Field) -> [TableSource] {
    if field == .tags { return tagColumns.isEmpty ? [] : [.raw] }
    return ColumnCatalog.names(field, format).compactMap(source)
  }

  /// The columns that hold tags.
  private var tagColumns: [Int] {
    columns.indices.filter { ColumnCatalog.isTag(columns[$0], format) }
  }

  /// What the record of the tag columns is made of.
  var tagSignature: [UInt8] { TagRecord.signature(tagColumns.map { columns[$0] }, format) }

  /// A column by name, or `map{member}`.
  func source(_ name: String) -> TableSource? {
    guard let brace = name.firstIndex(of: "{") else { return column(name).map { .column($0) } }
    let member = Array(name[name.index(after: brace)...].dropLast().utf8)
    return column(String(name[..<brace])).map { .member($0, member) }
  }

  /// The layout for a query whose slots are the fields, then `further` columns by their own names.
  func layout(_ screens: [Screen], further: [String?] = []) -> TableLayout {
    let isFocus = format == .focus10 || format == .focus12
    return TableLayout(
      columns: columns.count,
      slots: Field.allCases.map(sources)
        + further.map { $0.flatMap(source).map { [$0] } ?? [] },
      raw: Self.runs(tagColumns), signature: tagSignature,
      absent: isFocus ? Array("NULL".utf8) : nil,
      silenced: Set(screens.indices.filter { !missingFields(screens[$0]).isEmpty }))
  }

  /// The fields that a screen needs and the file does not have.
  func missingFields(_ screen: Screen) -> [Field] {
    screen.neededFields.filter { field in
      sources(field).isEmpty && !(format == .legacy && isNowhereNeeded(field))
    }
  }

  /// Whether no line has the field, as its column or that of what it comes with is missing.
  private func isNowhereNeeded(_ field: Field) -> Bool {
    ColumnCatalog.asNeeded.contains(field)
      || ColumnCatalog.companions.contains { $1.contains(field) && sources($0).isEmpty }
  }

  /// Neighbouring columns as ranges.
  private static func runs(_ columns: [Int]) -> [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    for column in columns {
      if let last = result.last, last.upperBound + 1 == column {
        result[result.count - 1] = last.lowerBound...column
      } else {
        result.append(column...column)
      }
    }
    return result
  }
}

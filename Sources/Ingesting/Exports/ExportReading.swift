import BillingModel
import ByteStreaming
import ExactNumbers
import Tabulating

/// A file that was read to its end, with what is needed to describe what was found in it.
struct ReadFile: Sendable {
  let file: ExportFile
  let binding: ColumnBinding
  var notes: [String]
}

/// Faults of a file in the words of a person who has to mend it.
enum ExportReading {
  /// Of all rows of a file, at most one in this many may be rejected, once ten are.
  private static let rejectShare = 100
  private static let rejectFloor = 10
  private static let shownRejects = 1000

  static func header(
    _ reader: inout CSVReader, _ source: inout ByteSource, _ file: ExportFile
  ) throws(ExportFault) -> [[UInt8]] {
    let header: [[UInt8]]?
    do throws(StreamError) {
      header = try reader.header(&source)
    } catch {
      throw fault(error, file)
    }
    guard let header, !header.isEmpty else {
      throw ExportFault(
        code: "UnreadableHeader",
        message: "\(file.name): the first line is no CSV header: deliver the export again")
    }
    return header
  }

  /// Reads all records of a bound file into `tabulator`, and refuses a file with too many bad ones.
  static func tabulate(
    _ tabulator: Tabulator, _ reader: inout CSVReader, _ source: inout ByteSource,
    _ binding: ColumnBinding, _ layout: TableLayout, _ file: ExportFile
  ) throws(ExportFault) -> ReadFile {
    var read = ReadFile(file: file, binding: binding, notes: [])
    do throws(TableFault) {
      try tabulator.read(&reader, &source, layout, TableFile(identity: file.identity))
    } catch {
      throw fault(error, read)
    }
    if let totals = tabulator.files.last { try refuseIfTooManyRejects(totals, read) }
    read.notes = source.notes
    return read
  }

  /// The same; `writer` gets what stands for the file in another run.
  static func tabulateWhole(
    _ tabulator: Tabulator, _ reader: inout CSVReader, _ source: inout ByteSource,
    _ binding: ColumnBinding, _ layout: TableLayout, _ file: ExportFile,
    packing writer: inout PackedWriter
  ) throws(ExportFault) -> ReadFile {
    var read = ReadFile(file: file, binding: binding, notes: [])
    do throws(TableFault) {
      try tabulator.readWhole(
        &reader, &source, layout, TableFile(identity: file.identity), packing: &writer)
    } catch {
      throw fault(error, read)
    }
    if let totals = tabulator.files.last { try refuseIfTooManyRejects(totals, read) }
    read.notes = source.notes
    return read
  }

  static func fault(_ error: StreamError, _ file: ExportFile) -> ExportFault {
    if error == .refused(.utf16) {
      return ExportFault(
        code: "UTF16Text",
        message: """
          \(file.name): the text is UTF-16: deliver the export as AWS writes it, in UTF-8 \
          (a spreadsheet may have saved it)
          """)
    }
    var failure: FileError?
    if case .file(let error) = error { failure = error }
    return ExportFault(
      code: Text(error.code), message: "\(file.name): \(error.description)", failure: failure)
  }

  private static func fault(_ fault: TableFault, _ read: ReadFile) -> ExportFault {
    switch fault {
    case .stream(let error): self.fault(error, read.file)
    case .overflow(let record):
      ExportFault(
        code: "AmountOverflow",
        message: """
          \(read.file.name):\(record): a sum exceeds 20 integer digits: look for a cost that is \
          not of this world
          """, record: record)
    case .hopeless(let totals): tooManyRejects(totals, read)
    }
  }

  private static func refuseIfTooManyRejects(
    _ totals: FileTotals, _ read: ReadFile
  ) throws(ExportFault) {
    let rejected = totals.rejectedRows.count
    if rejected >= rejectFloor, rejected * rejectShare > totals.rows {
      throw tooManyRejects(totals, read)
    }
  }

  private static func tooManyRejects(_ totals: FileTotals, _ read: ReadFile) -> ExportFault {
    let rejects = totals.rejectedRows.prefix(shownRejects).map { $0.reject(in: read) }
    let first = rejects.first.map { ". The first: \($0.message)" } ?? ""
    return ExportFault(
      code: "TooManyRejects",
      message: """
        \(read.file.name): \(totals.rejectedRows.count) of \(totals.rows) rows cannot be read, \
        more than 1 %: deliver the export again\(first)
        """, record: rejects.first?.record ?? 0, column: rejects.first?.column ?? "",
      rejects: rejects)
  }
}

extension RejectedRow {
  func reject(in read: ReadFile) -> Reject {
    let (code, column, what) = description(in: read.binding)
    let place = "\(read.file.name):\(record)" + (column.isEmpty ? "" : ":\(column)")
    return Reject(
      file: read.file.name, record: record, column: Text(column), code: Text(code),
      message: Text("\(place): \(what)"), raw: Text(decoding: raw), cost: amount,
      currency: unit.map { CurrencyCode(Text(decoding: $0)) })
  }

  private func description(
    in binding: ColumnBinding
  ) -> (code: String, column: String, what: String) {
    switch reason {
    case .record(let fault, let fields):
      let (code, what) = fault.description(fields: fields, columns: binding.columns.count)
      return (code, "", what)
    case .amount:
      return (
        "UnreadableCost", binding.name(of: .unblendedCost),
        "the cost is \(raw.isEmpty ? "empty" : "no decimal number"): correct the row and deliver again"
      )
    case .unit:
      return (
        "UnreadableCurrency", binding.name(of: .billingCurrency),
        "the currency is not three capital letters: correct the row and deliver again"
      )
    case .requirement:
      return (
        "UnreadableBillingPeriod", binding.name(of: .billingPeriodStart),
        "the billing period is no date: correct the row and deliver again"
      )
    }
  }
}

extension ColumnBinding {
  /// The column's own name.
  fileprivate func name(of field: Field) -> String {
    guard case .column(let column) = sources(field).first else { return field.rawValue }
    return columns[column]
  }
}

extension CSVRowFault {
  fileprivate func description(fields: Int, columns: Int) -> (code: String, what: String) {
    switch self {
    case .none: ("", "")
    case .columns:
      (
        "ColumnCount",
        "\(fields) fields under a header of \(columns): look for a missing quote or a cut line"
      )
    case .unclosedQuote:
      ("UnclosedQuote", "a quoted field never ends: close the quote and deliver again")
    case .textAfterQuote:
      ("TextAfterQuote", "text follows a closing quote: double the quotes inside the field")
    case .nul: ("NULByte", "a NUL byte stands in the row: deliver the export again")
    case .tooLong:
      (
        "RecordTooLong",
        "the record is longer than \(CSVReader.rowLimit >> 20) MiB: look for a missing quote"
      )
    }
  }
}

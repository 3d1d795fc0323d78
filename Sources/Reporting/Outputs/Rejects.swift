import BillingModel
import ExactNumbers

/// `rejects.csv`: every record that was not kept, where it stands and what to do.
enum Rejects: ReportOutput {
  static let sheet = Sheet<Reject>(
    name: "rejects.csv",
    columns: [
      Column("File") { .text($0.file) },
      // A fault of the whole file has no record.
      Column("Record") { .count($0.record == 0 ? nil : $0.record) },
      Column("Column") { .text($0.column) },
      Column("Code") { .text($0.code) },
      Column("Message") { .text($0.message) },
      Column("Raw") { .text($0.raw) },
    ])

  static func appearsWithoutPeriod(_ report: PeriodReport) -> Bool { true }

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    let rows = report.rejects.sorted {
      ($0.file, $0.record, $0.column, $0.code, $0.message, $0.raw)
        < ($1.file, $1.record, $1.column, $1.code, $1.message, $1.raw)
    }
    return try sheet.document(rows, options)
  }
}

import BillingModel
import GRDB

/// Which periods are judged, and the outlines of versions.
enum JudgedTable {
  static func record(_ record: JudgingRecord, run: Int64, _ database: Database) throws {
    var kept: Set<String> = []
    for period in try String.fetchAll(database, sql: "SELECT period FROM judged") {
      if let month = BillingPeriod(period), record.kept.contains(month) {
        kept.insert(period)
      } else {
        try database.execute(sql: "DELETE FROM judged WHERE period = ?", arguments: [period])
      }
    }
    for period in record.judged { try insert(period, run: run, database) }
    if let whole = record.whole, kept.count == record.kept.count {
      try insert(whole, run: run, database)
    }
  }

  private static func insert(_ judged: JudgedPeriod, run: Int64, _ database: Database) throws {
    try database.insert(
      into: "judged",
      [
        "period": judged.billingPeriod?.description ?? "", "basis": judged.basis.string,
        "first_day": judged.span.first?.description, "end_day": judged.span.end?.description,
        "open_findings": judged.openFindings, "dearest": try StoredJSON.text(judged.dearest),
        "run": run,
      ], replacing: ["period"])
  }

  /// A record that this program cannot read counts for nothing: its period is judged.
  static func judged(_ database: Database) throws -> [JudgedPeriod] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM judged WHERE period <> '' ORDER BY period"
    ).compactMap { try? judged($0) }
  }

  static func whole(_ database: Database) throws -> JudgedPeriod? {
    try Row.fetchOne(database, sql: "SELECT * FROM judged WHERE period = ''").flatMap {
      try? judged($0)
    }
  }

  private static func judged(_ row: Row) throws -> JudgedPeriod {
    let period: String = try row.value("period")
    return JudgedPeriod(
      billingPeriod: period.isEmpty ? nil : try row.period("period"),
      basis: try row.ownText("basis"),
      span: DaySpan(
        first: row.isAbsent("first_day") ? nil : try row.day("first_day"),
        end: row.isAbsent("end_day") ? nil : try row.day("end_day")),
      openFindings: try row.value("open_findings"),
      dearest: try StoredJSON.value([ReportedFinding].self, row.value("dearest")))
  }
}

/// What is kept of a version's charges to know it without loading them.
enum OutlineTable {
  static func insert(_ outline: BookingOutline, of booking: Int, _ database: Database) throws {
    try database.insert(
      into: "outline", ["booking": booking, "outline": try StoredJSON.text(outline)])
  }

  /// Of versions that an older program booked.
  static func fillGaps(_ database: Database) throws {
    let missing = try Int.fetchAll(
      database,
      sql: """
        SELECT id FROM booking
        WHERE role <> 'superseded' AND id NOT IN (SELECT booking FROM outline)
        """)
    for id in missing { try insert(try computed(id, database), of: id, database) }
  }

  static func outline(of booking: Int, _ database: Database) throws -> BookingOutline {
    let stored = try String.fetchOne(
      database, sql: "SELECT outline FROM outline WHERE booking = ?", arguments: [booking])
    guard let stored else { return try computed(booking, database) }
    return try StoredJSON.value(BookingOutline.self, stored)
  }

  private static func computed(_ booking: Int, _ database: Database) throws -> BookingOutline {
    var texts = TextTable(database)
    return BookingOutline(try ChargeTable.charges(of: booking, &texts, database))
  }
}

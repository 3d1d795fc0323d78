import BillingModel
import Foundation
import GRDB

/// Versions of payers' billing periods: header, contents, and what each counts for.
enum BookingTable {
  /// The contents that are read back whole and never searched.
  private struct Details: Codable {
    var files: [FileTally]
    var suspects: [SuspectGroup]
    var rejects: [Reject]
    var unchecked: [UncheckedScreen]
    var screens: [CarriedScreen]
  }

  // MARK: Writing

  static func insert(_ new: NewBooking, run: Int64, _ database: Database) throws {
    let booking = new.booking
    let contents = booking.contents
    // Of a version that was superseded in its own night only the header is kept.
    let isKept = new.role != .superseded
    let details = Details(
      files: contents.files, suspects: contents.suspects, rejects: contents.rejects,
      unchecked: contents.unchecked, screens: contents.screens)
    try database.insert(
      into: "booking",
      [
        "role": new.role.rawValue, "delivery": booking.delivery,
        "payer": booking.billingAccountID.blob, "period": booking.billingPeriod.description,
        "export_name": booking.exportName.blob, "format": booking.format.rawValue,
        "version": booking.version.blob, "version_day": booking.versionDay.description,
        "details": isKept ? try StoredJSON.text(details) : nil, "run": run,
      ])
    let id = Int(database.lastInsertedRowID)
    for file in Set(new.files) {
      try database.insert(into: "booking_file", ["booking": id, "sha256": file.string])
    }
    guard isKept else { return }
    var texts = TextTable(database)
    try ChargeTable.insert(contents.charges, of: id, &texts, database)
    try AllocationTable.insert(contents.allocations, of: id, &texts, database)
    try PriceTable.insert(contents.prices, of: id, &texts, database)
    try UsageTable.insert(contents.usage, of: id, &texts, database)
    try OutlineTable.insert(BookingOutline(contents.charges), of: id, database)
  }

  static func apply(_ change: RoleChange, _ database: Database) throws {
    guard try role(of: change.booking, database) != .superseded else {
      throw LedgerFault(
        .refused, "booking \(change.booking) is superseded: its contents are no longer kept")
    }
    if change.role == .superseded {
      try supersede(change.booking, database)
    } else {
      try database.execute(
        sql: "UPDATE booking SET role = ? WHERE id = ?",
        arguments: [change.role.rawValue, change.booking])
    }
  }

  private static func supersede(_ id: Int, _ database: Database) throws {
    for table in ["charge", "allocation", "price", "usage_series", "outline"] {
      try database.execute(sql: "DELETE FROM \(table) WHERE booking = ?", arguments: [id])
    }
    try database.execute(
      sql: "UPDATE booking SET role = 'superseded', details = NULL WHERE id = ?", arguments: [id])
  }

  // MARK: Reading

  static func headers(_ database: Database) throws -> [BookingHeader] {
    var files: [Int: [Text]] = [:]
    let named = try Row.fetchCursor(
      database, sql: "SELECT booking, sha256 FROM booking_file ORDER BY booking, sha256")
    while let row = try named.next() {
      files[try row.value("booking"), default: []].append(try row.ownText("sha256"))
    }
    return try Row.fetchAll(database, sql: "SELECT * FROM booking ORDER BY id").map { row in
      let id: Int = try row.value("id")
      return BookingHeader(
        id: id, delivery: try row.value("delivery"), role: try row.word("role"),
        billingAccountID: try row.text("payer"),
        billingPeriod: try row.period("period"), exportName: try row.text("export_name"),
        format: try row.word("format"), version: try row.text("version"),
        versionDay: try row.day("version_day"), files: files[id] ?? [])
    }
  }

  static func booking(_ id: Int, _ database: Database) throws -> Booking {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM booking WHERE id = ?", arguments: [id])
    else { throw LedgerFault(.missing, "there is no booking \(id) in the ledger") }
    guard !row.isAbsent("details") else {
      throw LedgerFault(
        .missing, "booking \(id) is superseded: its contents are no longer in the ledger")
    }
    return Booking(
      delivery: try row.value("delivery"), exportName: try row.text("export_name"),
      format: try row.word("format"), billingAccountID: try row.text("payer"),
      billingPeriod: try row.period("period"), version: try row.text("version"),
      versionDay: try row.day("version_day"), contents: try contents(of: id, row, database))
  }

  private static func contents(
    of id: Int, _ row: Row, _ database: Database
  ) throws -> ExportContents {
    let details = try StoredJSON.value(Details.self, row.value("details"))
    var texts = TextTable(database)
    var contents = ExportContents()
    contents.files = details.files
    contents.charges = try ChargeTable.charges(of: id, &texts, database)
    contents.allocations = try AllocationTable.allocations(of: id, &texts, database)
    contents.prices = try PriceTable.prices(of: id, &texts, database)
    contents.usage = try UsageTable.usage(of: id, database)
    contents.suspects = details.suspects
    contents.rejects = details.rejects
    contents.unchecked = details.unchecked
    contents.screens = details.screens
    return contents
  }

  /// What the screens of some rules found, without the rest of the contents.
  static func suspects(
    of id: Int, rules: Set<RuleID>, _ database: Database
  ) throws -> [SuspectGroup] {
    let names = rules.sorted()
    return try String.fetchAll(
      database,
      sql: """
        SELECT suspect.value FROM booking, json_each(booking.details, '$.suspects') AS suspect
        WHERE booking.id = ? AND suspect.value ->> '$.rule' IN (\(places(names.count)))
        ORDER BY suspect.key
        """,
      arguments: [id] + StatementArguments(names.map(\.text.string))
    ).map { try StoredJSON.value(SuspectGroup.self, $0) }
  }

  /// The screens that it was read with.
  static func screens(of id: Int, _ database: Database) throws -> [CarriedScreen] {
    try String.fetchAll(
      database,
      sql: """
        SELECT screen.value FROM booking, json_each(booking.details, '$.screens') AS screen
        WHERE booking.id = ? ORDER BY screen.key
        """,
      arguments: [id]
    ).map { try StoredJSON.value(CarriedScreen.self, $0) }
  }

  private static func role(of id: Int, _ database: Database) throws -> BookingRole {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT role FROM booking WHERE id = ?", arguments: [id])
    else { throw LedgerFault(.missing, "there is no booking \(id) in the ledger") }
    return try row.word("role")
  }
}

import BillingModel
import Foundation
import GRDB
import TestSupport
import Testing

@testable import BillingLedger

@Suite struct OpeningTests {
  let file = LedgerFile()

  @Test func `a new ledger says what it is, and all its tables are strict`() throws {
    do { _ = try file.open() }
    #expect(try file.answers("PRAGMA application_id") == ["\(0x4346_4F4C)"])
    #expect(try file.answers("PRAGMA user_version") == ["\(Schema.version)"])
    let tables = """
      FROM pragma_table_list
      WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'
      """
    #expect(try file.answers("SELECT count(*) \(tables)") == ["25"])
    #expect(try file.answers("SELECT name \(tables) AND strict = 0") == [])
  }

  @Test func `its connection asks for all that durability needs`() throws {
    let ledger = try file.open()
    let settings = try ledger.read { database in
      try ["journal_mode", "synchronous", "foreign_keys", "trusted_schema"].map {
        try String.fetchOne(database, sql: "PRAGMA \($0)")
      }
    }
    #expect(settings == ["wal", "2", "1", "0"])
  }

  @Test func `what one process recorded the next one reads`() throws {
    do { try file.open().record(night()) }
    #expect(try file.open().runs(limit: 9).map(\.started) == [night().run.started])
  }

  @Test func `opening again writes nothing`() throws {
    do { try file.open().record(night()) }
    let before = try file.bytes()
    do { _ = try file.open() }
    #expect(try file.bytes() == before)
  }

  @Test func `an empty file becomes a ledger`() throws {
    try file.write([])
    #expect(try file.open().runs(limit: 9).isEmpty)
  }

  @Test func `a ledger of a newer program is refused and not changed`() throws {
    do { try file.open().record(night()) }
    try file.database().write { try $0.execute(sql: "PRAGMA user_version = \(Schema.version + 1)") }
    let before = try file.bytes()
    let fault = file.fault()
    #expect(fault?.kind == .newer)
    #expect(
      fault?.message
        == "\(file.path): written by a newer Counterfoil (ledger version \(Schema.version + 1), this "
        + "program knows \(Schema.version)). "
        + "Install the newer program; the file was not changed")
    #expect(try file.bytes() == before)
  }

  @Test func `another program's database is refused and not changed`() throws {
    try file.database().write { try $0.execute(sql: "CREATE TABLE charge (a)") }
    let before = try file.bytes()
    #expect(file.fault()?.kind == .foreign)
    #expect(try file.bytes() == before)
  }

  @Test func `a file that is no database is refused with the way out and not changed`() throws {
    let bytes = Array(String(repeating: "not a database ", count: 100).utf8)
    try file.write(bytes)
    let fault = file.fault()
    #expect(fault?.kind == .damaged)
    #expect(
      fault?.message
        == "\(file.path): the ledger is damaged (file is not a database). Restore it from a backup, "
        + "or move it away and run `counterfoil rebuild`, which makes it again from archive/; "
        + "review decisions are only in a backup")
    #expect(try Array(file.bytes()) == bytes)
  }

  /// The place of the damage in tenths of the file; the first page is the one other test.
  @Test(arguments: [2, 5, 9]) func `damage inside the file is found when it is opened`(
    tenths: Int
  ) throws {
    do {
      var full = night()
      var random = RandomBooking(seed: 7)
      full.bookings = [
        NewBooking(booking: try random.booking(rows: 300), role: .booked, files: ["aa"])
      ]
      try file.open().record(full)
    }
    var bytes = Array(try file.bytes())
    let page = bytes.count / 4096 * tenths / 10
    for offset in page * 4096..<(page + 1) * 4096 { bytes[offset] = 0xA5 }
    try file.write(bytes)
    #expect(file.fault()?.kind == .damaged)
    #expect(try Array(file.bytes()) == bytes)
  }

  @Test func `a ledger that lost its end is refused`() throws {
    do { try file.open().record(night()) }
    let bytes = try file.bytes()
    try file.write(bytes.prefix(bytes.count / 2))
    #expect(file.fault()?.kind == .damaged)
  }

  @Test func `a folder that is not there is named`() throws {
    let path = file.folder.path + "/nowhere/counterfoil.db"
    let fault = #expect(throws: LedgerFault.self) { try Ledger(path: path, patience: 0) }
    #expect(fault?.kind == .denied)
    #expect(fault?.message.hasPrefix(path) == true)
  }

  @Test func `two writers at once do not wait for ever, and the second leaves nothing`() throws {
    let first = try file.open()
    let second = try file.open()
    try first.write { database in
      try database.execute(sql: "DELETE FROM run")
      let fault = #expect(throws: LedgerFault.self) { try second.record(night()) }
      #expect(fault?.kind == .busy)
    }
    #expect(try second.runs(limit: 9).isEmpty)
    try second.record(night())
    #expect(try first.runs(limit: 9).count == 1)
  }

  @Test func `a full disk leaves the night out and the ledger whole`() throws {
    let ledger = try file.open()
    try ledger.record(night())
    try ledger.write { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pages + 4)")
    }
    var large = night("2026-05-03")
    var random = RandomBooking(seed: 5)
    large.bookings = [
      NewBooking(booking: try random.booking(rows: 500), role: .booked, files: ["aa"])
    ]
    let fault = #expect(throws: LedgerFault.self) { try ledger.record(large) }
    #expect(fault?.kind == .inputOutput)
    #expect(try file.open().runs(limit: 9).map(\.started) == [night().run.started])
    #expect(try file.open().bookings().isEmpty)
  }

  @Test func `documents of the schema before are read with what they could not tell left empty`()
    throws
  {
    var invoice = Invoice(file: "a.xml", sha256: "aa", index: 1, dialect: "ubl")
    invoice.invoiceID = "INV-1"
    do {
      var first = night()
      first.invoices = [StoredInvoice(invoice: invoice, receivedDay: day("2026-05-04"))]
      try file.open().record(first)
    }
    try file.database().write { database in
      try database.execute(
        sql: """
          UPDATE invoice SET document =
            json_remove(document, '$.transportID', '$.paymentAccounts')
          """)
      for table in ["signed_sum", "sign_off", "open_item"] {
        try database.execute(sql: "DROP TABLE \(table)")
      }
      for step in LedgerFile.undoingTheFourthStep { try database.execute(sql: step) }
      try database.execute(sql: "PRAGMA user_version = 2")
    }
    #expect(try file.open().invoices().map(\.invoice) == [invoice])
  }

  @Test func `sums by tags of the schema before do not tell their days`() throws {
    var random = RandomBooking(seed: 21)
    var booking = try random.booking(rows: 30)
    do {
      var first = night()
      first.bookings = [NewBooking(booking: booking, role: .booked, files: ["aa"])]
      try file.open().record(first)
    }
    try file.database().write { database in
      try database.execute(sql: LedgerFile.undoingTheFifthStep)
      try database.execute(sql: "PRAGMA user_version = 4")
    }
    for index in booking.contents.allocations.indices {
      booking.contents.allocations[index].days = nil
    }
    let ledger = try file.open()
    let id = try #require(try ledger.bookings().first).id
    #expect(try ledger.booking(id) == booking)
  }

  @Test func `versions of the schema before tell what the program before it looked for`() throws {
    var random = RandomBooking(seed: 23)
    var booking = try random.booking(rows: 3)
    do {
      var first = night()
      first.bookings = [NewBooking(booking: booking, role: .booked, files: ["aa"])]
      try file.open().record(first)
    }
    try file.database().write { database in
      try database.execute(sql: "UPDATE booking SET details = json_remove(details, '$.screens')")
      try database.execute(sql: "PRAGMA user_version = 5")
    }
    let ledger = try file.open()
    let id = try #require(try ledger.bookings().first).id
    let screens = try ledger.screens(of: id)
    #expect(screens.map(\.rule) == screens.map(\.rule).sorted())
    #expect(screens.contains { $0.rule == "DuplicateLineItem" && !$0.form.isEmpty })
    #expect(screens.contains { $0.rule == "ChargeableAtZeroRate" && $0.form.isEmpty })
    #expect(!screens.contains { $0.rule == "IntervalOffGrain" || $0.rule == "SplitCostMismatch" })
    booking.contents.screens = screens
    #expect(try ledger.booking(id) == booking)
  }

  @Test func `a finding of the schema before keeps its words, in English`() throws {
    var record = FindingRecord(
      id: "F-1",
      key: FindingKey(
        rule: "R", billingAccountID: "1", billingPeriod: period("2026-04"), currency: "USD"),
      firstSeen: day("2026-05-01"), lastSeen: day("2026-05-01"), status: .open,
      amountAtStake: try amount("1"))
    var reported = try reported(record.key, "x")
    reported.finding.explanation = Words("a \"b\"\0c", zh: "甲")
    reported.finding.recommendation = Words("d", zh: "乙")
    record.lastReported = reported
    record.language = .chinese
    var night = night()
    night.findings = [record]
    do { try file.open().record(night) }
    try file.database().write { database in
      for step in LedgerFile.undoingTheFourthStep { try database.execute(sql: step) }
      try database.execute(sql: "PRAGMA user_version = 3")
    }
    record.lastReported?.finding.explanation = Words("a \"b\"\0c", zh: "a \"b\"\0c")
    record.lastReported?.finding.recommendation = Words("d", zh: "d")
    record.language = .english
    #expect(try file.open().findings() == [record])
  }
}

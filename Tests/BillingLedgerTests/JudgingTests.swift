import BillingModel
import ExactNumbers
import GRDB
import TestSupport
import Testing

@testable import BillingLedger

/// The records that spare a night work: they come with the night that judged, and go with whatever they
/// were made from.
@Suite struct JudgingTests {
  let file = LedgerFile()

  private func judged(_ month: String?, _ span: DaySpan = .always) -> JudgedPeriod {
    JudgedPeriod(
      billingPeriod: month.map { period($0) }, basis: Text("basis of \(month ?? "all")"),
      span: span, openFindings: 3, dearest: [])
  }

  private func finding(_ month: String, _ id: Text = "F-1") throws -> FindingRecord {
    FindingRecord(
      id: id,
      key: FindingKey(
        rule: "R", billingAccountID: "1", billingPeriod: period(month), currency: "USD"),
      firstSeen: day("2026-05-01"), lastSeen: day("2026-05-01"), status: .open,
      amountAtStake: try amount("1.00"))
  }

  /// Two judged months, one with a finding.
  private func ledger() throws -> Ledger {
    let ledger = try file.open()
    var first = night()
    first.findings = [try finding("2026-04")]
    first.invoices = [try invoice("aa")]
    first.inputs = [try input("aa")]
    var random = RandomBooking(seed: 3)
    first.bookings = [
      NewBooking(booking: try random.booking(rows: 20), role: .booked, files: ["aa"])
    ]
    first.judging = JudgingRecord(
      judged: [judged("2026-04"), judged("2026-05")], whole: judged(nil))
    try ledger.record(first)
    return ledger
  }

  private func invoice(_ sha256: Text) throws -> StoredInvoice {
    StoredInvoice(
      invoice: Invoice(file: "i.xml", sha256: sha256, index: 1, dialect: "ubl"),
      receivedDay: day("2026-05-01"))
  }

  private func input(_ sha256: Text) throws -> KnownInput {
    KnownInput(
      sha256: sha256, name: "i.xml", kind: "ubl", outcome: "read", archivedPath: "archive",
      receivedDay: day("2026-05-01"))
  }

  private func periods(_ ledger: Ledger) throws -> [String] {
    (try ledger.judgedAsAWhole() == nil ? [] : ["all"])
      + (try ledger.judged().compactMap { $0.billingPeriod?.description })
  }

  @Test func `they are read as they were written`() throws {
    let span = DaySpan(first: day("2026-05-01"), end: day("2026-05-10"))
    let ledger = try file.open()
    var first = night()
    first.judging = JudgingRecord(judged: [judged("2026-05", span)], whole: judged(nil))
    try ledger.record(first)
    #expect(try ledger.judged() == [judged("2026-05", span)])
    #expect(try ledger.judgedAsAWhole() == judged(nil))
  }

  @Test func `a night that says nothing of judging leaves them`() throws {
    let ledger = try ledger()
    try ledger.record(night())
    #expect(try periods(ledger) == ["all", "2026-04", "2026-05"])
  }

  @Test func `the records of periods that are neither judged nor kept go`() throws {
    let ledger = try ledger()
    var second = night()
    second.judging = JudgingRecord(
      judged: [judged("2026-06")], kept: [period("2026-05")], whole: judged(nil))
    try ledger.record(second)
    #expect(try periods(ledger) == ["all", "2026-05", "2026-06"])
  }

  @Test func `without a record that was to be kept, the whole is not known`() throws {
    let ledger = try ledger()
    var second = night()
    second.findings = [try finding("2026-05", "F-2")]
    second.judging = JudgingRecord(
      kept: [period("2026-04"), period("2026-05")], whole: judged(nil))
    try ledger.record(second)
    #expect(try periods(ledger) == ["2026-04"])
  }

  /// Whoever writes, with whatever program.
  @Test(arguments: [
    ("UPDATE finding SET status = 'dismissed'", ["2026-05"]),
    ("UPDATE finding SET period = '2026-05'", []),
    ("DELETE FROM finding", ["2026-05"]),
    ("UPDATE booking SET role = 'shadow'", ["2026-04", "2026-05"]),
    ("DELETE FROM booking", ["2026-04", "2026-05"]),
    ("DELETE FROM invoice", ["2026-04", "2026-05"]),
    ("UPDATE input SET outcome = x'00'", ["2026-04", "2026-05"]),
    ("UPDATE run SET exit_code = 1", ["all", "2026-04", "2026-05"]),
  ]) func `what changes the ledger takes them away`(_ sql: String, _ left: [String]) throws {
    let ledger = try ledger()
    try ledger.write { try $0.execute(sql: sql) }
    #expect(try periods(ledger) == left)
  }

  @Test func `what a night adds takes the whole away`() throws {
    let changes: [(inout Night) throws -> Void] = [
      { $0.findings = [try finding("2026-06", "F-3")] },
      { $0.invoices = [try invoice("bb")] },
      { $0.inputs = [try input("bb")] },
      { night in
        var random = RandomBooking(seed: 4)
        var booking = try random.booking(rows: 3)
        booking.billingAccountID = "another"
        night.bookings = [NewBooking(booking: booking, role: .booked, files: ["cc"])]
      },
    ]
    for change in changes {
      let ledger = try ledger()
      var second = night()
      try change(&second)
      try ledger.record(second)
      #expect(try periods(ledger) == ["2026-04", "2026-05"])
      try ledger.write { try $0.execute(sql: "DELETE FROM judged") }
      try ledger.removeDerived()
    }
  }

  @Test func `a night that fails leaves those of the night before`() throws {
    let ledger = try ledger()
    var second = night()
    second.judging = JudgingRecord(judged: [judged("2026-06")], whole: judged(nil))
    second.roleChanges = [RoleChange(booking: 99, role: .booked)]
    #expect(throws: LedgerFault.self) { try ledger.record(second) }
    #expect(try periods(ledger) == ["all", "2026-04", "2026-05"])
  }

  @Test func `a record that cannot be read counts for nothing`() throws {
    let ledger = try ledger()
    try ledger.write {
      try $0.execute(sql: "UPDATE judged SET end_day = 'soon' WHERE period = '2026-05'")
      try $0.execute(sql: "UPDATE judged SET dearest = '[{}]' WHERE period = '2026-04'")
    }
    #expect(try periods(ledger) == ["all"])
  }

  @Test func `they can be made again, and go with what can be made again`() throws {
    let ledger = try ledger()
    try ledger.removeDerived()
    #expect(try periods(ledger) == [])
    #expect(try file.answers("SELECT count(*) FROM outline") == ["0"])
  }

  // MARK: Outlines

  @Test func `an outline holds each invoice and issuer once, and the first day of usage`() throws {
    var random = RandomBooking(seed: 11)
    let booking = try random.booking(rows: 200)
    let outline = BookingOutline(booking.contents.charges)
    let keys = booking.contents.charges.map(\.key)
    #expect(
      Set(outline.groups.map { [$0.invoiceID, $0.invoiceIssuer, $0.currency.text] })
        == Set(keys.map { [$0.invoiceID, $0.invoiceIssuer, $0.currency.text] }))
    #expect(Set(outline.groups).count == outline.groups.count)
    for group in outline.groups {
      let charges = booking.contents.charges.filter {
        $0.key.invoiceID == group.invoiceID && $0.key.invoiceIssuer == group.invoiceIssuer
          && $0.key.currency == group.currency
      }
      #expect(try group.billedCost == Amount.sum(charges.map(\.billedCost)))
    }
    let usage = keys.filter { $0.chargeType.chargeClass == .usage }
    #expect(outline.firstUsageDay == usage.compactMap(\.day).min())
  }

  @Test func `the usage of a version is that of its charges`() throws {
    var random = RandomBooking(seed: 12)
    let booking = try random.booking(rows: 200)
    let ledger = try file.open()
    var first = night()
    first.bookings = [NewBooking(booking: booking, role: .booked, files: ["aa"])]
    try ledger.record(first)
    let id = try #require(try ledger.bookings().first).id
    let days = booking.contents.charges.compactMap(\.key.day).sorted()
    let end = try #require(days.isEmpty ? nil : days[days.count / 2])
    let expected = booking.contents.charges.filter {
      $0.key.chargeType.chargeClass == .usage && ($0.key.day.map { $0 < end } ?? false)
    }
    let usage = try ledger.usage(id, before: end)
    #expect(usage.map(\.billedCost) == expected.map(\.billedCost))
    #expect(usage.map(\.day) == expected.compactMap(\.key.day))
    #expect(usage.map(\.series.serviceName) == expected.map(\.key.serviceName))
    #expect(usage.map(\.series.subAccountID) == expected.map(\.key.subAccountID))
  }

  @Test func `outlines and judgements of the second schema are made again`() throws {
    var random = RandomBooking(seed: 14)
    let booking = try random.booking(rows: 50)
    do {
      var first = night()
      first.bookings = [NewBooking(booking: booking, role: .booked, files: ["aa"])]
      first.judging = JudgingRecord(judged: [judged("2026-04")])
      try file.open().record(first)
    }
    // As the second version of the schema wrote it: without sums.
    try file.database().write { database in
      try database.execute(
        sql: """
          UPDATE outline SET outline = replace(outline, 'billedCost', 'unknown');
          DROP TABLE signed_sum; DROP TABLE sign_off; DROP TABLE open_item;
          \(LedgerFile.undoingTheFourthStep.joined(separator: "; "));
          PRAGMA user_version = 2
          """)
    }
    let ledger = try file.open()
    #expect(try ledger.judged() == [])
    let id = try #require(try ledger.bookings().first).id
    #expect(try ledger.outline(id) == BookingOutline(booking.contents.charges))
  }

  @Test func `a ledger of the program before becomes one of this program`() throws {
    var random = RandomBooking(seed: 13)
    let booking = try random.booking(rows: 50)
    do {
      var first = night()
      first.bookings = [NewBooking(booking: booking, role: .booked, files: ["aa"])]
      try file.open().record(first)
    }
    // As the first version of the schema was: without all that the later steps make.
    try file.database().write { database in
      for name in try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      { try database.execute(sql: "DROP TRIGGER \(name)") }
      for sql in [
        "DROP TABLE judged", "DROP TABLE outline", "DROP INDEX finding_period",
        "DROP TABLE signed_sum", "DROP TABLE sign_off", "DROP TABLE open_item",
        "PRAGMA user_version = 1",
      ] + LedgerFile.undoingTheFourthStep {
        try database.execute(sql: sql)
      }
    }
    let ledger = try file.open()
    #expect(try ledger.judged() == [])
    let id = try #require(try ledger.bookings().first).id
    #expect(try ledger.outline(id) == BookingOutline(booking.contents.charges))
    #expect(try file.answers("SELECT count(*) FROM outline") == ["0"])
    var second = night()
    second.judging = JudgingRecord(judged: [judged("2026-04")])
    try ledger.record(second)
    #expect(try file.answers("SELECT count(*) FROM outline") == ["1"])
    #expect(try ledger.outline(id) == BookingOutline(booking.contents.charges))
  }

  // MARK: Looking the file over

  /// A quiet night reads a few pages only; damage in the others is found before contents are used.
  @Test func `a quick opening finds damage before contents are read or added`() throws {
    do { _ = try ledger() }
    var bytes = Array(try file.bytes())
    let root = try file.answers("SELECT rootpage FROM sqlite_schema WHERE name = 'charge'")
    let page = try #require(root.first.flatMap { Int($0) }) - 1
    for offset in page * 4096..<(page + 1) * 4096 { bytes[offset] = 0xA5 }
    try file.write(bytes)
    #expect(file.fault()?.kind == .damaged)
    let quick = try Ledger(path: file.path, patience: 0, isQuick: true)
    #expect(throws: LedgerFault.self) { try quick.booking(1) }
    #expect(throws: LedgerFault.self) { try quick.outline(1) }
    #expect(throws: LedgerFault.self) { try quick.usage(1, before: day("2027-01-01")) }
    var second = night()
    second.judging = JudgingRecord()
    #expect(throws: LedgerFault.self) { try quick.record(second) }
    #expect(try Array(file.bytes()) == bytes)
  }
}

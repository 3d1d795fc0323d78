import BillingLedger
import BillingModel
import ExactNumbers
import GRDB
import Testing

/// What a night records comes back as it was.
@Suite struct NightTests {
  let file = LedgerFile()

  private func recorded(_ night: Night) throws -> Ledger {
    do { try file.open().record(night) }
    return try file.open()
  }

  private func input(_ name: Text, outcome: Text = "booked", on received: String) -> KnownInput {
    KnownInput(
      sha256: "ab12", name: name, kind: "CUR 2.0", outcome: outcome, reason: name,
      archivedPath: name, receivedDay: day(received), run: 1)
  }

  @Test func `runs are listed newest first, up to a limit`() throws {
    let ledger = try file.open()
    var nights = (1...3).map { night("2026-05-0\($0)") }
    nights[2].run.exitCode = 65
    for night in nights { try ledger.record(night) }
    for index in nights.indices { nights[index].run.id = index + 1 }
    #expect(try ledger.runs(limit: 2) == [nights[2].run, nights[1].run])
  }

  @Test func `a run that is played again keeps its record, and what was accepted`() throws {
    let ledger = try file.open()
    var first = night()
    first.run.accepted = ["0123456789"]
    first.run.readsHistory = true
    try ledger.record(first)
    first.run.id = 1
    #expect(try ledger.runs(limit: 9) == [first.run])
    var again = night("2026-07-01")
    again.run = first.run
    again.inputs = [input("a", on: "2026-05-02")]
    try ledger.record(again)
    #expect(try ledger.runs(limit: 9) == [first.run])
    #expect(try ledger.inputs().map(\.run) == [1])
  }

  @Test func `inputs come back by content and name, whatever they are called`() throws {
    var night = night()
    night.inputs = hostileTexts.map { input($0, on: "2026-05-02") }
    let read = try recorded(night).inputs()
    #expect(read == night.inputs.sorted { $0.name < $1.name })
  }

  @Test func `a later word about an input replaces the earlier one but not the day it came`() throws
  {
    let ledger = try file.open()
    var first = night()
    first.inputs = [input("a", outcome: "waiting", on: "2026-05-02")]
    var second = night()
    second.inputs = [input("a", outcome: "booked", on: "2026-05-03")]
    try ledger.record(first)
    try ledger.record(second)
    #expect(try ledger.inputs() == [input("a", outcome: "booked", on: "2026-05-02")])
  }

  @Test func `mirrored files keep their raw path, nanoseconds and largest inode`() throws {
    var night = night()
    night.mirrored = [
      MirroredFile(
        path: [0x2D, 0xFF, 0xFE, 0x0A], size: 1 << 40, modified: 1_767_225_600_123_456_789,
        inode: .max, sha256: "cd"),
      MirroredFile(path: Array("x".utf8), size: 0, modified: -1, inode: 1, sha256: "ef"),
    ]
    let ledger = try recorded(night)
    #expect(try ledger.mirrored() == night.mirrored)
    night.mirrored = [
      MirroredFile(path: Array("x".utf8), size: 9, modified: 5, inode: 2, sha256: "00")
    ]
    try ledger.record(night)
    #expect(try ledger.mirrored().last == night.mirrored[0])
    #expect(try ledger.mirrored().count == 2)
  }

  @Test func `documents come back whole and stay as they first came`() throws {
    var invoice = Invoice(file: "a/\0'\".xml", sha256: "01", index: 1, dialect: "ubl")
    invoice.kind = .credit
    invoice.issueDate = day("2026-05-03")
    invoice.currency = "CNY"
    invoice.net = try amount("-0.000000000000000001")
    invoice.gross = try amount("99999999999999999999.999999999999999999")
    invoice.billingPeriod = period("2026-04")
    invoice.remark = "AWS发票号 caf\u{E9} cafe\u{301} \u{0}"
    invoice.references = hostileTexts
    invoice.taxSubtotals = [
      TaxSubtotal(category: "S", rate: try amount("6"), base: nil, tax: try amount("0.06"))
    ]
    invoice.items = [
      InvoiceItem(
        serviceName: "Amazon EC2", subAccountID: "4", net: try amount("1.10"), tax: nil, lines: 2)
    ]
    invoice.checks = [
      ArithmeticCheck(rule: .brCO17, holds: false, stated: try amount("1"), computed: nil)
    ]
    invoice.base = Money(try amount("7"), "USD")
    var second = invoice
    second.index = 2

    var night = night()
    night.invoices = [
      StoredInvoice(invoice: second, receivedDay: day("2026-05-04")),
      StoredInvoice(invoice: invoice, receivedDay: day("2026-05-04")),
    ]
    let ledger = try recorded(night)
    #expect(try ledger.invoices() == night.invoices.reversed())

    night.invoices = [StoredInvoice(invoice: invoice, receivedDay: day("2026-06-01"))]
    try ledger.record(night)
    #expect(try ledger.invoices().map(\.receivedDay) == [day("2026-05-04"), day("2026-05-04")])
  }

  @Test func `a finding keeps its key and its reviewer's decision`() throws {
    var findings: [FindingRecord] = []
    for (index, text) in hostileTexts.enumerated() {
      var key = FindingKey(
        rule: RuleID(text), billingAccountID: text, billingPeriod: period("2026-04"),
        currency: CurrencyCode(text))
      key.subAccountID = Text("1" + text.string)
      key.serviceName = Text("2" + text.string)
      key.usageType = Text("3" + text.string)
      key.operation = Text("4" + text.string)
      key.resourceID = Text("5" + text.string)
      key.invoiceID = Text("6" + text.string)
      key.detail = Text("7" + text.string)
      var record = FindingRecord(
        id: Text("F-\(100 + index)"), key: key, firstSeen: day("2026-05-01"),
        lastSeen: day("2026-05-02"), status: FindingStatus.allCases[index % 6],
        amountAtStake: try amount("0.1"))
      record.reviewer = text
      record.reviewNote = text
      if index % 2 == 0 {
        record.reviewUntil = day("2027-01-01")
        record.decidedAmount = try amount("12.345")
        record.lastReported = try reported(key, text)
        record.language = .chinese
      }
      findings.append(record)
    }
    var night = night()
    night.findings = findings.reversed()
    let ledger = try recorded(night)
    #expect(try ledger.findings() == findings)

    findings[3].status = .dismissed
    findings[3].lastSeen = day("2026-06-01")
    night.findings = [findings[3]]
    try ledger.record(night)
    #expect(try ledger.findings() == findings)
  }

  @Test func `a decision stays readable when the row of an older program is not`() throws {
    var night = night()
    let key = FindingKey(
      rule: "R", billingAccountID: "1", billingPeriod: period("2026-04"), currency: "USD")
    var record = FindingRecord(
      id: "F-1", key: key, firstSeen: day("2026-05-01"), lastSeen: day("2026-05-01"),
      status: .dismissed, amountAtStake: try amount("1"))
    record.lastReported = try reported(key, "x")
    night.findings = [record]
    let ledger = try recorded(night)
    try file.database().write { try $0.execute(sql: "UPDATE finding SET reported = '{}'") }
    record.lastReported = nil
    #expect(try ledger.findings() == [record])
  }

  @Test func `the newest publication of each period is known with what it listed`() throws {
    func publication(_ period: BillingPeriod?, _ version: Int, _ ids: [Text]) -> Publication {
      Publication(
        billingPeriod: period, version: version, documentsHash: Text("hash\(version)"),
        reported: Dictionary(uniqueKeysWithValues: ids.map { ($0, .planned) }))
    }
    let ledger = try file.open()
    var night = night()
    night.publications = [
      publication(period("2026-04"), 9, ["F-1", "F-2"]), publication(nil, 1, []),
    ]
    try ledger.record(night)
    night.publications = [publication(period("2026-04"), 10, ["F-2"])]
    try ledger.record(night)
    #expect(
      try ledger.publications() == [
        publication(nil, 1, []), publication(period("2026-04"), 10, ["F-2"]),
      ])
  }

  @Test func `moves stay until they are confirmed, once or twice`() throws {
    var night = night()
    night.moves = [
      PendingMove(from: [0xFF, 0x00], to: Array("archive/a'b".utf8)),
      PendingMove(from: Array("b".utf8), to: []),
    ]
    let ledger = try recorded(night)
    let moves = try ledger.unfinishedMoves()
    #expect(moves.map(\.from) == night.moves.map(\.from))
    #expect(moves.map(\.to) == night.moves.map(\.to))
    try ledger.confirmMoves([moves[0].id])
    try ledger.confirmMoves([moves[0].id])
    #expect(try ledger.unfinishedMoves() == [moves[1]])
  }

  /// A version of a period that was published before breaks a law late in the transaction.
  @Test func `a night that fails half-way leaves nothing`() throws {
    let ledger = try file.open()
    var good = night()
    let publication = Publication(
      billingPeriod: nil, version: 1, documentsHash: "a", reported: ["F-1": .open])
    good.publications = [publication]
    try ledger.record(good)

    var bad = night()
    var random = RandomBooking(seed: 3)
    bad.inputs = [input("a", on: "2026-05-02")]
    bad.bookings = [NewBooking(booking: try random.booking(rows: 3), role: .booked, files: ["a"])]
    bad.moves = [PendingMove(from: [1], to: [2])]
    bad.publications = [
      Publication(billingPeriod: nil, version: 1, documentsHash: "b", reported: [:])
    ]
    let fault = #expect(throws: LedgerFault.self) { try ledger.record(bad) }
    #expect(fault?.kind == .refused)

    let again = try file.open()
    #expect(try again.runs(limit: 9).count == 1)
    #expect(try again.inputs().isEmpty)
    #expect(try again.bookings().isEmpty)
    #expect(try again.unfinishedMoves().isEmpty)
    #expect(try again.publications() == [publication])
  }

  @Test func `what the archive can give again goes, inputs stay`() throws {
    var night = night()
    var random = RandomBooking(seed: 4)
    let key = FindingKey(
      rule: "R", billingAccountID: "1", billingPeriod: period("2026-04"), currency: "USD")
    func record(_ id: Text, _ status: FindingStatus, by reviewer: Text) throws -> FindingRecord {
      var record = FindingRecord(
        id: id, key: key, firstSeen: day("2026-05-01"), lastSeen: day("2026-05-01"),
        status: status, amountAtStake: try amount("1"))
      record.reviewer = reviewer
      return record
    }
    night.inputs = [input("a", on: "2026-05-02")]
    night.bookings = [NewBooking(booking: try random.booking(rows: 3), role: .booked, files: ["a"])]
    night.invoices = [
      StoredInvoice(
        invoice: Invoice(file: "a", sha256: "b", index: 1, dialect: "ubl"),
        receivedDay: day("2026-05-02"))
    ]
    night.findings =
      [try record("F-1", .confirmed, by: "An"), try record("F-4", .open, by: "")]
    night.publications = [
      Publication(billingPeriod: nil, version: 1, documentsHash: "a", reported: ["F-1": .open])
    ]
    night.moves = [PendingMove(from: [1], to: [2])]
    let ledger = try recorded(night)
    try ledger.removeDerived()

    #expect(try ledger.bookings().isEmpty)
    #expect(try ledger.invoices().isEmpty)
    #expect(try ledger.publications().isEmpty)
    #expect(try ledger.findings() == [])
    #expect(try ledger.inputs() == night.inputs)
    night.run.id = 1
    #expect(try ledger.runs(limit: 9) == [night.run])
    #expect(try ledger.unfinishedMoves().count == 1)
    try ledger.record(night)
    #expect(try ledger.bookings().count == 1)
  }
}

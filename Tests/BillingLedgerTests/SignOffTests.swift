import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import BillingLedger

/// Who closed which period, what it held then, and what is not settled.
@Suite struct SignOffTests {
  let file = LedgerFile()

  private func new(_ month: String, _ note: Text, seed: UInt64) throws -> NewSignOff {
    var random = RandomBooking(seed: seed)
    let booking = try random.booking(rows: 60)
    var signOff = SignOff(
      billingPeriod: period(month), on: day("2026-05-12"), by: "An\0", note: note, sha256: "aa",
      version: 7)
    signOff.documentsHash = "bb"
    var state = PeriodState()
    // The sums of one key could leave the range of an amount.
    for charge in booking.contents.charges {
      state.charges[RestatementKey(charge.key)] = StateSum(
        billedCost: charge.billedCost, lineItems: charge.sums.lineItems)
    }
    for allocation in booking.contents.allocations {
      state.allocations[RestatementKey(allocation), default: [:]][allocation.tags] = StateSum(
        billedCost: allocation.billedCost, lineItems: allocation.sums.lineItems)
    }
    state.matches = [StateMatch(try match("M\0"))]
    return NewSignOff(signOff: signOff, state: state)
  }

  private func match(_ id: Text) throws -> Match {
    var match = Match(
      billingPeriod: period("2026-04"), id: id, invoiceIDs: ["I"], documents: ["ubl:1"],
      documentKinds: [.invoice], issuer: "AWS", billingAccountID: "1", currency: "USD",
      difference: .zero, explained: [], unexplained: .zero, tolerance: .zero, result: .discrepant,
      lineItems: 1, items: [])
    match.invoicedTotal = try amount("12.34")
    return match
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `what was signed comes back as it was`(_ seed: UInt64) throws {
    var first = night()
    first.signOffs = try [new("2026-04", "'; --", seed: seed), new("2026-05", "", seed: seed + 9)]
    do { try file.open().record(first) }
    let ledger = try file.open()
    let records = try ledger.signOffs()
    #expect(records.map(\.signOff) == first.signOffs.map(\.signOff), "seed \(seed)")
    #expect(records.map(\.run) == [1, 1])
    for (record, new) in zip(records, first.signOffs) {
      #expect(try ledger.signedState(record.id) == new.state, "seed \(seed)")
    }
  }

  @Test func `a second sign-off of a period stands beside the first`() throws {
    let ledger = try file.open()
    for note: Text in ["first", "second"] {
      var next = night()
      next.signOffs = [try new("2026-04", note, seed: 4)]
      try ledger.record(next)
    }
    #expect(try ledger.signOffs().map(\.signOff.note) == ["first", "second"])
    #expect(try ledger.signOffs().map(\.run) == [1, 2])
  }

  @Test func `a sign-off takes away what was judged of its period`() throws {
    let ledger = try file.open()
    var first = night()
    let judged = ["2026-04", "2026-05"].map {
      JudgedPeriod(
        billingPeriod: period($0), basis: "b", span: .always, openFindings: 0, dearest: [])
    }
    first.judging = JudgingRecord(judged: judged)
    try ledger.record(first)
    var second = night()
    second.signOffs = [try new("2026-04", "", seed: 5)]
    try ledger.record(second)
    #expect(try ledger.judged().map(\.billingPeriod) == [period("2026-05")])
  }

  @Test func `open items of a judged period replace the earlier ones, the others stay`() throws {
    let ledger = try file.open()
    let items = try ["M1\0", "M2"].map {
      OpenItem(try match(Text($0)), openSince: day("2026-05-01"))
    }
    var first = night()
    first.openItems = [period("2026-03"): [items[1]], period("2026-04"): items]
    try ledger.record(first)
    #expect(try ledger.openItems() == [items[1]] + items)
    var second = night()
    second.openItems = [period("2026-04"): [items[1]], period("2026-05"): []]
    try ledger.record(second)
    #expect(try ledger.openItems() == [items[1], items[1]])
  }

  @Test func `a rebuild plays sign-offs again, and forgets them until then`() throws {
    let ledger = try file.open()
    var first = night()
    first.signOffs = [try new("2026-04", "", seed: 6)]
    first.openItems = [period("2026-04"): [OpenItem(try match("M"), openSince: day("2026-05-01"))]]
    try ledger.record(first)
    try ledger.removeDerived()
    #expect(try ledger.signOffs() == [])
    #expect(try ledger.openItems() == [])
    #expect(try file.answers("SELECT count(*) FROM signed_sum") == ["0"])
  }
}

import BillingLedger
import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import PipelineRuntime

@Suite struct FindingChangesTests {
  private let period = BillingPeriod("2026-04")

  private func reported(
    _ resource: Text, _ status: FindingStatus = .open
  ) throws -> ReportedFinding {
    var key = FindingKey(
      rule: "R", billingAccountID: "1", billingPeriod: try #require(period), currency: "USD")
    key.resourceID = resource
    let finding = Finding(
      key: key, kind: .errorCandidate, amountAtStake: .one, impact: .one, actual: "", expected: "",
      explanation: Words("", zh: ""), recommendation: Words("", zh: ""), confidence: .one,
      lineCount: 1)
    let day = try #require(Day("2026-05-05"))
    return ReportedFinding(
      id: FindingID.of(key), finding: finding, severity: .low, status: status, subAccountName: "",
      attribution: Attribution(), causedByID: "", firstSeen: day, lastSeen: day)
  }

  private func report(_ findings: [ReportedFinding]) throws -> PeriodReport {
    var report = PeriodReport(
      billingPeriod: period, asOf: try #require(Day("2026-05-05")), definition: "d")
    report.findings = findings
    return report
  }

  /// A ledger that knows these findings as they were last reported, and the publication of them.
  private func memory(
    of findings: [ReportedFinding], listed: [Text: FindingStatus]
  ) throws -> (Memory, Publication) {
    let folder = TemporaryFolder()
    let ledger = try Ledger(path: folder.path + "/ledger.db")
    let day = try #require(Day("2026-05-05"))
    var night = Night(
      run: RunRecord(
        started: Moment(day), asOf: day, definition: "d", outcome: "", exitCode: 0))
    let publication = Publication(
      billingPeriod: period, version: 1, documentsHash: "h", reported: listed)
    night.publications = [publication]
    night.findings = findings.map { reported in
      var record = FindingRecord(
        id: reported.id, key: reported.finding.key, firstSeen: day, lastSeen: day,
        status: reported.status, amountAtStake: .one)
      record.lastReported = reported
      return record
    }
    try ledger.record(night)
    var memory = try Memory(ledger)
    try memory.recall(try #require(period), ledger)
    return (memory, publication)
  }

  @Test func `what nothing shows any more is listed once, as resolved`() throws {
    let (stays, goes) = (try reported("a"), try reported("b"))
    let (memory, last) = try memory(of: [stays, goes], listed: [stays.id: .open, goes.id: .open])
    let changes = FindingChanges(try report([stays]), last: last, memory: memory)
    let listing = changes.listing(before: nil).findings
    #expect(
      Set(listing.map { "\($0.finding.key.resourceID) \($0.status.rawValue)" }) == [
        "a open", "b resolved",
      ])
    #expect(changes.records(in: .chinese).map(\.language) == [.chinese, .chinese])
  }

  @Test func `while nothing changes, the resolved row stays in the version that told it`() throws {
    let (stays, gone) = (try reported("a"), try reported("b", .resolved))
    let (memory, last) = try memory(
      of: [stays, gone], listed: [stays.id: .open, gone.id: .resolved])
    let changes = FindingChanges(try report([stays]), last: last, memory: memory)
    #expect(changes.listing(before: last).findings.count == 2)
    #expect(changes.listing(before: nil).findings.map(\.id) == [stays.id])
  }

  @Test func `a dismissed finding leaves the list after the version that told it`() throws {
    let open = try reported("a")
    let dismissed = try reported("a", .dismissed)
    let (memory, last) = try memory(of: [open], listed: [open.id: .open])
    let now = FindingChanges(try report([dismissed]), last: last, memory: memory)
    #expect(now.listing(before: nil).findings.map(\.status) == [.dismissed])
    let (later, told) = try self.memory(of: [dismissed], listed: [dismissed.id: .dismissed])
    let then = FindingChanges(try report([dismissed]), last: told, memory: later)
    #expect(then.listing(before: nil).findings.isEmpty)
  }
}

import BillingModel
import ExactNumbers
import TestSupport
import Testing

@testable import BillingLedger

/// What reviewers decided, what was refused of it, and what is claimed back.
@Suite struct ReviewTests {
  private let file = LedgerFile()

  private func decision(_ text: Text, _ number: Int) throws -> ReviewDecision {
    var key = FindingKey(
      rule: RuleID(text), billingAccountID: text, billingPeriod: period("2026-04"),
      currency: CurrencyCode(text))
    key.detail = text
    var decision = ReviewDecision(
      findingID: Text("F-\(number)"), key: key, kind: .errorCandidate,
      status: FindingStatus.allCases[number % 6], amount: try amount("12.345"),
      on: day("2026-05-02"), sha256: "aa")
    decision.reviewer = text
    decision.note = text
    if number % 2 == 0 {
      decision.until = day("2027-01-01")
      decision.owner = text
      decision.claim = try amount("0.000000000000000001")
    }
    return decision
  }

  private func refusal(_ text: Text, _ number: Int) -> ReviewRefusal {
    var refusal = ReviewRefusal(
      file: text, sha256: "bb", record: number, line: number + 1, code: "UnknownStatus",
      message: text)
    refusal.raw = text
    refusal.column = "Status"
    if number % 2 == 0 {
      refusal.findingID = "F-1"
      refusal.billingPeriod = period("2026-04")
    }
    return refusal
  }

  private func reviewed() throws -> Night {
    var night = night()
    for (number, text) in hostileTexts.enumerated() {
      night.reviews.decisions.append(try decision(text, number))
      night.reviews.refusals.append(refusal(text, number))
      var cells = ReviewCells(status: .planned)
      (cells.owner, cells.note, cells.reviewer) = (text, text, text)
      cells.until = number % 2 == 0 ? day("2026-12-31") : nil
      night.reviews.pastFaces.append(
        PastFace(findingID: "F-1", cells: cells, explanations: ["0123456789abcdef", text]))
    }
    return night
  }

  @Test func `decisions, refusals and faces come back as they were, oldest first`() throws {
    let night = try reviewed()
    do { try file.open().record(night) }
    let ledger = try file.open()
    #expect(try ledger.decisions() == night.reviews.decisions)
    #expect(try ledger.reviewRefusals() == night.reviews.refusals)
    #expect(try ledger.pastFaces(of: "F-1") == night.reviews.pastFaces)
    #expect(try ledger.pastFaces(of: "F-2") == [])
  }

  @Test func `a run that is played again knows what was decided up to its own`() throws {
    let ledger = try file.open()
    for number in 1...3 {
      var next = night()
      next.reviews.decisions = [try decision("An", number)]
      next.reviews.refusals = [refusal("a.csv", number)]
      try ledger.record(next)
    }
    #expect(try ledger.decisions(through: 2).map(\.findingID) == ["F-1", "F-2"])
    #expect(try ledger.reviewRefusals(through: 1).map(\.record) == [1])
    #expect(try ledger.decisions().count == 3)
  }

  @Test func `a rebuild keeps decisions and refusals, and forgets what it makes again`() throws {
    var night = try reviewed()
    let key = try decision("An", 0).key
    let dispute = Dispute(
      findingID: "F-1", key: key, status: .sent, claimed: try amount("1.5"),
      openedOn: day("2026-05-02"))
    night.disputes = [period("2026-04"): [dispute]]
    let ledger = try file.open()
    try ledger.record(night)
    #expect(try ledger.disputes() == [dispute])
    try ledger.removeDerived()
    #expect(try ledger.decisions() == night.reviews.decisions)
    #expect(try ledger.reviewRefusals() == night.reviews.refusals)
    #expect(try ledger.disputes() == [] && ledger.pastFaces(of: "F-1") == [])
  }

  @Test func `the claims of a judged period replace what was there`() throws {
    let ledger = try file.open()
    let key = try decision("An", 0).key
    for id: Text in ["F-2", "F-1"] {
      var next = night()
      next.disputes = [
        period("2026-04"): [
          Dispute(
            findingID: id, key: key, status: .open, claimed: .one, openedOn: day("2026-05-02"))
        ]
      ]
      try ledger.record(next)
    }
    #expect(try ledger.disputes().map(\.findingID) == ["F-1"])
  }

  @Test func `a decision takes away that nothing need be judged`() throws {
    let ledger = try file.open()
    var next = night()
    next.judging = JudgingRecord(
      whole: JudgedPeriod(
        billingPeriod: nil, basis: "b", span: .always, openFindings: 0, dearest: []))
    try ledger.record(next)
    #expect(try ledger.judgedAsAWhole() != nil)
    var review = night()
    review.reviews.decisions = [try decision("An", 1)]
    try ledger.record(review)
    #expect(try ledger.judgedAsAWhole() == nil)
  }

  @Test func `only credits, refunds and adjustments of a version are read`() throws {
    var random = RandomBooking(seed: 12)
    var booking = try random.booking(rows: 4)
    for (index, type) in ["Usage", "Credit", "Refund", "Adjustment"].enumerated() {
      booking.contents.charges[index].key.chargeType = ChargeType(Text(type))
    }
    booking.contents.charges = Array(booking.contents.charges.prefix(4))
    var next = night()
    next.bookings = [NewBooking(booking: booking, role: .booked, files: ["a"])]
    let ledger = try file.open()
    try ledger.record(next)
    let id = try #require(try ledger.bookings().first?.id)
    #expect(try ledger.creditCharges(id) == Array(booking.contents.charges.dropFirst()))
  }
}

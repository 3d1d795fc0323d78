import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

/// What counts as a credit that came after the invoice.
@Suite struct LateCreditTests {
  @Test func `LateCredit explains credits dated after the invoice`() throws {
    let charges = [
      charge("100.00"), charge("-8.00", type: "Credit", on: "2026-04-28"),
      charge("-2.00", type: "Refund", on: "2026-04-27"),
    ]
    let document = invoice("INV-1", "100.00", on: "2026-04-26")
    let match = try soleMatch(booking(charges), document)
    #expect(match.explained == [ExplainedAmount(.lateCredit, amount("10.00"))])
  }

  @Test func `LateCredit explains credits that the version of the invoice date had not`() throws {
    let then = booking(
      [charge("97.00"), charge("-1.00", type: "Credit")], version: "1", on: "2026-05-02")
    let now = booking(
      [charge("97.00"), charge("-1.00", type: "Credit"), charge("-8.00", type: "Credit")])
    let match = try soleMatch(now, replaced: [then], invoice("INV-1", "100.00"))
    #expect(match.explained == [ExplainedAmount(.lateCredit, amount("8.00"))])
    #expect(match.unexplained == amount("4.00"))
  }

  @Test func `LateCredit looks at the newest version up to the invoice date`() throws {
    let versions = [("-1.00", "2026-05-01"), ("-2.00", "2026-05-03"), ("-9.00", "2026-05-04")].map {
      booking([charge("95.00"), charge($0, type: "Credit")], version: Text($1), on: $1)
    }
    let now = booking([charge("95.00"), charge("-9.00", type: "Credit")])
    let match = try soleMatch(now, replaced: versions, invoice("INV-1", "100.00", on: "2026-05-03"))
    #expect(match.explains(.lateCredit) == amount("7.00"))
  }

  @Test func `LateCredit does not apply to credits that were there`() throws {
    let charges = [charge("100.00"), charge("-8.00", type: "Credit", on: "2026-04-10")]
    #expect(
      try soleMatch(booking(charges), invoice("INV-1", "100.00")).explains(.lateCredit) == nil)
    // The earlier version was open: its credits had no id yet, which does not make them late.
    let open = booking(
      [charge("100.00", id: ""), charge("-8.00", id: "", type: "Credit")], version: "1",
      on: "2026-05-01")
    #expect(
      try soleMatch(booking(charges), replaced: [open], invoice("INV-1", "100.00"))
        .explains(.lateCredit) == nil)
  }

  /// Half of a month was final when the invoice was issued: 108.00 with an id, a credit of 8.00 without.
  private func halfFinal(_ invoiced: String, _ late: ChargeSummary...) throws -> Match {
    let half = booking(
      [charge("108.00"), charge("-8.00", id: "", type: "Credit")], version: "1", on: "2026-05-01")
    let now = booking([charge("108.00"), charge("-8.00", type: "Credit")] + late)
    return try soleMatch(now, replaced: [half], invoice("INV-1", invoiced))
  }

  /// 150.00 − (108.00 − 8.00) = 50.00.
  @Test func `LateCredit does not apply to credits that only lacked their id`() throws {
    let match = try halfFinal("150.00")
    #expect(match.explained == [] && match.unexplained == amount("50.00"))
  }

  /// 150.00 − (108.00 − 8.00 − 3.00) = 53.00, of which 3.00 came late.
  @Test func `LateCredit explains what came beside credits that only lacked their id`() throws {
    let match = try halfFinal("150.00", charge("-3.00", type: "Credit"))
    #expect(match.explained == [ExplainedAmount(.lateCredit, amount("3.00"))])
    #expect(match.unexplained == amount("50.00"))
  }

  /// 105.00 is invoiced: 108.00 − 3.00, without the credit that had no id. 105.00 − 97.00 = 8.00.
  @Test func `credits that lacked their id are late where they are all that is left`() throws {
    let half = booking(
      [
        charge("108.00"), charge("-3.00", type: "Refund"), charge("-8.00", id: "", type: "Credit"),
        charge("1.00"),
      ], version: "1", on: "2026-05-01")
    let now = booking([
      charge("108.00"), charge("-3.00", type: "Refund"), charge("-8.00", type: "Credit"),
    ])
    let match = try soleMatch(now, replaced: [half], invoice("INV-1", "105.00"))
    #expect(match.explained == [ExplainedAmount(.lateCredit, amount("8.00"))])
  }
}

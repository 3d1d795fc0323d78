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

  /// The credit of 15.00 is open in both versions; 103.00 − (100.00 − 20.00) = 23.00.
  @Test func `a credit that still has no id takes nothing from those that came late`() throws {
    let open = charge("-15.00", id: "", type: "Credit")
    let then = booking([charge("100.00"), open], version: "1", on: "2026-05-01")
    let now = booking([charge("100.00"), open, charge("-20.00", type: "Credit")])
    let found = try matches([now], replaced: [then], [invoice("INV-1", "103.00")])
    let match = try #require(found.first { $0.invoiceIDs == ["INV-1"] })
    #expect(match.explained == [ExplainedAmount(.lateCredit, amount("20.00"))])
    #expect(match.unexplained == amount("3.00"))
  }

  /// Of 15.00 without an id 5.00 still have none: the other 10.00 are among the 30.00.
  /// 103.00 − (100.00 − 30.00) = 33.00, of which 20.00 came late.
  @Test func `what still has no id of a credit is not among those that have one`() throws {
    let then = booking(
      [charge("100.00"), charge("-15.00", id: "", type: "Credit")], version: "1",
      on: "2026-05-01")
    let now = booking([
      charge("100.00"), charge("-5.00", id: "", type: "Credit"), charge("-30.00", type: "Credit"),
    ])
    let found = try matches([now], replaced: [then], [invoice("INV-1", "103.00")])
    let match = try #require(found.first { $0.invoiceIDs == ["INV-1"] })
    #expect(match.explained == [ExplainedAmount(.lateCredit, amount("20.00"))])
    #expect(match.unexplained == amount("13.00"))
  }

  /// Two invoices have credits in one place: 15.00 that lacked its id, and 20.00 that came late. Whichever
  /// is which, 15.00 were there: 103.00 − (100.00 − 20.00) = 23.00 and 103.00 − (100.00 − 15.00) = 18.00.
  @Test(arguments: [("INV-1", "INV-2"), ("INV-2", "INV-1")])
  func `a credit that lacked its id is on one invoice only`(_ late: String, _ named: String)
    throws
  {
    let usage = [charge("100.00", id: "INV-1"), charge("100.00", id: "INV-2")]
    let then = booking(
      usage + [charge("-15.00", id: "", type: "Credit")], version: "1", on: "2026-05-01")
    let now = booking(
      usage + [
        charge("-20.00", id: late, type: "Credit"), charge("-15.00", id: named, type: "Credit"),
      ])
    let found = try matches(
      [now], replaced: [then], [invoice("INV-1", "103.00"), invoice("INV-2", "103.00")])
    let unexplained = Dictionary(
      uniqueKeysWithValues: found.map { ($0.invoiceIDs.map(\.string), $0.unexplained) })
    #expect(unexplained == [[late]: amount("3.00"), [named]: amount("18.00")])
  }

  /// A credit that was 10.00 when the invoice came and is 4.00 now: nothing came late.
  /// 94.00 − 96.00 = −2.00 is no credit; nor is −6.00, which is all that is left of 90.00 − 96.00.
  @Test(arguments: ["94.00", "90.00"]) func `a credit that shrank is no late one`(
    _ invoiced: String
  ) throws {
    let then = booking(
      [charge("101.00"), charge("-10.00", type: "Credit")], version: "1", on: "2026-05-01")
    let now = booking([charge("100.00"), charge("-4.00", type: "Credit")])
    let match = try soleMatch(now, replaced: [then], invoice("INV-1", invoiced))
    #expect(match.explains(.lateCredit) == nil)
  }
}

import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// Nights on which people close a month, and nights after that. Each is played twice (see
/// ``TwinNights``).
@Suite struct SignOffNightTests {
  private let twins: TwinNights

  /// June is booked, and its invoice came: 2 services × (28 × 1.00 + 28 × 0.01).
  init() throws {
    twins = try TwinNights()
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6"))
    try twins.invoice("INV6", "2026-06", "56.56")
    try twins.night("2026-07-20")
  }

  private func sign(_ period: String = "2026-06", note: String = "") throws {
    try twins.drop("sign-off-\(period).csv", "BillingPeriod,SignedBy,Note\n\(period),An,\(note)\n")
  }

  /// What the rows of a document hold in some columns, with `|` between them.
  private func cells(_ document: String, _ columns: String...) throws -> [String] {
    Sheet(Data(try twins.document(document).utf8)).rows.map { row in
      columns.map { row[$0] ?? "?" }.joined(separator: "|")
    }
  }

  /// On, by, note and version of the summary's word about the sign-off.
  private func signedOff(_ period: String = "2026-06") throws -> String {
    let text = try twins.document("\(period)/run-summary.json")
    return text.split(separator: "\n").drop { !$0.contains("\"signedOff\"") }.prefix(5)
      .joined().filter { $0 != " " }
  }

  @Test func `a proved month is closed, and the night after is quiet`() throws {
    #expect(try signedOff().hasPrefix("\"signedOff\":null"))
    try sign(note: "checked")
    let outcome = try twins.night("2026-07-21")
    #expect(outcome.judged == ["2026-06"] && !outcome.hasQuarantine)
    #expect(
      try signedOff()
        == #""signedOff":{"on":"2026-07-21","by":"An","note":"checked","version":2"#)
    #expect(try twins.document("2026-06/run-summary.json").contains("sign-off-2026-06.csv"))
    #expect(try cells("2026-06/restatement.csv", "Since") == [])
    let quiet = try twins.night("2026-07-22")
    #expect(quiet.judged == [] && quiet.loaded == [])
  }

  @Test func `an invoice and the sign-off that needs it may come in one night`() throws {
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7"))
    try twins.night("2026-08-05")
    try twins.invoice("INV7", "2026-07", "56.56")
    try sign("2026-07")
    #expect(try !twins.night("2026-08-06").hasQuarantine)
    #expect(try signedOff("2026-07").contains("2026-08-06"))
  }

  @Test func `what changes after the sign-off is listed, and is one finding`() throws {
    try sign()
    try twins.night("2026-07-21")
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 110))
    try twins.night("2026-07-22")
    // 28 days × 0.10, in each of two services; line items stay 28.
    let moved = ["AmazonEC2|28.28|31.08|2.80|28|28", "AmazonS3|28.28|31.08|2.80|28|28"]
    #expect(
      try cells(
        "2026-06/restatement.csv", "Since", "Change", "ServiceName", "Before", "After",
        "Difference", "LineItemsBefore", "LineItemsAfter")
        == ["delivery", "sign-off"].flatMap { since in moved.map { "\(since)|repriced|\($0)" } })
    let findings = Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8))
    let found = findings.rows(["Rule": "ChangedAfterSignOff"])
    #expect(found.map { $0["Impact"] } == ["5.60"])
    #expect(
      findings.rows(["Rule": "ChangedAfterFinalisation"]).map { $0["CausedBy"] }
        == [found.first?["FindingId"], found.first?["FindingId"]])
    // A third version: since the delivery only what moved last, since the sign-off all of it.
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 111))
    try twins.night("2026-07-23")
    #expect(
      try cells("2026-06/restatement.csv", "Since", "ServiceName", "Before", "Difference") == [
        "delivery|AmazonEC2|31.08|0.28", "delivery|AmazonS3|31.08|0.28",
        "sign-off|AmazonEC2|28.28|3.08", "sign-off|AmazonS3|28.28|3.08",
      ])
  }

  @Test func `a document that comes after the sign-off is listed with the sums of its match`()
    throws
  {
    try sign()
    try twins.night("2026-07-21")
    try twins.invoice("INV9", "2026-06", "9.00")
    try twins.night("2026-07-22")
    #expect(
      try cells("2026-06/restatement.csv", "Since", "Change", "InvoiceId", "Before", "After") == [
        "sign-off|document appeared|aws-invoice-summary:INV9||9.00"
      ])
  }

  @Test func `a later sign-off is a new base`() throws {
    try sign()
    try twins.night("2026-07-21")
    var month = Month(period: "2026-06", invoiceID: "INV6")
    month.extra = [("2026-06-28", "INV9")]
    try twins.deliver(month)
    try twins.invoice("INV9", "2026-06", "1.00")
    try twins.night("2026-07-22")
    let rows = {
      try cells("2026-06/restatement.csv", "Since", "Change", "InvoiceId", "Difference")
    }
    #expect(
      try rows() == [
        "delivery|appeared|INV9|1.00", "sign-off|appeared|INV9|1.00",
        "sign-off|document appeared|aws-invoice-summary:INV9|",
      ])
    try sign(note: "again")
    #expect(try !twins.night("2026-07-23").hasQuarantine)
    #expect(try signedOff().contains(#""on":"2026-07-23","by":"An","note":"again","version":4"#))
    #expect(try rows() == ["delivery|appeared|INV9|1.00"])
    month.cents = 110
    try twins.deliver(month)
    try twins.night("2026-07-24")
    #expect(
      try rows().suffix(3) == [
        "sign-off|repriced|INV6|2.80", "sign-off|repriced|INV6|2.80", "sign-off|repriced|INV9|0.10",
      ])
  }

  @Test func `the same words are taken once`() throws {
    try sign()
    try twins.night("2026-07-21")
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 110))
    try twins.night("2026-07-22")
    try sign()
    let again = try twins.night("2026-07-23")
    #expect(!again.hasQuarantine)
    #expect(try signedOff().contains("2026-07-21"))
    #expect(try cells("2026-06/restatement.csv", "Since").contains("sign-off"))
  }

  @Test func `an open month cannot be closed, and the reason names its open matches`() throws {
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7"))
    try twins.night("2026-08-15")
    try sign("2026-07")
    let refused = try twins.night("2026-08-16")
    #expect(refused.hasQuarantine)
    #expect(
      refused.report.contains(
        "2026-07 cannot be closed: 2026-07/100000000001/amazonwebservices/USD/INV7 is "
          + "MissingInvoice, USD -56.56 off, -56.56 of it unexplained. Settle what open-items.csv of "
          + "the period lists, then sign off again"), "\(refused.report)")
    #expect(try signedOff("2026-07").hasPrefix("\"signedOff\":null"))
    // Once it is settled, the same file is good.
    try twins.invoice("INV7", "2026-07", "56.56")
    try sign("2026-07")
    #expect(try !twins.night("2026-08-17").hasQuarantine)
    #expect(try signedOff("2026-07").contains("2026-08-17"))
    #expect(!(try twins.document("unassigned/run-summary.json")).contains("NotClosable"))
  }

  @Test func `a month that nobody knows cannot be closed`() throws {
    try sign("2025-01")
    let refused = try twins.night("2026-07-21")
    #expect(
      refused.report.contains("2025-01 cannot be closed: nothing is known of it. Check the month"))
  }

  @Test(arguments: [
    ("2026-6,An,", "line 2: BillingPeriod is YYYY-MM, not \"2026-6\""),
    ("2026-06,,", "line 2: SignedBy is empty: name who signs"),
    (
      "2026-06,An,\n2026-05,An,", "2 rows below the header: a file signs one period off, in one row"
    ),
    ("2026-06,\"An,", "line 2: a quote that is never closed"),
  ]) func `a file that cannot be meant is set aside`(_ row: String, _ reason: String) throws {
    try twins.drop("closing.csv", "BillingPeriod,SignedBy,Note\n\(row)\n")
    let refused = try twins.night("2026-07-21")
    #expect(refused.report.contains("quarantined closing.csv: \(reason)"), "\(refused.report)")
  }

  /// The invoice states 0.04 more than is charged, which nothing explains.
  @Test(arguments: [("0.03", false), ("0.04", true), ("0.00", false)])
  func `what may stay unexplained is the definition's word`(
    _ unexplained: String, _ isClosed: Bool
  ) throws {
    try twins.define(
      "nightly.yaml", TwinNights.definition() + "close: {unexplained: \(unexplained)}\n")
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7"))
    try twins.invoice("INV7", "2026-07", "56.60")
    try twins.night("2026-08-15")
    try sign("2026-07")
    let outcome = try twins.night("2026-08-16")
    #expect(outcome.hasQuarantine != isClosed, "\(outcome.report)")
    #expect(isClosed || outcome.report.contains("Discrepant, USD 0.04 off, 0.04 of it"))
  }

  @Test func `what is within rounding does not stand in the way`() throws {
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7"))
    try twins.invoice("INV7", "2026-07", "56.57")
    try twins.night("2026-08-15")
    try sign("2026-07")
    let outcome = try twins.night("2026-08-16")
    #expect(!outcome.hasQuarantine, "\(outcome.report)")
  }

  @Test func `a signed version stays, however many come after it`() throws {
    try twins.define(
      "nightly.yaml", TwinNights.definition() + "report: {retention: 1}\n")
    try sign()
    try twins.night("2026-07-21")
    for cents in 101...104 {
      try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: cents))
      try twins.night("2026-07-\(cents - 79)")
    }
    let folder = twins.quick.url.appendingPathComponent("out/.versions/2026-06").path
    let versions = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(versions == ["2", "5", "6"])
  }

  // MARK: What rolls forward

  @Test func `what is open in earlier months rolls forward into the newest, since its first night`()
    throws
  {
    try twins.deliver(Month(period: "2026-05", invoiceID: "INV5"))
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7"))
    try twins.night("2026-08-15")
    let missing = { (period: String, id: String) in
      "\(period)|\(period)/100000000001/amazonwebservices/USD/\(id)|MissingInvoice|2026-08-15|0-30"
    }
    let open = { (period: String) in
      try cells(
        "\(period)/open-items.csv", "BillingPeriod", "MatchId", "Result", "OpenSince", "Age")
    }
    #expect(try open("2026-05") == [missing("2026-05", "INV5")])
    #expect(try open("2026-06") == [])
    #expect(try open("2026-07") == [missing("2026-05", "INV5"), missing("2026-07", "INV7")])
    // It stays as old as it is, though the month is delivered again.
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7", cents: 120))
    try twins.night("2026-08-20")
    #expect(try open("2026-07") == [missing("2026-05", "INV5"), missing("2026-07", "INV7")])
    // Settled, it is gone from both.
    try twins.invoice("INV5", "2026-05", "56.56")
    try twins.night("2026-08-21")
    #expect(try open("2026-05") == [])
    #expect(try open("2026-07") == [missing("2026-07", "INV7")])
  }
}

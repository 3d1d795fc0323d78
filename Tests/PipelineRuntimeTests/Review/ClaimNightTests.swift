import BillingLedger
import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// Nights on which money is claimed, and comes back. Each is played twice (see ``TwinNights``).
@Suite struct ClaimNightTests {
  private let twins: TwinNights

  /// June is booked with 56.56, and its invoice states 60.00: 3.44 too much.
  init() throws {
    twins = try TwinNights()
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6"))
    try twins.invoice("INV6", "2026-06", "60.00")
    try twins.night("2026-07-20")
  }

  private func total() throws -> String {
    try #require(twins.findings().first { $0.key.rule == "TotalOff" }).id.string
  }

  private func claim() throws -> [String] {
    let sheet = Sheet(Data(try twins.document("2026-06/disputes.csv").utf8))
    let row = try #require(sheet.rows.first)
    return ["DisputeStatus", "Claimed", "Recovered", "Left"].map { row[$0] ?? "?" }
  }

  private func confirm() throws {
    try twins.decide(.confirmed) { $0.first { $0.key.rule == "TotalOff" } }
    try twins.night("2026-07-21")
    #expect(try claim() == ["open", "3.44", "0.00", "3.44"])
  }

  /// July with two rows of credit for the same account and service, one of which names a finding, and some
  /// of other services on the same invoice.
  private func july(naming id: String, invoice: String = "") -> String {
    let rows = Month(period: "2026-07", invoiceID: invoice).text.split(separator: "\n").enumerated()
      .map { "\($1),\($0 == 0 ? "lineItem/LineItemDescription" : "")\n" }
    let credit = { (service: String, cost: String, words: String) in
      "\(invoice),\"\(Month.issuer)\",AWS,100000000001,2026-07-01T00:00:00Z,200000000001,Credit,"
        + "2026-07-20T00:00:00Z,\(service),USD,-\(cost),\(words)\n"
    }
    let others = ["AmazonEC2", "AmazonRDS", "AmazonVPC", "AWSLambda", "AWSGlue"].enumerated()
    return rows.joined() + credit("AmazonS3", "2.00", "Refund for \(id)")
      + credit("AmazonS3", "7.00", "Promotion")
      + others.map { credit($1, "0.\($0 + 1)1", "Promotion") }.joined()
  }

  /// A month with rows of credit.
  private func month(
    _ period: String, _ credits: [(service: String, cost: String, words: String)]
  ) -> String {
    let rows = Month(period: period).text.split(separator: "\n").enumerated().map {
      "\($1),\($0 == 0 ? "lineItem/LineItemDescription" : "")\n"
    }
    let lines = credits.map { service, cost, words in
      ",\"\(Month.issuer)\",AWS,100000000001,\(period)-01T00:00:00Z,200000000001,Credit,"
        + "\(period)-20T00:00:00Z,\(service),USD,-\(cost),\(words)\n"
    }
    return rows.joined() + lines.joined()
  }

  @Test func `a credit row that names the finding counts, and not those beside it`() throws {
    try confirm()
    try twins.drop("july/cur.csv", july(naming: total()))
    try twins.night("2026-08-02")
    #expect(try claim() == ["credited in part", "3.44", "2.00", "1.44"])
  }

  @Test func `credits on one invoice stand each for itself`() throws {
    try confirm()
    try twins.drop("july/cur.csv", july(naming: total(), invoice: "INV7"))
    try twins.night("2026-08-02")
    #expect(try claim() == ["credited in part", "3.44", "2.00", "1.44"])
    let sheet = Sheet(Data(try twins.document("2026-06/disputes.csv").utf8))
    let credits = try #require(sheet.rows.first?["Credits"])
    #expect(!credits.contains(";") && credits.contains("AmazonS3"))
  }

  /// Programs before named the credit with neither payer, currency nor empty parts.
  @Test func `money that an earlier program counted stays, though another of the amount comes`()
    throws
  {
    try confirm()
    try twins.drop("july/cur.csv", month("2026-07", [("AmazonS3", "3.44", "")]))
    try twins.night("2026-08-02")
    #expect(try claim() == ["credited", "3.44", "3.44", "0.00"])
    for home in [twins.quick, twins.thorough] {
      let ledger = try Ledger(path: home.path + "/state/counterfoil.db")
      var disputes = try ledger.disputes()
      #expect(
        disputes[0].credits
          == ["rows:100000000001/USD/2026-07//200000000001/AmazonS3/Credit/"])
      disputes[0].credits = ["rows:2026-07/200000000001/AmazonS3/Credit"]
      var night = Night(run: try #require(ledger.runs(limit: 1).first))
      night.disputes = [disputes[0].key.billingPeriod: disputes]
      try ledger.record(night)
    }
    try twins.drop("august/cur.csv", month("2026-08", [("AmazonEC2", "3.44", "")]))
    try twins.night("2026-09-02", program: "a newer one")
    #expect(try claim() == ["credited", "3.44", "3.44", "0.00"])
  }

  @Test func `a claim whose amount moved is reopened, and keeps the folder of its letter`() throws {
    try confirm()
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 103))
    try twins.night("2026-07-24")
    #expect(try claim()[0] == "reopened")
    let letter = try twins.document("2026-06/disputes/\(total())/letter-en.txt")
    #expect(letter.contains("USD 3.44") && letter.contains("are checking it again"))
    #expect(!letter.contains("We ask you to"))
  }

  @Test func `what was dismissed is listed with its ids, and status forgets what was settled`()
    throws
  {
    try twins.drop("a.csv", "FindingId,Status,Reviewer\n\(total()),wontfix,\n")
    try twins.night("2026-07-21")
    var status = try Standing.of(home: twins.quick.path)
    #expect(status.contains("UnknownStatus") && status.contains("2026-07-21"))
    try twins.decide(.dismissed) { $0.first { $0.key.rule == "TotalOff" } }
    try twins.night("2026-07-22")
    status = try Standing.of(home: twins.quick.path)
    #expect(!status.contains("UnknownStatus"))
    let list = Sheet(Data(try twins.document("2026-06/dismissed.csv").utf8))
    #expect(try list.column("FindingId") == [total()])
    #expect(try twins.document("2026-06/rejects.csv").contains("UnknownStatus"))
  }
}

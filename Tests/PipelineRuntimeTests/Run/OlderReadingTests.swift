import BillingModel
import Foundation
import TestSupport
import Testing

@testable import BillingLedger
@testable import PipelineRuntime

/// Months that an older program read, under the rules that it had.
@Suite struct OlderReadingTests {
  private struct Summary: Decodable {
    struct Rule: Decodable {
      var rule: String
      var reason: String
    }
    var notChecked: [Rule]
  }

  private func unchecked(_ twins: TwinNights) throws -> [String: String] {
    let text = try twins.document("2026-06/run-summary.json")
    let summary = try JSONDecoder().decode(Summary.self, from: Data(text.utf8))
    return Dictionary(
      summary.notChecked.map { ($0.rule, $0.reason) }, uniquingKeysWith: { "\($0); \($1)" })
  }

  /// Makes the booked version of both homes one that an older program read.
  private func age(_ twins: TwinNights, _ change: (inout ExportContents) -> Void) throws {
    for home in [twins.quick, twins.thorough] {
      let ledger = try Ledger(path: home.path + "/state/counterfoil.db")
      let header = try #require(try ledger.bookings().first { $0.role == .booked })
      var booking = try ledger.booking(header.id)
      change(&booking.contents)
      var night = Night(run: try #require(try ledger.runs(limit: 1).first))
      night.roleChanges = [RoleChange(booking: header.id, role: .superseded)]
      night.bookings = [NewBooking(booking: booking, role: .booked, files: header.files)]
      try ledger.record(night)
    }
  }

  @Test func `a rule that is newer than a month says so until the month is read again`() throws {
    let twins = try TwinNights()
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6"))
    try twins.night("2026-07-20")
    #expect(try unchecked(twins)["PositiveCredit"] == nil)
    try age(twins) { $0.screens.removeAll { $0.rule == "PositiveCredit" } }
    try twins.night("2026-07-21", program: "a newer one")
    #expect(
      try unchecked(twins)["PositiveCredit"]
        == "payer 100000000001: the export was read before this rule was there: "
        + "run counterfoil rebuild, which reads it again")

    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 101))
    try twins.night("2026-07-22")
    #expect(try unchecked(twins)["PositiveCredit"] == nil)
  }

  /// A credit of 1.01 that is charged.
  private func ageAfterCredit(_ change: (inout CarriedScreen) -> Void) throws -> TwinNights {
    let twins = try TwinNights()
    let june = Month(period: "2026-06", invoiceID: "INV6").text
    try twins.drop("june/cur.csv", june.replacing(",Usage,", with: ",Credit,", maxReplacements: 1))
    try twins.night("2026-07-20")
    #expect(try listed(twins).contains("PositiveCredit"))
    try age(twins) { contents in
      for index in contents.screens.indices where contents.screens[index].rule == "PositiveCredit" {
        change(&contents.screens[index])
      }
    }
    try twins.night("2026-07-21", program: "a newer one")
    #expect(
      try unchecked(twins)["PositiveCredit"]?.contains("under an older form of the rule") == true)
    return twins
  }

  @Test func `what a rule found stays where it looks for something else by now`() throws {
    let twins = try ageAfterCredit { $0.form = "0" }
    #expect(try listed(twins).contains("PositiveCredit"))
  }

  @Test func `what a rule folded by other columns is no finding of the rule as it is`() throws {
    let twins = try ageAfterCredit { $0.shape = "0" }
    #expect(
      try twins.findings().filter { $0.key.rule == "PositiveCredit" }.map(\.status) == [.resolved])
  }

  /// Where this fails, a screen was changed: months that were read before tell the rule as unchecked, which is
  /// meant to be. Add the rule here. Where many fail, only the words of the code were changed, and the forms
  /// that ledgers hold must be kept.
  @Test func `of the screens before forms were stored these have changed`() throws {
    var contents = ExportContents()
    contents.screens = try JSONDecoder().decode(
      [CarriedScreen].self, from: Data(EarlierScreens.all.utf8))
    #expect(
      contents.asked(PipelineRunner.carried).unchecked.map(\.rule)
        == ["ChargeableAtZeroRate", "IntervalOffGrain", "SplitCostMismatch"])
  }

  private func listed(_ twins: TwinNights) throws -> [String] {
    Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8)).column("Rule")
  }
}

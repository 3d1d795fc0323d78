import BillingLedger
import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// Files that are dropped in again, and what they take back. Each night is played twice (see ``TwinNights``).
@Suite struct RepeatedReviewTests {
  private let june: ReviewedJune
  private var twins: TwinNights { june.twins }
  private var id: String { june.id }

  init() throws { june = try ReviewedJune() }

  private func row() throws -> [String: String] { try june.row() }
  private func cells() throws -> [String] { try june.cells() }
  private func edited(_ edits: [String: String] = [:]) throws -> String { try june.edited(edits) }

  @Test func `an emptied owner is taken back, and none can be taken back that nobody named`() throws
  {
    let before = try row()["Owner"]
    try twins.drop("a.csv", edited(["Owner": "team-b"]))
    try twins.night("2026-07-21")
    #expect(try row()["Owner"] == "team-b")
    let emptied = try edited(["Owner": ""])
    try twins.drop("b.csv", emptied)
    #expect(try !twins.night("2026-07-22").hasQuarantine)
    #expect(try row()["Owner"] == before && row()["OwnerEvidence"] != "review")
    // The same file again says nothing new.
    try twins.drop("b.csv", emptied)
    #expect(try !twins.night("2026-07-23").hasQuarantine)
  }

  @Test func `a file is no word about an amount that moved after it was taken`() throws {
    let text = try edited(["Status": "confirmed", "Reviewer": "An"])
    try twins.drop("a.csv", text)
    try twins.night("2026-07-21")
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 103))
    try twins.night("2026-07-22")
    #expect(try cells()[0] == "open")
    try twins.drop("a.csv", text)
    let outcome = try twins.night("2026-07-23")
    #expect(outcome.report.contains("a.csv: 0 decisions taken, 1 refused"))
    #expect(
      outcome.report.contains("An made it confirmed on 2026-07-21, and it is open again since"))
    #expect(try cells()[0] == "open")
  }

  @Test func `what is dismissed stands in a list of its own, and is opened from there`() throws {
    try twins.drop("a.csv", edited(["Status": "dismissed", "Reviewer": "An"]))
    try twins.night("2026-07-21")
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", lastDay: 27))
    try twins.night("2026-07-22")
    let list = try twins.document("2026-06/dismissed.csv")
    let sheet = Sheet(Data(list.utf8))
    #expect(try twins.document("2026-06/run-summary.json").contains("\"dismissed\""))
    guard sheet.rows(["FindingId": id]).count == 1 else { return }
    try twins.drop("b.csv", list.replacing("\(id),dismissed", with: "\(id),open"))
    #expect(try !twins.night("2026-07-23").hasQuarantine)
    #expect(try cells()[0] == "open")
  }
}

import BillingLedger
import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// Files that are dropped in again, and what they take back. Each night is played twice (see ``TwinNights``).
@Suite struct RepeatedReviewTests {
  private let twins: TwinNights
  private let id: String

  /// June is booked with 56.56, and its invoice states 60.00: 3.44 too much.
  init() throws {
    twins = try TwinNights()
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6"))
    try twins.invoice("INV6", "2026-06", "60.00")
    try twins.night("2026-07-20")
    let rows = Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8)).rows
    id = try #require(rows.first { $0["Rule"] == "TotalOff" }?["FindingId"])
  }

  private func row() throws -> [String: String] {
    let sheet = Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8))
    return try #require(sheet.rows(["FindingId": id]).first)
  }

  private func cells() throws -> [String] {
    let row = try row()
    return ["Status", "Reviewer", "ReviewUntil", "ReviewNote"].map { row[$0] ?? "?" }
  }

  /// The newest `anomalies.csv`, with some cells of the finding edited.
  private func edited(_ edits: [String: String] = [:]) throws -> String {
    let sheet = Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8))
    let rows = sheet.rows.map { row in
      sheet.columns.map { (row["FindingId"] == id ? edits[$0] : nil) ?? row[$0] ?? "" }
    }
    return ([sheet.columns] + rows).map { row in
      row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n"
    }.joined()
  }

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
    #expect(outcome.report.contains("a.csv: 0 decisions taken, 0 refused"))
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

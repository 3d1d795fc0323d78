import BillingLedger
import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// A home in which June has one finding about its invoice, for nights on which reviewers drop files in.
struct ReviewedJune {
  let twins: TwinNights
  let id: String

  /// June is booked with 56.56, and its invoice states 60.00: 3.44 too much.
  init() throws {
    twins = try TwinNights()
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6"))
    try twins.invoice("INV6", "2026-06", "60.00")
    try twins.night("2026-07-20")
    let rows = Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8)).rows
    id = try #require(rows.first { $0["Rule"] == "TotalOff" }?["FindingId"])
  }

  func row() throws -> [String: String] {
    let sheet = Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8))
    return try #require(sheet.rows(["FindingId": id]).first)
  }

  func cells() throws -> [String] {
    let row = try row()
    return ["Status", "Reviewer", "ReviewUntil", "ReviewNote"].map { row[$0] ?? "?" }
  }

  /// The newest `anomalies.csv`, with some cells of the finding edited.
  func edited(_ edits: [String: String] = [:]) throws -> String {
    let sheet = Sheet(Data(try twins.document("2026-06/anomalies.csv").utf8))
    let rows = sheet.rows.map { row in
      sheet.columns.map { (row["FindingId"] == id ? edits[$0] : nil) ?? row[$0] ?? "" }
    }
    return ([sheet.columns] + rows).map { row in
      row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n"
    }.joined()
  }
}

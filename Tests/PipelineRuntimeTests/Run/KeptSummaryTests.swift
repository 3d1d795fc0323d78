import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// A delivery reads those of its files that no night before read: each night is held against a twin that
/// reads them all.
@Suite struct KeptSummaryTests {
  private let first = Month(period: "2026-05", invoiceID: "INV5")
  private let second = Month(period: "2026-05", invoiceID: "INV5", cents: 250, lastDay: 9)
  private let restated = Month(period: "2026-05", invoiceID: "INV5", cents: 260, lastDay: 9)

  @Test func `of a restated month only the files that changed are read`() throws {
    let twins = try TwinNights()
    try twins.deliver([first, second], of: first)
    try twins.night("2026-06-20")
    #expect(twins.progress.contains { $0.hasPrefix("reading cur: 2 files") })
    try twins.deliver([first, restated], of: first)
    #expect(try twins.night("2026-06-21").judged == ["2026-05"])
    #expect(twins.progress.contains("reading cur: 1 of 2 files, the rest is known"))
  }

  @Test func `a delivery that waits for a sound file reads that one file when it comes`() throws {
    let twins = try TwinNights()
    try twins.deliver([first, nil], of: first)
    try twins.dropPart(2, Month(period: "2026-05", invoiceID: "INV5", lastDay: 1))
    try twins.drop(
      "cur/v1/BILLING_PERIOD=2026-05/cur-2.csv", second.text.replacing(",USD,", with: ",USD,x"))
    #expect(try twins.night("2026-06-20").hasQuarantine)
    try twins.dropPart(2, second)
    #expect(try twins.night("2026-06-21").judged == ["2026-05"])
    #expect(twins.progress.contains("reading cur: 1 of 2 files, the rest is known"))
  }

  @Test func `a damaged summary is read anew`() throws {
    let twins = try TwinNights()
    try twins.deliver([first, second], of: first)
    try twins.night("2026-06-20")
    for file in try twins.keptSummaries() {
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
    }
    try twins.deliver([first, restated], of: first)
    #expect(try twins.night("2026-06-21").judged == ["2026-05"])
  }

  @Test func `another program reads all files`() throws {
    let twins = try TwinNights()
    try twins.deliver([first, second], of: first)
    try twins.night("2026-06-20")
    try twins.deliver([first, restated], of: first)
    try twins.night("2026-06-21", program: "another")
    #expect(twins.progress.contains("reading cur: 2 files"))
  }

  @Test func `what can come again is kept, and nothing else`() throws {
    let twins = try TwinNights()
    for period in ["2026-03", "2026-04", "2026-05"] {
      try twins.deliver(Month(period: period))
      try twins.night("2026-06-20")
    }
    // The night that took a file keeps it; the next one may let it go.
    try twins.night("2026-06-21")
    #expect(try twins.keptSummaries().count == 2)
  }
}

import BillingModel
import TestSupport
import Testing

@testable import PipelineRuntime

/// The month before says whose a resource is that lost its tags.
@Suite struct EarlierOwnerTests {
  private func month(_ period: String, _ tags: [(key: String, value: String)]) -> Month {
    var month = Month(period: period, invoiceID: "INV-\(period)")
    month.tags = tags
    return month
  }

  /// The tiers by which the owners of a month are known.
  private func tiers(_ period: String, _ twins: TwinNights) throws -> [String] {
    try twins.document("\(period)/tag-coverage.csv").split(separator: "\n")
      .filter { $0.hasPrefix("Owner,") }.map { String($0.split(separator: ",")[1]) }
  }

  @Test func `a month is judged by the tags of the one before, and again when they change`() throws
  {
    let twins = try TwinNights()
    try twins.deliver(month("2026-05", [("Name", "db"), ("Owner", "anna")]))
    try twins.deliver(month("2026-06", [("Name", "DB"), ("Owner", "")]))
    try twins.deliver(month("2026-07", [("Name", "db")]))
    try twins.night("2026-08-20")
    #expect(try tiers("2026-05", twins) == ["tag"])
    #expect(try tiers("2026-06", twins) == ["earlier"])
    // Only tags testify, and June has none.
    #expect(try tiers("2026-07", twins) == ["unknown"])

    try twins.deliver(month("2026-05", [("Name", "web"), ("Owner", "anna")]))
    #expect(try twins.night("2026-08-21").judged == ["2026-05", "2026-06", "2026-07"])
    #expect(try tiers("2026-06", twins) == ["unknown"])
  }

  @Test func `the order in which months arrive changes nothing`() throws {
    let twins = try TwinNights()
    try twins.deliver(month("2026-06", [("Name", "db")]))
    try twins.night("2026-08-20")
    #expect(try tiers("2026-06", twins) == ["unknown"])
    try twins.deliver(month("2026-05", [("Name", "db"), ("Owner", "anna")]))
    try twins.night("2026-08-21")
    #expect(try tiers("2026-06", twins) == ["earlier"])
  }
}

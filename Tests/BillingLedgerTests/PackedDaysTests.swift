import BillingModel
import ExactNumbers
import Foundation
import Testing

@testable import BillingLedger

@Suite struct PackedDaysTests {
  private func day(
    _ number: Int, _ cost: Int128, _ quantity: Int128?, _ lines: Int
  ) throws -> UsageSeries.DayUsage {
    UsageSeries.DayUsage(
      day: Day(number: number), billedCost: try Amount(units: cost),
      quantity: try quantity.map { try Amount(units: $0) }, lineItems: lines)
  }

  @Test func `the bytes are those of the description`() throws {
    // Day 1 is 2 folded; a cost of −1 is 1; a quantity of 0 is 1; 300 lines are 172 and 2 (LEB128).
    #expect(Array(PackedDays.data([try day(1, -1, 0, 300)])) == [2, 1, 1, 0xAC, 0x02])
    // A second day: one further; no quantity is 0.
    #expect(
      Array(PackedDays.data([try day(1, 0, nil, 0), try day(2, 64, nil, 1)]))
        == [2, 0, 0, 0, 2, 0x80, 0x01, 0, 1])
  }

  @Test func `days of every size come back`() throws {
    let largest: Int128 = 99_999_999_999_999_999_999_999_999_999_999_999_999
    let days = try [
      day(-40_000, largest, -largest, 0), day(20_000, -largest, largest, Int.max),
      day(20_001, 0, nil, 1),
    ]
    #expect(PackedDays.days(Array(PackedDays.data(days))) == days)
  }

  @Test func `bytes that are cut or too long are no days`() throws {
    let bytes = Array(PackedDays.data([try day(1, 1 << 90, 5, 3)]))
    for count in 1..<bytes.count { #expect(PackedDays.days(Array(bytes.prefix(count))) == nil) }
    #expect(PackedDays.days(Array(repeating: 0xFF, count: 40)) == nil)
    #expect(PackedDays.days([]) == [])
  }
}

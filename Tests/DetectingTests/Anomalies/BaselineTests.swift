import BillingModel
import Testing

@testable import Detecting

@Suite struct BaselineTests {
  @Test func `the median is the middle, or the mean of both`() {
    #expect(RobustStatistics.median([]) == 0)
    #expect(RobustStatistics.median([3, 1, 2]) == 2)
    #expect(RobustStatistics.median([4, 1, 2, 9]) == 3)
    #expect(RobustStatistics.median([-5, -2]) == -3)
  }

  private func baseline(_ value: (Int) -> Int128, days: Range<Int> = 0..<56) -> Baseline? {
    Baseline(
      day: 56, points: days.map { Baseline.Point(day: $0, value: value($0)) },
      settings: AnomalySettings(), leastMoney: 5_000_000)
  }

  @Test func `the band is four and a half robust deviations`() throws {
    // Two of three days are 10 off: the median deviation is 10, its standard deviation 14.82602.
    let noisy = try #require(
      baseline { [100_000_000, 110_000_000, 90_000_000][$0 % 3] })
    #expect(noisy.expected == 100_000_000)
    #expect(noisy.band == 66_717_090)
  }

  @Test func `a steady series has a share of its level as its band`() throws {
    #expect(try #require(baseline { _ in 200_000_000 }).band == 30_000_000)
  }

  @Test func `a drift inside the noise is not carried on`() throws {
    // The last two weeks lie 2 above the two before, where days are 10 apart.
    let noisy = try #require(
      baseline { [100_000_000, 110_000_000, 90_000_000][$0 % 3] + ($0 < 42 ? 0 : 2_000_000) })
    #expect(noisy.expected == 102_000_000)
  }

  @Test func `a drift is carried on by half`() throws {
    // 100 a day in the two weeks before, 110 in the last two: 110 + 10/2.
    let drifting = try #require(baseline { $0 < 42 ? 100_000_000 : 110_000_000 })
    #expect(drifting.expected == 115_000_000)
  }

  @Test func `a drift is carried on by a tenth of the level at most`() throws {
    let jumping = try #require(baseline { $0 < 42 ? 10_000_000 : 100_000_000 })
    #expect(jumping.expected == 110_000_000)
  }

  @Test func `too few days say nothing`() {
    #expect(baseline({ _ in 1 }, days: 48..<56) == nil)
    #expect(baseline({ _ in 1 }, days: 47..<56) != nil)
  }

  @Test func `money below the floor stays inside the band`() throws {
    let cheap = try #require(baseline { _ in 1_000_000 })
    #expect(cheap.band == 5_000_000)
  }
}

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

  @Test func `a slope is the middle of all slopes between two days`() {
    #expect(RobustStatistics.slope([(0, 0), (1, 1), (2, 2), (3, 3), (4, 50)]) == 1)
    #expect(RobustStatistics.slope([(5, 7)]) == 0)
  }

  private func baseline(_ value: (Int) -> Int, days: Range<Int> = 0..<56) -> Baseline? {
    Baseline(
      day: 56, points: days.map { Baseline.Point(day: $0, value: value($0)) },
      settings: AnomalySettings())
  }

  private let level = 5_000_000_000

  @Test func `noise is a robust deviation`() throws {
    // Two of three days are a tenth of a neper off: the median is a tenth, its standard deviation 0.1482602.
    let noisy = try #require(baseline { level + [0, 100_000_000, -100_000_000][$0 % 3] })
    #expect(noisy.expected(1) == level)
    #expect(noisy.deviation == 148_260_200)
  }

  @Test func `a steady series has the least scale as its noise`() throws {
    #expect(try #require(baseline { _ in level }).deviation == 30_000_000)
  }

  @Test func `a drift inside the noise is not carried on`() throws {
    let noisy = try #require(
      baseline { level + [0, 100_000_000, -100_000_000][$0 % 3] + ($0 < 42 ? 0 : 20_000_000) })
    #expect(noisy.expected(1) == level + 20_000_000)
  }

  @Test func `a drift is carried on, and never by more than its limit`() throws {
    // 2 a day: the last block's middle lies 7½ days back, its median half way between two days.
    let drifting = try #require(baseline { level + 2_000_000 * $0 })
    #expect(abs(drifting.expected(1) - (level + 2_000_000 * 56)) <= 2_000_000)
    let jumping = try #require(baseline { $0 < 42 ? level : level + 2_000_000_000 })
    #expect(jumping.expected(1) == level + 2_000_000_000 + 7 * 4_000_000)
  }

  @Test func `weekends have an effect of their own`() throws {
    let weekly = try #require(
      baseline { Day(number: $0).weekday > 5 ? level - 500_000_000 : level })
    #expect(weekly.expected(3) == level)
    #expect(weekly.expected(6) == level - 500_000_000)
    #expect(weekly.weekdays.dayOff - weekly.weekdays.workday == -500_000_000)
  }

  @Test func `too few days say nothing`() {
    #expect(baseline({ _ in 1 }, days: 48..<56) == nil)
    #expect(baseline({ _ in 1 }, days: 47..<56) != nil)
  }
}

@Suite struct NepersTests {
  /// By Python's math.log and math.asinh, which the C library computes in binary fractions.
  @Test(
    arguments: [
      (2, 693_147_181), (10, 2_302_585_093), (999_999_937, 20_723_265_774),
      (1_000_000_000_000_000_000, 41_446_531_673),
    ] as [(Int128, Int)])
  func `a logarithm is right to a few billionths`(_ value: Int128, _ expected: Int) {
    #expect(abs(Nepers.logarithm(value) - expected) <= 2)
  }

  @Test(
    arguments: [
      (0, 0), (500_000, 881_373_587), (100_000_000, 5_991_470_797), (-100_000_000, -5_991_470_797),
      (1_000_000_000_000_000_000, 29_017_315_477),
    ] as [(Int128, Int)])
  func `positions are those of asinh`(_ micros: Int128, _ expected: Int) {
    #expect(abs(CostScale(unit: 500_000).position(of: micros) - expected) <= 3)
  }

  @Test(arguments: [0, 10_000, 4_990_000, 123_450_000, -98_760_000, 7_654_321_090_000] as [Int128])
  func `a cost comes back from its position to the cent`(_ micros: Int128) {
    let scale = CostScale(unit: 500_000)
    let error = (scale.cost(at: scale.position(of: micros)) - micros).magnitudeValue
    #expect(error <= 10_000 + micros.magnitudeValue / 250_000_000)
  }

  @Test func `growth is the logarithm of one and a share`() {
    #expect(abs(Nepers.growth(150_000) - 139_761_942) <= 2)
  }
}

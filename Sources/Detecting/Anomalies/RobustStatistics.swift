import BillingModel
import ExactNumbers

/// Order statistics in whole numbers: the same result on every machine, and no outlier moves them.
enum RobustStatistics {
  /// One in parts per million.
  static let million = 1_000_000

  /// The middle value; the mean of both, cut to a whole number, where there are two. 0 of none.
  static func median(_ values: [Int]) -> Int {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The value that so many of a thousand lie below; 0 of none.
  static func quantile(_ values: [Int], perMille: Int) -> Int {
    guard !values.isEmpty else { return 0 }
    return values.sorted()[min(values.count - 1, values.count * perMille / 1000)]
  }

  /// The spread of values around zero as the standard deviation of normal noise that would have it: by
  /// the median of magnitudes (1/Φ⁻¹(¾) = 1.482602), or by their ninth decile (1/Φ⁻¹(0.95) = 0.607957)
  /// where the tails are heavier than the middle tells.
  static func deviation(_ residuals: [Int]) -> Int {
    let magnitudes = residuals.map { Swift.abs($0) }
    return max(
      part(median(magnitudes), 1_482_602), part(quantile(magnitudes, perMille: 900), 607_957))
  }

  /// The median of the slopes between all pairs of points, a day (Theil and Sen); 0 of fewer than two.
  static func slope(_ points: [(day: Int, value: Int)]) -> Int {
    var slopes: [Int] = []
    for (index, first) in points.enumerated() {
      for second in points[(index + 1)...] where second.day != first.day {
        slopes.append((second.value - first.value) / (second.day - first.day))
      }
    }
    return median(slopes)
  }

  /// A part of a value, in parts per million.
  static func part(_ value: Int, _ ppm: Int) -> Int {
    Int(Int128(value) * Int128(ppm) / Int128(million))
  }
}

/// A daily series in millionths of its currency, by day number.
struct MicroSeries {
  /// 10¹² units of currency a day; what is beyond is no cost of a day.
  static let largest: Int128 = 1_000_000_000_000_000_000
  private static let unitsPerMicro: Int128 = 1_000_000_000_000

  let values: [Int: Int128]
  /// What was cut off of each day, in units of ``Amount``: statistics need no more than a millionth, sums do.
  let remainders: [Int: Int128]

  /// Nil if a day holds more than can be a day's cost.
  init?(_ days: some Sequence<(day: Day, cost: Amount)>) {
    var values: [Int: Int128] = [:]
    var remainders: [Int: Int128] = [:]
    for (day, amount) in days {
      let (micros, rest) = amount.units.quotientAndRemainder(dividingBy: Self.unitsPerMicro)
      guard micros.magnitude <= Self.largest.magnitude else { return nil }
      values[day.number, default: 0] += micros
      if rest != 0 { remainders[day.number, default: 0] += rest }
    }
    self.values = values
    self.remainders = remainders
  }

  /// Millionths, with what was cut off.
  static func amount(
    _ micros: Int128, remainder: Int128 = 0
  ) throws(AmountOverflow) -> Amount {
    let (units, overflow) = micros.multipliedReportingOverflow(by: unitsPerMicro)
    let (sum, isTooLarge) = units.addingReportingOverflow(remainder)
    guard !overflow, !isTooLarge else { throw AmountOverflow() }
    return try Amount(units: sum)
  }
}

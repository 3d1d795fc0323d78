import BillingModel
import ExactNumbers

/// Order statistics in whole numbers: the same result on every machine, and no outlier moves them.
enum RobustStatistics {
  /// One in parts per million.
  static let million: Int128 = 1_000_000
  /// The median absolute deviation of normal noise times this is its standard deviation (1/Φ⁻¹(¾)).
  static let deviationScale: Int128 = 1_482_602

  /// The middle value; the mean of both, cut to a whole number, where there are two. 0 of none.
  static func median(_ values: [Int128]) -> Int128 {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// A part of a value, in parts per million.
  static func part(_ value: Int128, _ ppm: Int128) -> Int128 { value * ppm / million }
}

/// A daily series in millionths of its currency, by day number: small enough that products of two
/// values fit into 128 bits.
struct MicroSeries {
  /// 10¹² units of currency a day; what is beyond is no cost of a day.
  static let largest: Int128 = 1_000_000_000_000_000_000
  private static let unitsPerMicro: Int128 = 1_000_000_000_000

  let values: [Int: Int128]

  /// Nil if a day holds more than can be a day's cost.
  init?(_ series: DailySeries) {
    var values: [Int: Int128] = [:]
    for (day, amount) in series.days {
      let micros = amount.units / Self.unitsPerMicro
      guard micros.magnitude <= Self.largest.magnitude else { return nil }
      values[day.number] = micros
    }
    self.values = values
  }

  static func amount(_ micros: Int128) throws(AmountOverflow) -> Amount {
    let (units, overflow) = micros.multipliedReportingOverflow(by: unitsPerMicro)
    guard !overflow else { throw AmountOverflow() }
    return try Amount(units: units)
  }
}

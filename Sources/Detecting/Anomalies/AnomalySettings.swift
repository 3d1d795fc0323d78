import BillingModel

/// The lines that a day must cross to be an alarm. All money is in millionths of the currency.
struct AnomalySettings: Hashable, Sendable {
  /// Days that the baseline looks back: eight of each weekday.
  var window = 56
  /// Days with rows that a series must have before a day of it is judged.
  var leastHistory = 14
  /// Days of one half of the baseline: the level comes from the last half, the drift from both.
  var levelDays = 14
  /// Consecutive alarm days after which a new level is no longer an anomaly.
  var acceptAfter = 7
  /// Consecutive days half over the line, on one side, that make an alarm together.
  var sustainedDays = 3
  /// Onsets of one kind this near to each other are one event.
  var mergeDays = 3
  /// The last days of an open period, which are still incomplete and not judged for drops.
  var incompleteDays = 2
  /// How many robust standard deviations lie inside the band, in millionths.
  var multiple: Int128 = 4_500_000
  /// No series is taken to be steadier than this share of its level, in parts per million.
  var leastScale: Int128 = 30_000
  /// A deviation below this share of what was expected is no anomaly, in parts per million.
  var leastShare: Int128 = 150_000
  /// A deviation below this is no anomaly, whatever its share: about five US dollars a day.
  var leastMoney: Int128 = 5_000_000
  var leastMoneyByCurrency: [CurrencyCode: Int128] = [
    "CNY": 35_000_000, "INR": 400_000_000, "JPY": 750_000_000, "KRW": 7_000_000_000,
  ]

  /// Days from which on the scale of a series is known well enough for ``multiple``.
  var settledDays = 28

  init() {}

  /// A scale of few days is often too small: until four weeks are there the band is wider, twice as
  /// wide at two weeks.
  func multiple(days: Int) -> Int128 {
    days < settledDays ? multiple * Int128(settledDays) / Int128(days) : multiple
  }

  func leastMoney(_ currency: CurrencyCode) -> Int128 {
    leastMoneyByCurrency[currency] ?? leastMoney
  }
}

package import BillingModel

/// The lines that a day must cross to be an alarm. Money is in millionths of the currency, what lies on
/// the logarithmic scale in billionths of a neper, shares in parts per million.
package struct AnomalySettings: Hashable, Sendable {
  /// Days that the baseline looks back: eight of each weekday.
  package var window = 56
  /// Days with rows that a series must have before a day of it is judged.
  package var leastHistory = 14
  /// Days of one block of the baseline: the level comes from the last block, the drift from all.
  package var levelDays = 14
  /// Consecutive alarm days after which a new level is no longer an anomaly.
  package var acceptAfter = 7
  /// Consecutive alarm days after which a level that goes on rising is accepted all the same.
  package var acceptLeakAfter = 28
  /// Onsets of one direction this near to each other are one event.
  package var mergeDays = 3
  /// After a level was accepted, an alarm of the same direction this soon is the same event still.
  package var resumeDays = 10
  /// The last days of an open period, which are still incomplete and not judged for drops.
  package var incompleteDays = 2
  /// How many robust standard deviations lie inside the band.
  package var multiple = 5_000_000
  /// Days from which on the scale of a series is known well enough for ``multiple``.
  package var settledDays = 28
  /// No series is taken to be steadier than this.
  package var leastScale = 30_000_000
  /// A single day that differs by less from what was expected is no anomaly.
  package var leastShare = 150_000
  /// A level that differs by less for several days is no anomaly.
  package var leastLevelShare = 150_000
  /// How many standard deviations of its own a mean over several days may be off.
  package var levelMultiple = 5_000_000
  /// The share of the noise of single days that the mean of two weeks keeps, squared.
  package var baselineVariance = 100_000
  /// Growth a day from which on a rise that does not end is a leak.
  package var leakSlope = 12_000_000
  /// How far a leak must have led before it is one.
  package var leakRise = 180_000_000
  /// Growth a day, up or down, that is carried on from the past and never more.
  package var largestDrift = 4_000_000
  /// The noise of days that the calendar or the edge of a month makes uncommon, in multiples of the usual.
  package var occasionScale = 1_500_000
  /// Days at the end of a month and at its start that may carry their own costs.
  package var edgeDays = 2
  /// Months back whose edges are looked at.
  package var edgeMonths = 3
  /// Series of a payer from which on the crowd tells what a day was like for all.
  package var leastCrowd = 12
  /// Days without rows, while others of the payer have some, that say that a series has stopped.
  package var stoppedDays = 3
  /// Days that the payer's history must reach back before the first day of a series that is new.
  package var newAfter = 28
  /// The floor in money for what is new, in multiples of that for a day.
  package var newMoney: Int128 = 4
  /// For single usage types the lines are higher: there are many of them.
  package var partMultiple = 1_300_000
  /// A deviation below this is no anomaly, whatever its share: about five US dollars a day.
  package var leastMoney: Int128 = 5_000_000
  package var leastMoneyByCurrency: [CurrencyCode: Int128] = [
    "CNY": 35_000_000, "INR": 400_000_000, "JPY": 750_000_000, "KRW": 7_000_000_000,
  ]

  package init() {}

  /// A scale of few days is often too small: until four weeks are there the band is wider, twice as
  /// wide at two weeks.
  func multiple(days: Int) -> Int {
    days < settledDays ? multiple * settledDays / max(days, 1) : multiple
  }

  func leastMoney(_ currency: CurrencyCode) -> Int128 {
    leastMoneyByCurrency[currency] ?? leastMoney
  }
}

package import ExactNumbers

/// The figures behind an anomaly: a row of `anomaly-details.csv`. Money is in the currency of the finding.
package struct AnomalyFigures: Hashable, Sendable, Codable {
  /// What it is called by all its days so far: `spike`, `drop`, `level shift up`, `level shift down`,
  /// `slow leak`, `slow decline`, `stopped`, `new`.
  package var shape: Text
  package var onset: Day
  /// The day whose rows raised the alarm.
  package var raised: Day
  package var lastDay: Day
  package var daysSinceStart: Int
  /// The day that differs most from what was expected, and what is said of it.
  package var peakDay: Day
  package var actual: Amount
  package var expected: Amount
  package var low: Amount
  package var high: Amount
  /// 0 to 1; 0.5 is the line.
  package var score: Amount
  /// What the peak day is compared with beside the expected: absent where there are no such days.
  package var yesterday: Amount?
  package var meanOfSevenDays: Amount?
  package var meanOfSameWeekdays: Amount?
  package var meanOfSameMonthDays: Amount?
  /// Of the change over all its days, what came from the price of a unit and what from quantity: together
  /// the impact. Absent where the export states no quantities, or not in one unit.
  package var priceEffect: Amount?
  package var quantityEffect: Amount?
  /// What the days of the month that are still to come would add if it went on; zero once it has ended.
  package var atRisk: Amount
  /// Where it lies; empty is any.
  package var causeSubAccountID: Text = ""
  package var causeServiceName: Text = ""
  package var causeRegionID: Text = ""
  package var causeUsageType: Text = ""
  package var causeOwner: Text = ""
  /// The part whose opposite move hides it in a total.
  package var offsetBy: Text = ""

  package init(
    shape: Text, onset: Day, raised: Day, lastDay: Day, daysSinceStart: Int, peakDay: Day,
    actual: Amount,
    expected: Amount, low: Amount, high: Amount, score: Amount, atRisk: Amount
  ) {
    self.shape = shape
    self.onset = onset
    self.raised = raised
    self.lastDay = lastDay
    self.daysSinceStart = daysSinceStart
    self.peakDay = peakDay
    self.actual = actual
    self.expected = expected
    self.low = low
    self.high = high
    self.score = score
    self.atRisk = atRisk
  }
}

import BillingModel
import Testing

/// How old an open item is, in bands.
@Suite struct AgeBandTests {
  private static let since = Day("2026-01-01")!

  @Test(arguments: [
    (0, "0-30"), (30, "0-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"), (90, "61-90"),
    (91, "90+"), (4000, "90+"), (-5, "0-30"),
  ]) func `an item moves on to the next band the day after the last of one`(
    _ days: Int, _ band: String
  ) {
    let asOf = RunDay(Self.since.advanced(by: days))
    #expect(AgeBand.of(Self.since, asOf: asOf).rawValue == band)
  }

  @Test func `the answer holds until the day on which the band changes`() {
    let asOf = RunDay(Self.since.advanced(by: 40))
    _ = AgeBand.of(Self.since, asOf: asOf)
    #expect(asOf.span == DaySpan(first: Day("2026-02-01"), end: Day("2026-03-03")))
  }
}

import BillingModel
import Testing

@Suite struct MomentTests {
  @Test func `timestamps are read as Python reads them`() throws {
    let seed = 20_260_503
    let pairs = try referencePairs("moments", seed: seed, count: 5_000)
    #expect(pairs.count == 5_000)
    var differences: [String] = []
    for (text, seconds) in pairs {
      let moment = Moment(text)
      if moment?.seconds != Int(seconds) {
        differences.append("\(text) is \(moment?.seconds, default: "nothing"), not \(seconds)")
      }
    }
    #expect(differences.prefix(5).isEmpty, "seed \(seed)")
  }

  /// The spellings of legacy CUR, CUR 2.0, FOCUS and time intervals name one moment.
  @Test(arguments: [
    "2026-05-01T00:00:00.000Z", "2026-05-01T00:00:00Z", "2026-05-01 00:00:00", "2026-05-01",
    "20260501T000000.000Z", "20260501T000000Z", "2026-05-01T08:00:00+08:00",
    "2026-04-30T19:00:00-05:00", "2026-05-01 00:00:00.000",
  ])
  func `one moment has many spellings`(text: String) throws {
    let moment = try #require(Moment(text))
    #expect(moment.seconds == 1_777_593_600)
    #expect(moment.description == "2026-05-01T00:00:00Z")
    #expect(moment.day == Day("2026-05-01"))
  }

  @Test func `a leap second counts as the second before it`() throws {
    #expect(Moment("2016-12-31T23:59:60Z") == Moment("2016-12-31T23:59:59Z"))
    #expect(try #require(Moment("2016-12-31T23:59:60Z")).day == Day("2016-12-31"))
  }

  @Test func `the second before 1970 is on the day before`() throws {
    let moment = try #require(Moment("1969-12-31T23:59:59Z"))
    #expect(moment.seconds == -1)
    #expect(moment.day == Day("1969-12-31"))
    #expect(moment.description == "1969-12-31T23:59:59Z")
    #expect(Moment(seconds: -86_400).day == Day("1969-12-31"))
  }

  @Test(arguments: [
    "", "2026-05-01T", "2026-05-01T00", "2026-05-01T00:00", "2026-05-01T24:00:00Z",
    "2026-05-01T00:60:00Z", "2026-05-01T00:00:61Z", "2026-05-01T00:00:00z", "2026-05-01T00:00:00.Z",
    "2026-05-01T00:00:00ZZ", "2026-05-01T00:00:00+8:00", "2026-05-01T00:00:00+24:00",
    "2026-02-30T00:00:00Z", "2026-05-01x00:00:00", "20260501T000000+0800", "05/01/2026",
    "2026-05-01T00-00-00Z", "20260501T00000Z", "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
  ])
  func `what is no timestamp is not read`(text: String) { #expect(Moment(text) == nil) }
}

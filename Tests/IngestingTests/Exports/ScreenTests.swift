import BillingModel
import ExactNumbers
import Ingesting
import Testing

@Suite struct ScreenTests {
  private func screen(
    _ rows: [Condition] = [], by group: [Field] = [], _ trip: Screen.Trip = .row,
    key: [Field] = [], measures: [Measure] = [.sum(.unblendedCost)], captures: [Field] = []
  ) -> Screen {
    Screen(
      rule: "Rule", rows: rows, groupedBy: group, trip: trip, keyedBy: key, measures: measures,
      captures: captures)
  }

  private func cost(_ cost: String, _ more: [String: String] = [:]) -> [String: String] {
    more.merging(["lineItem/UnblendedCost": cost]) { _, new in new }
  }

  private func records(_ groups: [SuspectGroup]) -> [Int] {
    groups.flatMap { $0.first.map(\.place.record) }.sorted()
  }

  /// The records that a row screen with this condition finds among `rows`.
  private func found(_ condition: Condition, _ rows: [[String: String]]) throws -> [Int] {
    records(try contents(of: rows, [screen([condition])]).suspects)
  }

  @Test func `each condition holds where it should and fails where a field is absent`() throws {
    let rows = [
      cost("2.4"), cost("-1", ["lineItem/UsageType": "DataTransfer-Out"]),
      cost("0", ["lineItem/UsageType": "", "lineItem/UnblendedRate": ""]),
    ]
    #expect(try found(.isOneOf(.usageType, ["DataTransfer-Out"]), rows) == [2])
    #expect(try found(.isNoneOf(.usageType, ["DataTransfer-Out"]), rows) == [1])
    #expect(try found(.isPresent(.usageType), rows) == [1, 2])
    #expect(try found(.isAbsent(.usageType), rows) == [3])
    #expect(try found(.containsOneOf(.usageType, ["Transfer", "nothing"]), rows) == [2])
    #expect(try found(.containsNoneOf(.usageType, ["Transfer", "nothing"]), rows) == [1])
    #expect(try found(.isNegative(.unblendedCost), rows) == [2])
    #expect(try found(.isPositive(.unblendedCost), rows) == [1])
    #expect(try found(.isNonZero(.unblendedCost), rows) == [1, 2])
    #expect(try found(.isZero(.unblendedCost), rows) == [3])
    #expect(
      try found(
        .isZero(.unblendedRate),
        [cost("1", ["lineItem/UnblendedRate": "0.000"]), cost("1", ["lineItem/UnblendedRate": ""])])
        == [1])
    #expect(
      try found(.anyOf([.isNegative(.unblendedCost), .isAbsent(.usageType)]), rows) == [2, 3])
    #expect(try found(.differs(.usageType, .operation), rows) == [1, 2])
  }

  @Test func `words are looked for in any case, and whole`() throws {
    let rows = [
      "AWS FREE TIER", "free tiers", "the fee is free", "this free tier.", "carefree tier",
      "é free", "is free2", "is free-standing", "",
    ].map { cost("1", ["lineItem/UsageType": $0]) }
    #expect(
      try found(.containsNoWordsOf(.usageType, ["free tier", "is free"]), rows) == [2, 5, 6, 7])
  }

  @Test func `comparisons of numbers are exact`() throws {
    let product = Condition.differsFromProduct(
      cost: .unblendedCost, rate: .unblendedRate, quantity: .consumedQuantity,
      absolute: amount("0.000001"), relative: amount("0.000000001"))
    #expect(try found(product, [cost("2.400001"), cost("2.4000010000000001"), cost("2.4")]) == [2])
    let above = Condition.exceeds(
      .unblendedRate, .publicOnDemandRate, by: amount("0.000001"))
    let rows = ["0.1", "0.099999", "0.0999989999", ""].map { ["pricing/publicOnDemandRate": $0] }
    #expect(try found(above, rows) == [3])
  }

  @Test func `a step is compared with a third figure of either sign`() throws {
    let step = Condition.isOtherStep(
      .unblendedCost, .unblendedRate, than: .consumedQuantity, by: amount("0.1"))
    func row(_ cost: String, _ rate: String, _ quantity: String) -> [String: String] {
      [
        "lineItem/UnblendedCost": cost, "lineItem/UnblendedRate": rate,
        "lineItem/UsageAmount": quantity,
      ]
    }
    let rows = [
      row("5", "3", "2"), row("5", "3", "-2"), row("3", "5", "2.1"), row("5", "3", "2.11"),
      row("5", "3", ""), row("5", "3", "-1.8"),
    ]
    #expect(try found(step, rows) == [4, 6])
  }

  @Test func `a point in time is compared as one, whatever its spelling`() throws {
    let rows = [
      ["lineItem/UsageStartDate": "2026-04-30 23:59:59"],
      ["lineItem/UsageStartDate": "2026-05-01T00:00:00.000Z"],
      ["lineItem/UsageStartDate": "yesterday"],
    ]
    #expect(try found(.isBefore(.chargePeriodStart, .billingPeriodStart), rows) == [1])
    #expect(try found(.isNotBefore(.chargePeriodStart, .billingPeriodStart), rows) == [2])
  }

  @Test func `intervals are read from their text`() throws {
    func row(_ interval: String, _ start: String, _ end: String) -> [String: String] {
      [
        "identity/TimeInterval": interval, "lineItem/UsageStartDate": start,
        "lineItem/UsageEndDate": end,
      ]
    }
    let day = "2026-05-01T00:00:00Z/2026-05-02T00:00:00Z"
    let rows = [
      row(day, "2026-05-01 00:00:00", "2026-05-02T00:00:00.000Z"),
      row(day, "2026-04-30T23:59:59Z", "2026-05-02T00:00:00Z"),
      row(day, "2026-05-01T00:00:00Z", "2026-05-02T00:00:01Z"),
      row("2026-05-01T00:00:00Z/2026-05-01T06:00:00Z", "2026-05-01T00:00:00Z", "soon"),
      row("2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z", "2026-06-02T00:00:00Z"),
      row("2026-05-01T03:00:00Z/2026-05-01T04:00:00Z", "", "2026-05-01T05:00:00Z"),
      row("2026-05-01/2026-05-03", "2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z"),
      row("2026-05-01/2026-05-01", "2026-06-01T00:00:00Z", ""),
    ]
    let leaves = Condition.leavesInterval(
      from: .chargePeriodStart, to: .chargePeriodEnd, of: .timeInterval)
    #expect(try found(leaves, rows) == [2, 3, 6])
    #expect(try found(.isOddInterval(.timeInterval), rows) == [4, 7, 8])
    #expect(try found(.isHour(.timeInterval), rows) == [6])
    #expect(try found(.isNotLong(.timeInterval), rows) == [1, 2, 3, 4, 6, 8])
    let other = Condition.isOtherTime(
      from: .chargePeriodStart, to: .chargePeriodEnd, than: .timeInterval)
    #expect(try found(other, rows) == [2, 3, 6, 7, 8])
    #expect(
      try found(.isInMonth(.chargePeriodStart, of: .billingPeriodStart), rows) == [1, 3, 4, 5, 7])
  }

  @Test func `a repeated line trips, and its repeats are added up`() throws {
    let screen = screen(
      by: [.lineItemID, .timeInterval], .repeats, key: [.subAccountID],
      measures: [.sum(.unblendedCost), .sumOfRepeats(.unblendedCost)], captures: [.lineItemID])
    let rows = [
      cost("1", ["identity/LineItemId": "a"]), cost("2", ["identity/LineItemId": "b"]),
      cost("4", ["identity/LineItemId": "a"]), cost("8", ["identity/LineItemId": "a"]),
      cost("16", ["identity/LineItemId": "a", "identity/TimeInterval": "another"]),
    ]
    let suspect = try #require(try contents(of: rows, [screen]).suspects.first)
    #expect(suspect.rows == 3 && suspect.groups == 1)
    #expect(suspect.measures == [amount("13"), amount("12")])
    #expect(records([suspect]) == [1, 3, 4])
    #expect(suspect.key == [.subAccountID: "200000000001"])
    #expect(suspect.first[0].fields[.lineItemID] == "a")
  }

  @Test func `the first of a group is first by file hash and record, in whatever order files come`()
    throws
  {
    let screen = screen(
      by: [.lineItemID], .repeats, measures: [.sumOfRepeats(.unblendedCost)])
    let files = ["b", "a", "c"].enumerated().map { index, name in
      SampleFile(Text(name), ExportSample.legacy([cost("\(index + 1)")]))
    }
    for order in [files, files.reversed()] {
      for workers in [1, 2, 3] {
        let suspects = try contents(of: order, [screen], workers: workers).suspects
        // File a, read second with cost 2, is the first.
        #expect(suspects.first?.measures == [amount("4")])
        #expect(suspects.first?.first.map(\.place.file) == ["sha-a", "sha-b", "sha-c"])
      }
    }
  }

  @Test func `a group varies by present values only`() throws {
    let screen = screen(by: [.usageType], .varies(.unblendedRate))
    func rates(_ rates: String...) throws -> Int {
      try contents(of: rates.map { ["lineItem/UnblendedRate": $0] }, [screen]).suspects.count
    }
    #expect(try rates("0.1", "0.2", "0.1") == 1)
    #expect(try rates("0.1", "0.1", "") == 0)
    #expect(try rates("0.1", "0.10", "1E-1") == 0)
  }

  @Test func `a repeat with another id trips, one with the same id does not`() throws {
    let screen = screen(by: [.resourceID], .repeatsWithOther(.lineItemID))
    func ids(_ ids: String...) throws -> Int {
      try contents(of: ids.map { ["identity/LineItemId": $0] }, [screen]).suspects
        .map(\.rows).reduce(0, +)
    }
    #expect(try ids("a", "b") == 2)
    #expect(try ids("a", "a") == 0)
    #expect(try ids("a") == 0)
  }

  @Test func `sums trip beyond their limits, not on them`() throws {
    let zero = screen(
      by: [.resourceID], .sumIsNotZero(.unblendedCost, perRow: amount("0.000001")))
    func sums(_ costs: String...) throws -> Int {
      try contents(of: costs.map { cost($0) }, [zero]).suspects.count
    }
    #expect(try sums("5", "-5.000002") == 0)
    #expect(try sums("5", "-5.0000020000001") == 1)
    let hours = screen(by: [.resourceID], .sumExceedsHours(.consumedQuantity))
    func quantities(_ texts: String...) throws -> Int {
      try contents(of: texts.map { ["lineItem/UsageAmount": $0] }, [hours]).suspects.count
    }
    #expect(try quantities("700", "44") == 0)
    #expect(try quantities("700", "44.000001") == 1)
    let february = ["bill/BillingPeriodStartDate": "2026-02-01T00:00:00Z"]
    func inFebruary(_ quantity: String) throws -> Int {
      let row = february.merging(["lineItem/UsageAmount": quantity]) { $1 }
      return try contents(of: [row], [hours]).suspects.count
    }
    #expect(try inFebruary("672") == 0)
    #expect(try inFebruary("672.000001") == 1)
  }

  @Test func `sums do not cross currencies, and no group crosses payers or periods`() throws {
    let sum = screen(by: [.resourceID], .sumExceedsHours(.unblendedCost))
    let repeats = screen(by: [.resourceID], .repeats)
    let currencies = [cost("400"), cost("400", ["lineItem/CurrencyCode": "CNY"])]
    #expect(try contents(of: currencies, [sum]).suspects.isEmpty)
    #expect(try contents(of: [cost("400"), cost("400")], [sum]).suspects.count == 1)
    #expect(try contents(of: currencies, [repeats]).suspects.map(\.currency) == ["CNY", "USD"])
    let months = [
      cost("400"), cost("400", ["bill/BillingPeriodStartDate": "2026-06-01T00:00:00Z"]),
    ]
    #expect(try contents(of: months, [sum, repeats]).suspects.isEmpty)
    let payers = [cost("2"), cost("2", ["bill/PayerAccountId": "100000000002"])]
    #expect(try contents(of: payers, [repeats]).suspects.isEmpty)
  }

  @Test func `a product that is no amount is as absent, and the file is kept`() throws {
    let nines = String(repeating: "9", count: 20)
    let absurd = ["lineItem/UnblendedRate": nines, "lineItem/UsageAmount": nines]
    let measures: [Measure] = [
      .residual(cost: .unblendedCost, rate: .unblendedRate, quantity: .consumedQuantity),
      .excess(rate: .unblendedRate, limit: .publicOnDemandRate, quantity: .consumedQuantity),
    ]
    let product = Condition.differsFromProduct(
      cost: .unblendedCost, rate: .unblendedRate, quantity: .consumedQuantity,
      absolute: amount("0.000001"), relative: amount("0.000000001"))
    let rows = [absurd, cost("3", ["pricing/publicOnDemandRate": "0.05"])]
    let found = try contents(of: rows, [screen([product], measures: measures)])
    #expect(records(found.suspects) == [2] && found.charges.map(\.sums.lineItems) == [2])
    let all = try contents(of: rows, [screen(measures: measures)]).suspects.first
    #expect(all?.rows == 2 && all?.measures == [amount("0.6"), amount("1.2")])
  }

  @Test func `measures add residuals and excesses of what is readable`() throws {
    let screen = screen(measures: [
      .residual(cost: .unblendedCost, rate: .unblendedRate, quantity: .consumedQuantity),
      .excess(rate: .unblendedRate, limit: .publicOnDemandRate, quantity: .consumedQuantity),
    ])
    let rows = [
      cost("3", ["pricing/publicOnDemandRate": "0.05"]), cost("1", ["lineItem/UnblendedRate": "?"]),
    ]
    #expect(
      try contents(of: rows, [screen]).suspects.first?.measures == [amount("0.6"), amount("1.2")])
  }

  @Test func `at most twenty rows are kept as evidence, and all are counted`() throws {
    let rows = (1...50).map { _ in cost("1") }
    for trip in [Screen.Trip.row, .repeats] {
      let suspect = try #require(
        try contents(of: rows, [screen(by: trip == .row ? [] : [.resourceID], trip)]).suspects.first
      )
      #expect(suspect.rows == 50)
      #expect(suspect.first.map(\.place.record) == Array(1...20))
    }
  }

  @Test func `a screen whose column no file has is unchecked, not silent`() throws {
    let zones = screen([.isPresent(.availabilityZone)], by: [.resourceID], .repeats)
    let contents = try contents(of: [[:], [:]], [zones])
    #expect(contents.suspects.isEmpty)
    #expect(
      contents.unchecked == [
        UncheckedScreen(rule: "Rule", reason: "no column for AvailabilityZone")
      ])
  }

  private let noCorrection = Condition.anyOf([
    .isAbsent(.chargeClass), .isNoneOf(.chargeClass, ["Correction"]),
  ])

  @Test func `what may be absent needs no column`() throws {
    let contents = try contents(of: [[:], [:]], [screen([noCorrection])])
    #expect(contents.suspects.map(\.rows) == [2] && contents.unchecked.isEmpty)
  }

  @Test func `FOCUS says by class which rows correct earlier ones`() throws {
    let header = [
      "BillingAccountId", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "SubAccountId",
      "BillingCurrency", "BilledCost",
    ]
    let rows = ["", "NULL", "Correction", "Other"].map {
      ["1", "2026-05-01", "Usage", $0, "2", "USD", "-1"]
    }
    let file = SampleFile("f", ExportSample.csv(header, rows))
    #expect(
      records(try contents(of: [file], [screen([noCorrection])]).suspects) == [1, 2, 4])
  }

  @Test func `rejected rows are no suspects`() throws {
    #expect(try found(.isPresent(.usageType), [cost("none"), cost("1")]) == [2])
  }
}

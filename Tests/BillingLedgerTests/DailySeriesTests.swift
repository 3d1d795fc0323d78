import BillingLedger
import BillingModel
import ExactNumbers
import Testing

@Suite struct DailySeriesTests {
  let file = LedgerFile()

  private func charge(
    _ cost: String, on date: String?, account: Text = "2", service: Text = "EC2",
    type: ChargeType = "Usage", currency: CurrencyCode = "USD", invoice: Text = ""
  ) throws -> ChargeSummary {
    let key = ChargeKey(
      billingAccountID: "1", billingPeriod: period("2026-04"), invoiceID: invoice,
      invoiceIssuer: "", billingEntity: "", legalEntity: "", billType: "", chargeType: type,
      currency: currency, subAccountID: account, subAccountName: "", serviceName: service,
      productCode: "", isDataTransfer: false, day: date.map(day))
    let cost = try amount(cost)
    return ChargeSummary(
      key: key, sums: CostSums(unblended: .zero, lineItems: 1), billedCost: cost)
  }

  private func add(
    _ charges: [ChargeSummary], payer: Text = "1", as role: BookingRole = .booked, to ledger: Ledger
  ) throws {
    var contents = ExportContents()
    contents.charges = charges
    var night = night()
    night.bookings = [
      NewBooking(
        booking: Booking(
          delivery: 1, exportName: "e", format: .cur2, billingAccountID: payer,
          billingPeriod: period("2026-04"), version: "v", versionDay: day("2026-05-01"),
          contents: contents), role: role, files: [])
    ]
    try ledger.record(night)
  }

  private func series(
    _ days: [String: String], account: Text = "2", service: Text = "EC2",
    currency: CurrencyCode = "USD"
  ) throws -> DailySeries {
    DailySeries(
      key: .init(
        billingAccountID: "1", subAccountID: account, serviceName: service, currency: currency),
      days: try Dictionary(uniqueKeysWithValues: days.map { (day($0), try amount($1)) }))
  }

  @Test func `usage is added up exactly by day, account, service and currency`() throws {
    let ledger = try file.open()
    try add(
      [
        charge("0.1", on: "2026-04-01"), charge("0.2", on: "2026-04-01", invoice: "77"),
        charge("5", on: "2026-04-02", type: "SavingsPlanCoveredUsage"),
        charge("-5", on: "2026-04-02", type: "SavingsPlanNegation"),
        charge("3", on: "2026-04-01", currency: "CNY"),
        charge("4", on: "2026-04-01", account: "3"),
        charge("6", on: "2026-04-30", service: "S3"),
      ], to: ledger)
    #expect(
      try ledger.dailySeries(through: day("2026-04-30")) == [
        series(["2026-04-01": "3"], currency: "CNY"),
        series(["2026-04-01": "0.3", "2026-04-02": "0"]),
        series(["2026-04-30": "6"], service: "S3"),
        series(["2026-04-01": "4"], account: "3"),
      ])
  }

  @Test func `fees, tax, credits and undated rows are no series`() throws {
    let ledger = try file.open()
    try add(
      [
        charge("1", on: "2026-04-01", type: "Fee"), charge("1", on: "2026-04-01", type: "Tax"),
        charge("1", on: "2026-04-01", type: "Credit"), charge("1", on: nil),
      ], to: ledger)
    #expect(try ledger.dailySeries(through: day("2026-04-30")).isEmpty)
  }

  @Test func `a series ends with the day that is asked for`() throws {
    let ledger = try file.open()
    try add([charge("1", on: "2026-04-01"), charge("2", on: "2026-04-02")], to: ledger)
    #expect(
      try ledger.dailySeries(through: day("2026-04-01")) == [series(["2026-04-01": "1"])])
  }

  @Test func `only booked versions count`() throws {
    let ledger = try file.open()
    try add([charge("1", on: "2026-04-01")], to: ledger)
    try add([charge("2", on: "2026-04-01")], as: .shadow, to: ledger)
    try add([charge("4", on: "2026-04-01")], as: .replaced, to: ledger)
    #expect(
      try ledger.dailySeries(through: day("2026-04-30")) == [series(["2026-04-01": "1"])])
  }

  @Test func `a day that two booked versions share is added up`() throws {
    let ledger = try file.open()
    try add([charge("1", on: "2026-04-01")], to: ledger)
    try add([charge("2.5", on: "2026-04-01")], payer: "9", to: ledger)
    #expect(
      try ledger.dailySeries(through: day("2026-04-30")) == [series(["2026-04-01": "3.5"])])
  }

  @Test func `a daily cost beyond 20 integer digits stops the night`() throws {
    let ledger = try file.open()
    let huge = try charge("99999999999999999999", on: "2026-04-01")
    let fault = #expect(throws: LedgerFault.self) { try add([huge, huge], to: ledger) }
    #expect(
      fault?.message
        == "account 2, service EC2, 2026-04-01: the daily cost exceeds 20 integer digits. "
        + "Nothing of this run was booked. Look for an absurd cost in the export")
    #expect(try ledger.bookings().isEmpty)
  }
}

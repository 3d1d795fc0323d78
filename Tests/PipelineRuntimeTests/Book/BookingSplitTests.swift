import BillingModel
import ExactNumbers
import Testing

@testable import PipelineRuntime

@Suite struct BookingSplitTests {
  private func charge(
    payer: Text = "1", period: String = "2026-04", day: String = "2026-04-01",
    service: Text = "EC2", cost: String = "1", rows: Int = 1
  ) throws -> ChargeSummary {
    let key = ChargeKey(
      billingAccountID: payer, billingPeriod: try #require(BillingPeriod(period)),
      invoiceID: "I1", invoiceIssuer: "", billingEntity: "", legalEntity: "", billType: "",
      chargeType: "Usage", currency: "USD", subAccountID: "2", subAccountName: "",
      serviceName: service, productCode: "", isDataTransfer: false, day: Day(day))
    let amount = try Amount(parsing: cost)
    return ChargeSummary(
      key: key, sums: CostSums(unblended: amount, lineItems: rows), billedCost: amount)
  }

  private func reject() -> Reject {
    Reject(
      file: "a.csv", record: 3, column: "", code: "ColumnCount", message: "", raw: "", cost: nil,
      currency: nil)
  }

  /// A delivery of one file that kept these charges and rejected one row without a readable cost.
  private func contents(_ charges: [ChargeSummary]) throws -> ExportContents {
    var contents = ExportContents()
    contents.charges = charges
    contents.rejects = [reject()]
    var tally = FileTally(file: "a.csv", sha256: "ab", format: .cur2)
    for charge in charges {
      tally.kept.rows += charge.sums.lineItems
      try tally.kept.cost.add(charge.sums.unblended, "USD")
    }
    tally.rejected.rows = 1
    tally.rejectedWithoutCost = 1
    try tally.read.add(tally.kept)
    try tally.read.add(tally.rejected)
    contents.files = [tally]
    return contents
  }

  @Test func `a delivery is cut by payer and period, and each part balances by itself`() throws {
    let split = try BookingSplit(
      contents([
        try charge(payer: "2", cost: "3", rows: 5), try charge(rows: 9),
        try charge(period: "2026-03"),
      ]))
    #expect(
      split.parts.map { "\($0.part.billingAccountID) \($0.part.billingPeriod)" } == [
        "1 2026-03", "1 2026-04", "2 2026-04",
      ])
    #expect(split.parts.map(\.contents.charges.count) == [1, 1, 1])
    #expect(split.parts.map { $0.contents.files[0].kept.rows } == [1, 9, 5])
    #expect(
      split.parts.map { $0.contents.files[0].kept.cost["USD"] } == [.one, .one, try Amount(3)])
    #expect(split.parts.allSatisfy { $0.contents.files[0].balances })
  }

  @Test func `a row that was rejected leaves no part of its delivery proved`() throws {
    let split = try BookingSplit(contents([try charge(), try charge(period: "2026-03")]))
    #expect(split.parts.map { $0.contents.files[0].rejectedWithoutCost } == [1, 1])
    #expect(split.parts.map(\.contents.rejects.count) == [1, 0])
    #expect(split.parts.map { $0.contents.files[0].rejected.rows } == [1, 0])
  }

  @Test func `a delivery of one month keeps the tallies of its files`() throws {
    let contents = try contents([try charge(), try charge(day: "2026-04-02")])
    #expect(try BookingSplit(contents).parts.map(\.contents.files) == [contents.files])
  }

  @Test func `rows of a month that the manifest does not state are not booked, and not lost`()
    throws
  {
    let split = try BookingSplit(
      contents([try charge(), try charge(period: "2026-03", cost: "99", rows: 2)]),
      stated: BillingPeriod("2026-04"))
    #expect(split.parts.map { "\($0.part.billingPeriod)" } == ["2026-04"])
    let piece = split.parts[0].contents
    #expect(piece.rejects.last?.code == "ForeignPeriod")
    #expect(piece.rejects.last?.cost == (try Amount(99)))
    #expect(piece.files[0].rejected.rows == 3)
    #expect(piece.files[0].balances)
  }

  @Test func `a part of a month lacks what the whole one has`() throws {
    func lacking(_ new: [ChargeSummary], _ old: [ChargeSummary]) throws -> String? {
      var (a, b) = (ExportContents(), ExportContents())
      (a.charges, b.charges) = (new, old)
      return try Fullness(a).lacks(of: Fullness(b))
    }
    let whole = [try charge(), try charge(day: "2026-04-30")]
    #expect(try lacking(whole, whole) == nil)
    #expect(try lacking(whole, [try charge()]) == nil)
    #expect(try lacking([try charge()], whole) == "the booked version goes on to 2026-04-30")
    #expect(
      try lacking([try charge(day: "2026-04-30")], whole)
        == "the booked version holds USD 2.00, this one 1.00")
    #expect(
      try lacking(
        [try charge(day: "2026-04-30", cost: "2")], [try charge(service: "S3")])
        == "the booked version has rows of account 2, S3, Usage on 2026-04-01 which this one has not"
    )
  }

  @Test func `what moved between two versions is told by group`() throws {
    func booking(_ charges: [ChargeSummary]) throws -> Booking {
      var contents = ExportContents()
      contents.charges = charges
      return Booking(
        delivery: 1, exportName: "e", format: .cur2, billingAccountID: "1",
        billingPeriod: try #require(BillingPeriod("2026-04")), version: "v",
        versionDay: try #require(Day("2026-05-01")), contents: contents)
    }
    let moved = try Restatement.between(
      booking([try charge(), try charge(service: "S3", cost: "2")]),
      booking([
        try charge(), try charge(service: "S3", cost: "2.5"), try charge(service: "SQS", cost: "4"),
      ]))
    #expect(
      moved.map { "\($0.serviceName) \($0.before) \($0.after)" } == [
        "S3 2.00 2.50", "SQS 0.00 4.00",
      ])
  }
}

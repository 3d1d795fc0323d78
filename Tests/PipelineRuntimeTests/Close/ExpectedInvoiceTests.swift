import BillingModel
import ExactNumbers
import Testing

@testable import PipelineRuntime

/// Which invoices a month's charges let expect, and by when.
@Suite struct ExpectedInvoiceTests {
  private static let period = BillingPeriod("2026-04")!

  private static func charge(
    _ invoice: Text, _ cost: String, issuer: Text = "AWS", billType: Text = "Anniversary"
  ) throws -> ChargeSummary {
    let cost = try Amount(parsing: cost)
    return ChargeSummary(
      key: ChargeKey(
        billingAccountID: "100000000001", billingPeriod: period, invoiceID: invoice,
        invoiceIssuer: issuer, billingEntity: "AWS", legalEntity: "", billType: billType,
        chargeType: "Usage", currency: "USD", subAccountID: "200000000001", subAccountName: "",
        serviceName: "EC2", productCode: "", isDataTransfer: false, day: nil),
      sums: CostSums(unblended: cost, lineItems: 1), billedCost: cost)
  }

  private static func match(
    _ ids: [Text], _ documents: [Text], charged: String? = "1.00", result: MatchResult = .matched
  ) throws -> Match {
    var match = Match(
      billingPeriod: period, id: "M", invoiceIDs: ids, documents: documents, documentKinds: [],
      issuer: "AWS", billingAccountID: "100000000001", currency: "USD", difference: .zero,
      explained: [], unexplained: .zero, tolerance: .zero, result: result, lineItems: 1, items: [])
    match.chargedTotal = try charged.map { try Amount(parsing: $0) }
    return match
  }

  private func rows(
    _ charges: [ChargeSummary], _ matches: [Match] = [], asOf: String = "2026-05-05",
    format: ExportFormat = .cur2, silent: Set<ChargedIssuer> = []
  ) throws -> [String] {
    var contents = ExportContents()
    contents.charges = charges
    let booking = Booking(
      delivery: 1, exportName: "x", format: format, billingAccountID: "100000000001",
      billingPeriod: Self.period, version: "1", versionDay: Day("2026-05-01")!,
      contents: contents)
    let facts = PeriodFacts(
      billingPeriod: Self.period, asOf: RunDay(Day(asOf)!), bookings: [booking], shadows: [],
      replaced: [:], invoices: [], reconciliation: Reconciliation(billingPeriod: Self.period),
      history: [], openPayers: [], reportsAnomalies: false, contract: Contract(),
      accounts: AccountDirectory([]))
    return try ExpectedInvoiceList(facts, matches: matches, invoicesExpectedBy: 10)
      .invoices(silent: silent).map { row in
        [
          row.issuer.string, row.billType.string, row.invoiceID.string,
          row.charged.description, row.expectedBy.description, row.status.rawValue,
          row.documents.map(\.string).joined(separator: ";"),
        ].joined(separator: "|")
      }
  }

  @Test func `each invoice id is one, whatever the bill type and issuer`() throws {
    #expect(
      try rows([
        Self.charge("I1", "1.00"), Self.charge("I1", "2.00"),
        Self.charge("I2", "300.00", billType: "Purchase"),
        Self.charge("I3", "-5.00", billType: "Refund"),
        Self.charge("I4", "7.00", issuer: "Red Hat, Inc."),
      ]) == [
        "AWS|Anniversary|I1|3.00|2026-05-09|awaited|", "AWS|Purchase|I2|300.00|2026-05-09|awaited|",
        "AWS|Refund|I3|-5.00|2026-05-09|awaited|",
        "Red Hat, Inc.|Anniversary|I4|7.00|2026-05-09|awaited|",
      ])
  }

  @Test func `rows without an id are one usage invoice of their issuer`() throws {
    #expect(
      try rows([Self.charge("", "1.00"), Self.charge("", "2.00", billType: "Purchase")]) == [
        "AWS|Anniversary||3.00|2026-05-09|awaited|"
      ])
  }

  @Test(arguments: [("2026-05-09", "awaited"), ("2026-05-10", "overdue")])
  func `it is overdue the day after, when it counts as missing`(
    _ asOf: String, _ status: String
  ) throws {
    #expect(
      try rows([Self.charge("I1", "1.00")], asOf: asOf) == [
        "AWS|Anniversary|I1|1.00|2026-05-09|\(status)|"
      ])
    // While the export may still name the invoice it is awaited, as its match is not final.
    #expect(
      try rows([Self.charge("", "1.00")], asOf: asOf) == [
        "AWS|Anniversary||1.00|2026-05-09|awaited|"
      ])
    #expect(
      try rows([Self.charge("", "1.00")], asOf: asOf, format: .focus10) == [
        "AWS|Anniversary||1.00|2026-05-09|\(status)|"
      ])
  }

  @Test func `it has arrived with the documents of its match, but not with a repeated one`() throws
  {
    let charges = [try Self.charge("I1", "1.00"), try Self.charge("", "2.00")]
    #expect(
      try rows(
        charges,
        [
          Self.match(["I1"], ["ubl:2", "ubl:1"]), Self.match([], ["ubl:3"]),
          Self.match(["I1"], ["ubl:4"], result: .duplicateInvoice),
          Self.match([], ["ubl:5"], charged: nil),
        ], asOf: "2026-06-01") == [
          "AWS|Anniversary||2.00|2026-05-09|arrived|ubl:3",
          "AWS|Anniversary|I1|1.00|2026-05-09|arrived|ubl:1;ubl:2",
        ])
  }

  @Test func `an issuer that charged a month earlier and not now is named`() throws {
    let silent = ChargedIssuer(
      billingAccountID: "100000000001", issuer: "Sinnet", currency: "CNY")
    let known = ChargedIssuer(billingAccountID: "100000000001", issuer: "AWS", currency: "USD")
    #expect(
      try rows([Self.charge("I1", "1.00")], silent: [silent, known]) == [
        "AWS|Anniversary|I1|1.00|2026-05-09|awaited|",
        "Sinnet|Anniversary||0.00|2026-05-09|none charged|",
      ])
  }
}

import BillingLedger
import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

/// What touches a period, and what does not. Each night is played twice (see ``TwinNights``): whatever is
/// left unjudged has the documents that judging everything gives.
@Suite struct TouchedPeriodTests {
  private let twins: TwinNights

  /// April to June are booked and final; their invoices were due; only April's came.
  init() throws {
    twins = try TwinNights()
    for (period, id) in [("2026-04", "INV4"), ("2026-05", "INV5"), ("2026-06", "INV6")] {
      try twins.deliver(Month(period: period, invoiceID: id))
    }
    try twins.invoice("INV4", "2026-04", "56.54")
    let first = try twins.night("2026-07-20")
    #expect(first.judged == ["2026-04", "2026-05", "2026-06"])
    #expect(first.loaded == first.judged)
  }

  private func expect(
    _ judged: [Text], loaded: [Text]? = nil, asOf: String = "2026-07-21",
    at place: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try twins.night(asOf)
    #expect(outcome.judged == judged, sourceLocation: place)
    #expect(outcome.loaded == loaded ?? judged, sourceLocation: place)
    // What was judged once is known from then on.
    let next = try twins.night(asOf)
    #expect(next.judged == [] && next.loaded == [], sourceLocation: place)
  }

  @Test func `a night that brings nothing judges nothing and loads nothing`() throws {
    try expect([])
    let outcome = try twins.night("2026-08-19")
    #expect(outcome.judged == [] && outcome.loaded == [])
    #expect(outcome.openFindings > 0 && outcome.report.contains("MissingInvoice") == false)
  }

  @Test func `what is open grows older, in bands`() throws {
    #expect(try twins.night("2026-08-20").judged == ["2026-04", "2026-05", "2026-06"])
    #expect(try twins.document("2026-05/open-items.csv").contains(",2026-07-20,31-60,"))
    try expect([], asOf: "2026-08-21")
  }

  @Test func `a new version of the newest month touches that month only`() throws {
    try twins.deliver(Month(period: "2026-06", invoiceID: "INV6", cents: 110))
    try expect(["2026-06"])
    #expect(try twins.document("2026-06/anomalies.csv").contains("ChangedAfterFinalisation"))
  }

  @Test func `a month is history of the later ones, which are judged by it`() throws {
    try twins.deliver(Month(period: "2026-05", invoiceID: "INV5", spike: 20))
    try expect(["2026-05", "2026-06"])
  }

  @Test func `usage of an earlier month touches that month too`() throws {
    var month = Month(period: "2026-06", invoiceID: "INV6")
    month.extra = [("2026-05-30", "INV6")]
    try twins.deliver(month)
    try expect(["2026-05", "2026-06"])
  }

  @Test func `a new month touches the one that is no longer one of the newest two`() throws {
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7"))
    // What rolls forward is no longer shown in June.
    try expect(["2026-05", "2026-06", "2026-07"], asOf: "2026-08-19")
  }

  @Test func `another export of a month touches it`() throws {
    try twins.deliver(
      Month(period: "2026-05", export: "focus", invoiceID: "INV5", cents: 101, isCUR2: true))
    try expect(["2026-05", "2026-06"])
    #expect(try twins.document("2026-05/anomalies.csv").contains("ExportsDisagree"))
  }

  @Test func `a document touches the month it is for`() throws {
    try twins.invoice("INV5", "2026-05", "57.00")
    // The newest month shows what rolls forward.
    try expect(["2026-05", "2026-06"])
    #expect(try twins.document("2026-05/reconciliation.csv").contains("aws-invoice-summary:INV5"))
  }

  @Test func `a document without charges touches the month it states`() throws {
    try twins.invoice("INV9", "2026-05", "9.00")
    try expect(["2026-05", "2026-06"])
    #expect(try twins.document("2026-05/reconciliation.csv").contains("MissingCharges"))
    #expect(try twins.document("2026-06/open-items.csv").contains("MissingCharges"))
  }

  @Test func `a document that must not be booked touches the month it states`() throws {
    try twins.invoice("INV8", "2026-06", "no number")
    try expect(["2026-06"])
  }

  @Test func `the first document of an issuer touches every month of that issuer`() throws {
    for period in ["2026-02", "2026-03"] {
      try twins.deliver(
        Month(period: period, export: "sinnet", invoiceID: "S\(period)", issuer: "S"))
    }
    try twins.night("2026-07-21")
    #expect(try twins.document("2026-02/anomalies.csv").contains("InvoicesNeverArrived"))
    try twins.invoice("S2026-03", "2026-03", "1.00", issuer: "S")
    try expect(["2026-02", "2026-03", "2026-06"], asOf: "2026-07-22")
    #expect(try twins.document("2026-02/reconciliation.csv").contains("MissingInvoice"))
  }

  @Test func `an account on an earlier document that comes late touches the months after it`()
    throws
  {
    try twins.eInvoice(1, "2026-05", "56.56", account: "DE02120300000000202051")
    // The newest month lists what rolls forward.
    try expect(["2026-05", "2026-06"])
    #expect(!(try twins.document("2026-05/anomalies.csv").contains("SellerBankAccountChanged")))
    try twins.eInvoice(2, "2026-04", "56.56", account: "DE02500105170137075030")
    try expect(["2026-04", "2026-05", "2026-06"], asOf: "2026-07-22")
    #expect(try twins.document("2026-05/anomalies.csv").contains("SellerBankAccountChanged"))
  }

  @Test func `what meets in one match is judged together`() throws {
    var month = Month(period: "2026-06", invoiceID: "INV6")
    month.extra = [("2026-06-02", "INV5")]
    try twins.deliver(month)
    try expect(["2026-05", "2026-06"])
    try twins.invoice("INV5", "2026-05", "58.00")
    try expect(["2026-05", "2026-06"], asOf: "2026-07-22")
    #expect(try twins.document("2026-05/run-summary.json").contains("INV5"))
  }

  /// May's charges make 56.56 under INV5 and 1.00 under another number.
  @Test
  func `what a later month adds to a charge decides where a document of an earlier one belongs`()
    throws
  {
    var may = Month(period: "2026-05", invoiceID: "INV5")
    may.extra = [("2026-05-05", "INV5X")]
    try twins.deliver(may)
    try twins.night("2026-07-21")
    try twins.eInvoice(1, "2026-05", "56.56")
    // The newest month lists what rolls forward.
    try expect(["2026-05", "2026-06"], asOf: "2026-07-22")
    let matched = "ubl:26112000000000000001,invoice,\"Amazon Web Services, Inc.\",100000000001,USD,"
    #expect(try twins.document("2026-05/reconciliation.csv").contains("INV5," + matched))
    var june = Month(period: "2026-06", invoiceID: "INV6")
    june.extra = [("2026-06-02", "INV5")]
    try twins.deliver(june)
    try expect(["2026-05", "2026-06"], asOf: "2026-07-23")
    let alone = try twins.document("2026-05/reconciliation-items.csv")
    #expect(alone.contains("could belong to any of INV5, INV5X"))
  }

  @Test func `a month that only shares a match is loaded and not judged`() throws {
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7"))
    var month = Month(period: "2026-08", invoiceID: "INV8")
    month.extra = [("2026-08-02", "INV6")]
    try twins.deliver(month)
    try twins.night("2026-09-20")
    // July is history of August, which is judged, and shares an invoice with June, which is not.
    try twins.deliver(Month(period: "2026-07", invoiceID: "INV7", cents: 120))
    try expect(
      ["2026-07", "2026-08"], loaded: ["2026-06", "2026-07", "2026-08"], asOf: "2026-09-21")
    #expect(try twins.document("2026-08/run-summary.json").contains("\"alsoIn\""))
  }

  @Test(arguments: [
    ("nightly.yaml", TwinNights.definition(cap: "2.00")),
    ("contract.yaml", "billingEntities: [AWS Marketplace]\n"),
    ("accounts.csv", "AccountId,AccountName\n200000000001,store\n"),
  ]) func `what the definition says touches everything`(_ name: String, _ text: String) throws {
    try twins.define(name, text)
    try expect(["2026-04", "2026-05", "2026-06"])
  }

  @Test(arguments: ["tags/cost-allocation.yaml", "dialects/ubl.yaml"])
  func `a table of the definition touches everything`(_ name: String) throws {
    let path = repositoryRoot().appendingPathComponent("pipelines/" + name)
    try twins.define(name, String(contentsOf: path, encoding: .utf8) + "# reviewed\n")
    try expect(["2026-04", "2026-05", "2026-06"])
  }

  @Test func `another program judges everything`() throws {
    let outcome = try twins.night("2026-07-21", program: "another program")
    #expect(outcome.judged.count == 3 && outcome.headline.contains("0 periods published"))
  }

  @Test func `a decision touches the month of its finding`() throws {
    try twins.decide(.dismissed) { records in
      records.first { $0.key.billingPeriod == BillingPeriod("2026-05") && $0.status == .open }
    }
    try expect(["2026-05"])
    #expect(try twins.document("2026-05/anomalies.csv").contains("dismissed"))
  }

  @Test func `what is set aside touches no month`() throws {
    try twins.drop("bad.csv", "no export\n")
    try twins.drop("again.csv", Month(period: "2026-06", invoiceID: "INV6").text)
    try expect([])
    #expect(try twins.document("unassigned/run-summary.json").contains("bad.csv"))
  }
}

/// The dates on which a period changes its mind.
@Suite struct PassingDateTests {
  @Test
  func `an invoice is due, a month is half final and settled on their days, and on no others`()
    throws
  {
    let twins = try TwinNights()
    try twins.deliver(Month(period: "2026-04", invoiceID: "INV4"))
    try twins.invoice("INV4", "2026-04", "56.54")
    try twins.deliver(Month(period: "2026-05", invoiceID: "INV5"))
    var open = Month(period: "2026-06", invoiceID: "INV6")
    open.extra = [("2026-06-05", "")]
    try twins.deliver(open)
    try twins.night("2026-05-20")
    var days: [String: [Text]] = [:]
    for number in 0...70 {
      let day = try #require(Day("2026-05-21")).advanced(by: number).description
      let outcome = try twins.night(day)
      if !outcome.judged.isEmpty { days[day] = outcome.judged }
      #expect(outcome.loaded == outcome.judged)
    }
    // May's invoice is due on 10 June, June's on 10 July; June has an id to come, which is late after
    // 10 July and which AWS may still fill in until 15 July. June shows what rolls forward from
    // May; what is open since 20 May is older than 30 days on 20 June, and than 60 on 20 July.
    let all: [Text] = ["2026-04", "2026-05", "2026-06"]
    #expect(
      days == [
        "2026-06-10": ["2026-05", "2026-06"], "2026-06-20": all, "2026-07-10": ["2026-06"],
        "2026-07-11": ["2026-06"], "2026-07-16": ["2026-06"], "2026-07-20": all,
      ])
  }

  @Test func `an earlier day asks again`() throws {
    let twins = try TwinNights()
    try twins.deliver(Month(period: "2026-05", invoiceID: "INV5"))
    try twins.invoice("INV4", "2026-04", "9.00")
    try twins.night("2026-06-10")
    #expect(try twins.night("2026-06-09").judged == ["2026-05"])
    #expect(try twins.night("2026-06-09").judged == [])
    #expect(try twins.night("2026-06-10").judged == ["2026-05"])
  }

  @Test func `a document without any date moves on with the month`() throws {
    let twins = try TwinNights()
    try twins.drop(
      "invoices/undated.json",
      """
      [{"AccountId": "100000000001", "InvoiceId": "INV1", "InvoiceType": "INVOICE",
      "BaseCurrencyAmount": {"TotalAmount": "5.00", "CurrencyCode": "USD"}}]
      """)
    #expect(try twins.night("2026-06-10").judged == ["2026-05"])
    #expect(try twins.night("2026-06-30").judged == [])
    #expect(try twins.night("2026-07-01").judged == ["2026-06"])
    #expect(try twins.night("2026-07-02").judged == [])
  }
}

/// A mirrored inbox, in which everything stays where it was.
@Suite struct MirroredNightTests {
  /// Other bytes of the same length, time and place: whoever looks at them sees that they are no export.
  @Test func `what lies in a mirror as it lay is neither hashed nor opened`() throws {
    let twins = try TwinNights()
    try twins.define(
      "nightly.yaml",
      TwinNights.definition().replacing("{settle: 0}", with: "{settle: 0, inbox: mirror}"))
    try twins.deliver(Month(period: "2026-05", invoiceID: "INV5"))
    try twins.invoice("INV5", "2026-05", "56.54")
    try twins.drop("loose.csv", Month(period: "2026-06", invoiceID: "INV6").text)
    #expect(try twins.night("2026-07-20").judged == ["2026-05", "2026-06"])
    let before = try twins.document("2026-05/run-summary.json")
    for name in try filesBelow(twins.quick.url.appendingPathComponent("inbox")).keys
    where !name.hasSuffix("Manifest.json") {
      try twins.disguise(name)
    }
    let quiet = try twins.night("2026-07-21")
    #expect(quiet.judged == [] && quiet.headline.contains(": 0 files taken, 0 periods published"))
    #expect(!quiet.hasQuarantine)
    #expect(try twins.document("2026-05/run-summary.json") == before)
    #expect(try twins.night("2026-07-21").judged == [])
  }

  @Test func `a file of a mirror that is younger is read`() throws {
    let twins = try TwinNights()
    try twins.define(
      "nightly.yaml",
      TwinNights.definition().replacing("{settle: 0}", with: "{settle: 0, inbox: mirror}"))
    try twins.drop("loose.csv", Month(period: "2026-06", invoiceID: "INV6").text)
    try twins.night("2026-07-20")
    try twins.drop("loose.csv", Month(period: "2026-06", invoiceID: "INV6", cents: 200).text)
    let second = try twins.night("2026-07-20")
    #expect(second.judged == ["2026-06"] && second.headline.contains(": 1 file taken"))
  }
}

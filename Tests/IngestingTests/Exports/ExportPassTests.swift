import BillingModel
import ByteStreaming
import ExactNumbers
import Ingesting
import Tabulating
import TestSupport
import Testing

@Suite struct ExportPassTests {
  @Test func `a row becomes a charge with all its keys`() throws {
    let charge = try #require(try contents(of: [[:]]).charges.first)
    #expect(
      charge.key
        == ChargeKey(
          billingAccountID: "100000000001", billingPeriod: BillingPeriod("2026-05")!,
          invoiceID: "INV1", invoiceIssuer: "Amazon Web Services, Inc.", billingEntity: "",
          legalEntity: "", billType: "", chargeType: "Usage", currency: "USD",
          subAccountID: "200000000001", subAccountName: "",
          serviceName: "Amazon Elastic Compute Cloud", productCode: "AmazonEC2",
          isDataTransfer: false, day: Day("2026-05-01")))
    #expect(charge.sums == CostSums(unblended: amount("2.4"), lineItems: 1))
    #expect(charge.billedCost == amount("2.4"))
  }

  @Test func `the period is the export's, a day that is unreadable is absent`() throws {
    let charges = try contents(of: [
      ["lineItem/UsageStartDate": "2026-07-09T00:00:00Z"], ["lineItem/UsageStartDate": "?"],
    ]).charges
    #expect(charges.map(\.key.billingPeriod.description) == ["2026-05", "2026-05"])
    #expect(charges.map(\.key.day) == [nil, Day("2026-07-09")])
  }

  @Test func `the product code stands in for a missing name`() throws {
    #expect(
      try contents(of: [["product/ProductName": ""]]).charges.first?.key.serviceName == "AmazonEC2")
  }

  @Test func `data transfer is told by usage type`() throws {
    let types = ["USE1-DataTransfer-Out-Bytes", "EUC1-AWS-In-Bytes", "BoxUsage", ""]
    let flags = try types.map { type in
      try contents(of: [["lineItem/UsageType": type]]).charges.first?.key.isDataTransfer
    }
    #expect(flags == [true, true, false, false])
  }

  @Test func `rows of split cost allocation count as line items and add nothing`() throws {
    let contents = try contents(of: [
      ["lineItem/UnblendedCost": "5"],
      ["lineItem/UnblendedCost": "3", "lineItem/Operation": "EKSPod-EC2"],
    ])
    #expect(contents.charges.map(\.sums.lineItems) == [2])
    #expect(contents.charges.first?.billedCost == amount("5"))
    #expect(contents.files.first?.read.cost["USD"] == amount("5"))
    #expect(contents.files.first?.balances == true)
  }

  @Test func `a split row adds nothing under either reading, by operation or by parent`() throws {
    let split = [
      ["lineItem/Operation": "ECSTask-EC2"], ["splitLineItem/ParentResourceId": "i-0"],
      ["lineItem/Operation": "EKSPod-EC2", "lineItem/NetUnblendedCost": ""],
    ]
    let header = ExportSample.legacyHeader + ["splitLineItem/ParentResourceId"]
    for change in split {
      let rows = [[:], change].map { changes in
        ExportSample.row(["lineItem/NetUnblendedCost": "2"].merging(changes) { _, new in new })
          + [changes["splitLineItem/ParentResourceId"] ?? ""]
      }
      let charges = try contents(of: [SampleFile("a", ExportSample.csv(header, rows))]).charges
      #expect(
        charges.map(\.sums) == [
          CostSums(
            unblended: amount("2.4"), netUnblended: amount("2"), netRows: 2, lineItems: 2)
        ])
    }
  }

  @Test func `BilledCost is the net cost, of a row that states none its cost`() throws {
    let net = [["lineItem/NetUnblendedCost": "2"], ["lineItem/NetUnblendedCost": "1"]]
    #expect(try contents(of: net).charges.first?.billedCost == amount("3"))
    #expect(try contents(of: net + [[:]]).charges.first?.billedCost == amount("5.4"))
    #expect(try contents(of: net + [[:]]).charges.first?.sums.netRows == 2)
    #expect(try contents(of: net + [[:]]).allocations.first?.billedCost == amount("5.4"))
    let discount = ["lineItem/LineItemType": "EdpDiscount", "lineItem/UnblendedCost": "-1"]
    #expect(
      try contents(of: net + [[:], discount]).charges.map(\.billedCost)
        == [amount("-1"), amount("7.2")])
  }

  @Test func `a file without the net column counts beside one with it`() throws {
    let at = try #require(ExportSample.legacyHeader.firstIndex(of: "lineItem/NetUnblendedCost"))
    func without(_ row: [String]) -> [String] {
      row.enumerated().filter { $0.offset != at }.map(\.element)
    }
    let files = [
      SampleFile("a", ExportSample.legacy([["lineItem/NetUnblendedCost": "2"]])),
      SampleFile(
        "b", ExportSample.csv(without(ExportSample.legacyHeader), [without(ExportSample.row())])),
    ]
    #expect(try contents(of: files).charges.map(\.billedCost) == [amount("4.4")])
  }

  @Test func `currencies stay apart, in charges and in tallies`() throws {
    let contents = try contents(of: [[:], ["lineItem/CurrencyCode": "CNY"]])
    #expect(contents.charges.map(\.key.currency) == ["CNY", "USD"])
    #expect(contents.files.first?.kept.cost.sorted.map(\.currency) == ["CNY", "USD"])
  }

  @Test func `a reject says where, what and what to do, and keeps its cost`() throws {
    let contents = try contents(of: [
      [:], ["lineItem/UnblendedCost": "1,000.00"], ["lineItem/CurrencyCode": "usd"],
      ["bill/BillingPeriodStartDate": "soon"], ["lineItem/UnblendedCost": ""],
    ])
    #expect(contents.rejects.map(\.record) == [2, 3, 4, 5])
    #expect(contents.rejects.map(\.cost) == [nil, nil, amount("2.4"), nil])
    #expect(
      contents.rejects.first
        == Reject(
          file: "a.csv", record: 2, column: "lineItem/UnblendedCost", code: "UnreadableCost",
          message: """
            a.csv:2:lineItem/UnblendedCost: the cost is no decimal number: correct the row and \
            deliver again
            """, raw: "1,000.00", cost: nil, currency: "USD"))
    let tally = try #require(contents.files.first)
    #expect(tally.balances && tally.rejected.rows == 4 && tally.rejectedWithoutCost == 3)
    #expect(tally.rejected.cost["USD"] == amount("2.4"))
  }

  @Test(arguments: ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "0000-01-01"])
  func `a row whose period lies outside the years 1 to 9999 is rejected`(start: String) throws {
    let contents = try contents(of: [[:], ["bill/BillingPeriodStartDate": start]])
    #expect(contents.charges.map(\.sums.lineItems) == [1])
    #expect(contents.rejects.map(\.record) == [2])
    #expect(contents.rejects.map(\.column) == ["bill/BillingPeriodStartDate"])
  }

  @Test func `an unreadable quantity leaves the row`() throws {
    #expect(try contents(of: [["lineItem/UsageAmount": "1_000"]]).rejects.isEmpty)
  }

  @Test func `a file with more than one bad row in a hundred is refused, once ten are`() throws {
    func rows(_ bad: Int, of all: Int) -> [[String: String]] {
      (0..<all).map { $0 < bad ? ["lineItem/UnblendedCost": "?"] : [:] }
    }
    #expect(try contents(of: rows(9, of: 9)).rejects.count == 9)
    #expect(try contents(of: rows(10, of: 1000)).rejects.count == 10)
    let fault = #expect(throws: ExportFault.self) { try contents(of: rows(10, of: 999)) }
    #expect(fault?.code == "TooManyRejects" && fault?.rejects.count == 10)
  }

  @Test func `digits beyond the eighteenth are rounded and counted`() throws {
    let contents = try contents(of: [["lineItem/UnblendedCost": "0.1234567890123456785"]])
    #expect(contents.charges.first?.billedCost == amount("0.123456789012345679"))
    #expect(contents.files.first?.roundedNumbers == 1)
  }

  @Test func `a sum beyond twenty integer digits is a fault, not a wrong number`() throws {
    let huge = ["lineItem/UnblendedCost": "99999999999999999999"]
    let fault = #expect(throws: ExportFault.self) { try contents(of: [huge, huge]) }
    #expect(fault?.code == "AmountOverflow" && fault?.record == 2)
    let files = ["a", "b"].map { SampleFile(Text($0), ExportSample.legacy([huge])) }
    #expect(throws: MergeFault.self) { try contents(of: files, workers: 2) }
  }

  @Test func `the latest usage start is noted for the order of versions`() throws {
    let days = ["2026-05-02T00:00:00Z", "2026-05-09T01:00:00Z", "x"]
    let contents = try contents(of: days.map { ["lineItem/UsageStartDate": $0] })
    #expect(contents.files.first?.latestUsageStart?.description == "2026-05-09T01:00:00Z")
  }

  @Test(arguments: ["\r\n", "\r"]) func `line ends change nothing`(lineEnd: String) throws {
    let rows = [ExportSample.row(), ExportSample.row(["lineItem/UnblendedCost": "7"])]
    let other = ExportSample.csv(ExportSample.legacyHeader, rows, lineEnd: lineEnd)
    let plain = ExportSample.csv(ExportSample.legacyHeader, rows)
    #expect(
      try contents(of: [SampleFile("a", other)]) == contents(of: [SampleFile("a", plain)]))
  }

  @Test func `workers and the order of files change nothing`() throws {
    let seed: UInt64 = 7
    var random = SeededGenerator(seed: seed)
    let files = (0..<9).map { file in
      let rows = (0..<40).map { _ in
        [
          "identity/LineItemId": "id\(Int.random(in: 0..<60, using: &random))",
          "bill/InvoiceId": ["", "INV1", "INV2"].randomElement(using: &random)!,
          "lineItem/UsageAccountId": "20000000000\(Int.random(in: 0..<5, using: &random))",
          "lineItem/UnblendedCost": "\(Int.random(in: -50..<900, using: &random))E-3",
          "resourceTags/user:Owner": ["ann", "bob, \"b\"", ""].randomElement(using: &random)!,
        ]
      }
      return SampleFile(
        Text("f\(file)"), ExportSample.legacy(rows + [["lineItem/UnblendedCost": "?"]]))
    }
    let screens = [
      Screen(
        rule: "Again", rows: [], groupedBy: [.lineItemID], trip: .repeats,
        keyedBy: [.subAccountID], measures: [.sum(.unblendedCost), .sumOfRepeats(.unblendedCost)],
        captures: [.lineItemID]),
      Screen(
        rule: "Negative", rows: [.isNegative(.unblendedCost)], keyedBy: [.subAccountID],
        measures: [.sum(.unblendedCost)], captures: [.invoiceID]),
    ]
    let expected = try contents(of: files, screens)
    #expect(expected.suspects.count > 5 && expected.rejects.count == 9)
    for workers in [1, 2, 7] {
      let shuffled = files.shuffled(using: &random)
      #expect(try contents(of: shuffled, screens, workers: workers) == expected, "seed \(seed)")
    }
  }

  @Test func `invalid UTF-8 is kept visible and the sums are right`() throws {
    var bytes = ExportSample.legacy([["resourceTags/user:Owner": "OWNER"]])
    let at = try #require(bytes.indices.first { bytes[$0...].starts(with: "OWNER".utf8) })
    bytes.replaceSubrange(at..<(at + 5), with: [0xFF, 0x41])
    let allocation = try contents(of: [SampleFile("a", bytes)]).allocations.first
    #expect(allocation?.tags.tags.map(\.value) == ["\\xFFA"])
    #expect(allocation?.billedCost == amount("2.4"))
  }
}

import BillingModel
import ExactNumbers
import Normalizing
import TestSupport
import Testing

@testable import PipelineRuntime

/// What moved between two states of a period.
@Suite struct StateComparisonTests {
  private static func key(_ invoice: Text = "INV", _ service: Text = "EC2") -> RestatementKey {
    RestatementKey(
      billingAccountID: "100000000001", currency: "USD", invoiceID: invoice,
      subAccountID: "200000000001", serviceName: service, chargeType: "Usage")
  }

  private static func sum(_ cost: String, _ lines: Int = 1) throws -> StateSum {
    StateSum(billedCost: try Amount(parsing: cost), lineItems: lines)
  }

  private static func state(_ charges: [RestatementKey: StateSum]) -> PeriodState {
    var state = PeriodState()
    state.charges = charges
    return state
  }

  private static let attributor: Attributor = {
    var rules = TagRules()
    var costCenter = DimensionRules()
    costCenter.rules = [TagRule(name: "cost-center", key: "CostCenter")]
    rules.dimensions[.costCenter] = costCenter
    return Attributor(rules: rules, accounts: AccountDirectory([]))
  }()

  private func rows(
    _ before: PeriodState, _ after: PeriodState, since: RestatementBase = .signOff
  ) throws -> [RestatementRow] {
    try StateComparison(
      since: since, before: before, after: after, attributor: Self.attributor
    ).rows()
  }

  /// Change, invoice, before, after, difference, line items before and after, tags before and
  /// after.
  private func spelled(_ rows: [RestatementRow]) -> [String] {
    rows.map { row in
      [
        row.change.rawValue, row.key.invoiceID.string, row.before?.description ?? "",
        row.after?.description ?? "", row.difference?.description ?? "",
        row.lineItemsBefore.map { "\($0)" } ?? "", row.lineItemsAfter.map { "\($0)" } ?? "",
        row.tagsBefore.string, row.tagsAfter.string,
      ].joined(separator: "|")
    }
  }

  @Test func `the same state twice has not moved`() throws {
    let state = Self.state([Self.key(): try Self.sum("5.00")])
    #expect(try rows(state, state) == [])
  }

  @Test func `charges appear, vanish, get another price or another count`() throws {
    let before = Self.state([
      Self.key("INV", "A"): try Self.sum("5.00", 2), Self.key("INV", "B"): try Self.sum("6.00", 3),
      Self.key("INV", "C"): try Self.sum("7.00", 4), Self.key("INV", "D"): try Self.sum("1.00", 4),
    ])
    let after = Self.state([
      Self.key("INV", "B"): try Self.sum("6.50", 3), Self.key("INV", "C"): try Self.sum("5.25", 5),
      Self.key("INV", "D"): try Self.sum("1.00", 9), Self.key("INV", "E"): try Self.sum("-0.10"),
    ])
    #expect(
      spelled(try rows(before, after)) == [
        "vanished|INV|5.00||-5.00|2|||", "repriced|INV|6.00|6.50|0.50|3|3||",
        "requantified|INV|7.00|5.25|-1.75|4|5||", "appeared|INV||-0.10|-0.10||1||",
      ])
  }

  @Test func `lines that only got their invoice id have not moved`() throws {
    let open = Self.state([Self.key(""): try Self.sum("5.00", 2)])
    let half = Self.state([
      Self.key(""): try Self.sum("2.00", 1), Self.key(): try Self.sum("3.00", 1),
    ])
    let final = Self.state([Self.key(): try Self.sum("5.00", 2)])
    #expect(try rows(open, half) == [])
    #expect(try rows(open, final) == [])
    #expect(try rows(half, final) == [])
    let dearer = Self.state([Self.key(): try Self.sum("5.40", 2)])
    #expect(spelled(try rows(open, dearer)) == ["repriced|INV|5.00|5.40|0.40|2|2||"])
  }

  @Test func `money that went from one invoice to another has moved`() throws {
    let before = Self.state([Self.key("I1"): try Self.sum("5.00")])
    let after = Self.state([Self.key("I2"): try Self.sum("5.00")])
    #expect(
      spelled(try rows(before, after)) == [
        "vanished|I1|5.00||-5.00|1|||", "appeared|I2||5.00|5.00||1||",
      ])
  }

  // MARK: Tags

  private func tagged(_ parts: [(tags: [BillingModel.Tag], cost: String)]) throws -> PeriodState {
    var state = PeriodState()
    for (tags, cost) in parts {
      let cost = try Amount(parsing: cost)
      try state.charges[Self.key(), default: StateSum()].add(cost, lineItems: 1)
      try state.allocations[Self.key(), default: [:]][TagSet(tags), default: StateSum()]
        .add(cost, lineItems: 1)
    }
    return state
  }

  @Test func `money that went from one cost center to another is retagged`() throws {
    let before = try tagged([
      ([Tag("CostCenter", "C1"), Tag("x", "1")], "6.00"), ([Tag("CostCenter", "C2")], "4.00"),
    ])
    let after = try tagged([
      ([Tag("CostCenter", "C1")], "2.50"), ([Tag("CostCenter", "C2")], "4.00"),
      ([Tag("CostCenter", "C3")], "3.50"),
    ])
    #expect(
      spelled(try rows(before, after)) == [
        "retagged|INV|3.50|3.50|0.00|||CostCenter=C1|CostCenter=C3"
      ])
  }

  @Test func `a credit goes the way that its money goes`() throws {
    let before = try tagged([([Tag("CostCenter", "C1")], "-6.00")])
    let after = try tagged([([Tag("CostCenter", "C2")], "-6.00")])
    #expect(
      spelled(try rows(before, after)) == [
        "retagged|INV|-6.00|-6.00|0.00|||CostCenter=C1|CostCenter=C2"
      ])
  }

  @Test func `tags that lead to no dimension are shown as the export spells them`() throws {
    let before = try tagged([([Tag("x", "1"), Tag("y", "2")], "6.00")])
    let after = try tagged([([Tag("x", "2")], "6.00")])
    #expect(
      spelled(try rows(before, after)) == ["retagged|INV|6.00|6.00|0.00|||x=1;y=2|x=2"])
  }

  @Test func `where the sum of a key moved too, nothing tells what was retagged`() throws {
    let before = try tagged([([Tag("CostCenter", "C1")], "6.00")])
    let after = try tagged([([Tag("CostCenter", "C2")], "6.10")])
    #expect(spelled(try rows(before, after)) == ["repriced|INV|6.00|6.10|0.10|1|1||"])
  }

  // MARK: Documents

  private func match(_ documents: [Text], _ invoiced: String) throws -> Match {
    var match = Match(
      billingPeriod: BillingPeriod("2026-04")!, id: "M", invoiceIDs: ["INV"],
      documents: documents, documentKinds: documents.map { _ in .invoice }, issuer: "AWS",
      billingAccountID: "100000000001", currency: "USD", difference: .zero, explained: [],
      unexplained: .zero, tolerance: .zero, result: .matched, lineItems: 1, items: [])
    match.invoicedTotal = try Amount(parsing: invoiced)
    return match
  }

  private func state(_ documents: [Text], _ invoiced: String) throws -> PeriodState {
    try PeriodState([], matches: [try match(documents, invoiced)])
  }

  @Test func `documents that come, go or change are told with the amounts of their match`() throws {
    let before = try state(["ubl:1", "ubl:2"], "10.00")
    #expect(
      spelled(try rows(before, try state(["ubl:1", "ubl:2", "ubl:3"], "8.00"))) == [
        "document appeared|ubl:3|10.00|8.00|||||"
      ])
    #expect(
      spelled(try rows(before, try state(["ubl:1"], "4.00"))) == [
        "document cancelled|ubl:2|10.00|4.00|||||"
      ])
    #expect(
      spelled(try rows(before, try state(["ubl:1", "ubl:2"], "9.99"))) == [
        "document changed|ubl:1|10.00|9.99|||||", "document changed|ubl:2|10.00|9.99|||||",
      ])
    #expect(try rows(before, PeriodState(), since: .delivery) == [])
  }

  // MARK: The law

  private static func random(_ generator: inout SeededGenerator) throws -> PeriodState {
    var state = PeriodState()
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      let key = key(
        ["", "I1", "I2"].randomElement(using: &generator)!,
        ["A", "B", "C", "D"].randomElement(using: &generator)!)
      let cost = try Amount(units: Int128.random(in: -9...9, using: &generator) << 60)
      let tags = TagSet([Tag("CostCenter", ["1", "2"].randomElement(using: &generator)!)])
      try state.charges[key, default: StateSum()].add(cost, lineItems: 1)
      try state.allocations[key, default: [:]][tags, default: StateSum()].add(cost, lineItems: 1)
    }
    return state
  }

  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func `the differences add up to that of the charged totals`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (before, after) = (try Self.random(&generator), try Self.random(&generator))
    let rows = try rows(before, after)
    let charged = { (state: PeriodState) in
      try Amount.sum(state.charges.values.map(\.billedCost))
    }
    #expect(
      try Amount.sum(rows.compactMap(\.difference)) == charged(after) - charged(before),
      "seed \(seed)")
    #expect(try self.rows(before, after) == rows, "seed \(seed)")
  }

  /// A booking whose charges and tags are those of random line items.
  private static func booking(_ generator: inout SeededGenerator) throws -> Booking {
    let period = BillingPeriod("2026-04")!
    var contents = ExportContents()
    for _ in 0..<Int.random(in: 0...30, using: &generator) {
      let service: Text = ["A", "B", "C"].randomElement(using: &generator)!
      let cost = try Amount(Int.random(in: -2...2, using: &generator))
      let sums = CostSums(unblended: cost, lineItems: 1)
      contents.charges.append(
        ChargeSummary(
          key: ChargeKey(
            billingAccountID: "1", billingPeriod: period, invoiceID: "I", invoiceIssuer: "",
            billingEntity: "", legalEntity: "", billType: "", chargeType: "Usage",
            currency: "USD", subAccountID: "2", subAccountName: "", serviceName: service,
            productCode: "", isDataTransfer: false, day: nil), sums: sums, billedCost: cost))
      contents.allocations.append(
        AllocationSummary(
          billingAccountID: "1", billingPeriod: period, invoiceID: "I", currency: "USD",
          chargeType: "Usage", subAccountID: "2", serviceName: service,
          tags: TagSet([Tag("CostCenter", ["1", "2"].randomElement(using: &generator)!)]),
          sums: sums, billedCost: cost))
    }
    return Booking(
      delivery: 1, exportName: "x", format: .cur2, billingAccountID: "1", billingPeriod: period,
      version: "1", versionDay: Day("2026-05-01")!, contents: contents)
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `leaving out tags that cannot tell anything leaves out no row`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (old, new) = (try Self.booking(&generator), try Self.booking(&generator))
    let versions = try PeriodState.versions(old, new)
    #expect(
      try rows(versions.before, versions.after, since: .delivery)
        == rows(
          PeriodState([old], matches: []), PeriodState([new], matches: []), since: .delivery),
      "seed \(seed)")
  }
}

import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// An instance that costs 5.00, and what pods are given of it.
@Suite struct SplitCostTests {
  private let hour: Text = "2026-04-03T07:00:00Z/2026-04-03T08:00:00Z"

  private func parent(_ changes: [Field: Text?] = [:]) -> LineItem {
    usage([.splitResourceID: "i-0001"].merging(changes) { $1 })
  }

  private func share(
    _ split: Text?, _ unused: Text?, _ changes: [Field: Text?] = [:]
  ) -> LineItem {
    let row: [Field: Text?] = [
      .lineItemID: "pod", .resourceID: "arn:pod", .operation: "EKSPod-EC2",
      .usageType: "EKS-EC2-vCPU-Hours", .unblendedCost: "0", .unblendedRate: nil,
      .splitParentResourceID: "i-0001", .splitResourceID: "i-0001", .splitCost: split,
      .splitUnusedCost: unused,
    ]
    return usage(row.merging(changes) { $1 })
  }

  private func found(_ rows: LineItem...) throws -> Finding? {
    try SplitCostMismatch().onlyFinding(facts(rows))
  }

  @Test func `shares above the cost of their parent are too much`() throws {
    let finding = try #require(try found(parent(), share("3", "1"), share("1", "0.5")))
    #expect(finding.amountAtStake == "0.50" && finding.impact == "0" && finding.lineCount == 3)
    #expect(finding.actual == "5.50" && finding.expected == "5.00")
    #expect(finding.key.subAccountID == "200000000001" && finding.kind == .dataQuality)
    #expect(finding.explanation.english.string.contains("USD 0.50 too much"))
    expectSameFacts(finding)
  }

  /// 5.00 too much in one hour and 5.00 too little in the next are 10.00, not nothing.
  @Test func `what is too much of one instance does not make up for another`() throws {
    let next: Text = "2026-04-03T08:00:00Z/2026-04-03T09:00:00Z"
    let finding = try #require(
      try found(
        parent([.timeInterval: hour]), share("9", "1", [.timeInterval: hour]),
        parent([.timeInterval: next]), share("0", "0", [.timeInterval: next])))
    #expect(finding.amountAtStake == "10.00" && finding.lineCount == 4)
    #expect(finding.actual == "10.00" && finding.expected == "10.00")
    #expect(
      finding.explanation.english.string.hasSuffix("USD 5.00 too much and USD 5.00 too little."))
    expectSameFacts(finding)
  }

  @Test func `what nobody used may lie with one share or with all`() throws {
    #expect(try found(parent(), share("3", "1"), share("1", nil)) == nil)
    #expect(try found(parent(), share("3", "0.5"), share("1", "0.5")) == nil)
  }

  /// A day may have hours without any pod; an hour with one has none to spare.
  @Test func `shares may fall short over a day, but not over an hour`() throws {
    #expect(try found(parent(), share("3", "1.5")) == nil)
    let short = try #require(
      try found(parent([.timeInterval: hour]), share("3", "1.5", [.timeInterval: hour])))
    #expect(short.amountAtStake == "0.50")
    #expect(short.explanation.english.string.contains("USD 0.50 too little"))
    expectSameFacts(short)
  }

  @Test(arguments: [("4.000002", false), ("4.0000021", true)] as [(Text, Bool)])
  func `a millionth a row may remain`(_ split: Text, _ isFound: Bool) throws {
    #expect((try found(parent(), share(split, "1")) != nil) == isFound)
  }

  @Test(
    arguments: [
      ("DiscountedUsage", .reservationEffectiveCost),
      ("SavingsPlanCoveredUsage", .savingsPlanEffectiveCost),
    ] as [(Text, Field)])
  func `under a commitment the parent costs what is spread over it`(_ type: Text, _ cost: Field)
    throws
  {
    let covered = parent([.lineItemType: type, cost: "4.00"])
    #expect(try found(covered, share("3", "1")) == nil)
    #expect(try found(covered, share("3", "2"))?.amountAtStake == "1.00")
    // On demand for the other part of the interval.
    #expect(try found(covered, parent(), share("3", "6")) == nil)
    let unknown = parent([.lineItemType: type, cost: nil])
    #expect(try found(unknown, share("3", "9")) == nil)
  }

  @Test func `only the hours of the instance are split, each interval for itself`() throws {
    let transfer = parent([.usageType: "DataTransfer-Out-Bytes"])
    #expect(try found(transfer, share("3", "9")) == nil)
    #expect(try found(parent(), transfer, share("3", "2")) == nil)
    #expect(try found(parent(), share("3", "9", [.timeInterval: hour])) == nil)
    let host = parent([.usageType: "HostBoxUsage:m5.large", .unblendedCost: "0"])
    #expect(try found(host, share("3", "2")) == nil)
  }

  /// A spreadsheet that wrote `#NUM!` or nothing must not make of 5.00 that were shared a lack of 2.00.
  @Test(arguments: [(nil, "1"), ("#NUM!", "1"), ("1", "#NUM!")] as [(Text?, Text)])
  func `a share that is no number is unknown, not nothing`(_ split: Text?, _ unused: Text) throws {
    let rows = [
      parent([.timeInterval: hour]), share("3", "0", [.timeInterval: hour]),
      share(split, unused, [.timeInterval: hour]),
    ]
    #expect(try SplitCostMismatch().onlyFinding(facts(rows)) == nil)
  }

  @Test func `a parent or a share alone is not compared`() throws {
    #expect(try found(share("3", "9")) == nil)
    #expect(try found(parent()) == nil)
  }
}

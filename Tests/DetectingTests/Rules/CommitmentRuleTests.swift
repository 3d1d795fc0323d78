import BillingModel
import ExactNumbers
import Testing

@testable import Detecting

/// Rules about reservations, savings plans and single fees. Amounts are worked out by hand.
@Suite struct CommitmentRuleTests {
  private func found(_ rule: any Detector, _ rows: [LineItem]) throws -> Finding? {
    try rule.onlyFinding(facts(cleanRows + rows))
  }

  private func fee(_ cost: Text, _ more: [Field: Text?]) -> LineItem {
    let own: [Field: Text?] = [
      .lineItemID: "fee", .reservationARN: "arn:r", .usageType: "HeavyUsage:m5.large",
      .commitmentStart: "2026-01-01T00:00:00Z", .commitmentEnd: "2026-12-31T23:59:59Z",
    ]
    return charge("RIFee", cost: cost, own.merging(more) { $1 })
  }

  @Test(arguments: ["719", "720", "721"])
  func `an hour at either end of a term is rounding`(_ hours: Text) throws {
    #expect(try found(CommitmentHoursWrong(), [fee("72.00", [.consumedQuantity: hours])]) == nil)
  }

  @Test func `hours beyond the term cost their average`() throws {
    // Term until the tenth: 240 hours. 250 are charged for 25.00.
    let row = fee(
      "25.00", [.consumedQuantity: "250", .commitmentEnd: "2026-04-11T00:00:00Z"])
    let finding = try #require(try found(CommitmentHoursWrong(), [row]))
    #expect(finding.impact == "1.00" && finding.expected == "240.00 hours")
  }

  @Test func `two reservations under one name run twice the hours`() throws {
    let two: [Field: Text?] = [.consumedQuantity: "1440", .reservationCount: "2"]
    #expect(try found(CommitmentHoursWrong(), [fee("144.00", two)]) == nil)
    let short = two.merging([.consumedQuantity: "1300"]) { $1 }
    #expect(try found(CommitmentHoursWrong(), [fee("130.00", short)])?.impact == "-14.00")
  }

  @Test func `a fee after the term is too much as a whole`() throws {
    let late = fee("30.00", [.commitmentEnd: "2026-04-02T23:59:59Z"])
    #expect(try found(CommitmentOutsideTerm(), [late])?.impact == "30.00")
    let renewed = fee("30.00", [.commitmentEnd: "2026-04-03T00:00:00Z"])
    #expect(try found(CommitmentOutsideTerm(), [renewed]) == nil)
    let early = fee("30.00", [.commitmentStart: "2026-05-01T00:00:00Z"])
    #expect(try found(CommitmentOutsideTerm(), [early])?.impact == "30.00")
  }

  @Test func `a plan that covers more than was committed`() throws {
    func row(_ used: Text) -> LineItem {
      charge(
        "SavingsPlanRecurringFee", cost: "10.00",
        [.savingsPlanARN: "arn:p", .savingsPlanUsed: used, .savingsPlanCommitment: "10"])
    }
    let finding = try #require(try found(SavingsPlanOverused(), [row("10.5")]))
    #expect(finding.amountAtStake == "0.50" && finding.impact == "0")
    #expect(try found(SavingsPlanOverused(), [row("10.0001")]) == nil)
  }

  private func idle(_ hours: Text, _ usageType: Text = "HeavyUsage:m5.large") -> LineItem {
    fee(
      "30.00",
      [.usageType: usageType, .reservationUnusedQuantity: hours, .reservationUnusedFee: "1"])
  }

  @Test func `idle hours are those that ran on demand, at most all of these`() throws {
    // On demand in the clean month: 22.00 at 0.50, 44 hours.
    #expect(try found(ReservationIdle(), [idle("5")])?.impact == "2.50")
    #expect(try found(ReservationIdle(), [idle("500")])?.impact == "22.00")
    #expect(try found(ReservationIdle(), [idle("5", "HeavyUsage:m5.xlarge")]) == nil)
    #expect(try found(ReservationIdle(), [idle("0")]) == nil)
  }

  @Test func `a month that came as history has no anomalies, only candidates`() throws {
    let month = try facts(cleanRows + [idle("5")]).with { $0.reportsAnomalies = false }
    let judgement = try ReservationIdle().judged(month)
    #expect(judgement.findings.isEmpty && judgement.candidates.count == 1)
  }

  private func upfront(_ cost: Text, _ id: Text, _ type: Text = "Fee") -> LineItem {
    charge(type, cost: cost, [.lineItemID: id, .reservationARN: "arn:r"])
  }

  @Test func `an upfront fee is charged once`() throws {
    #expect(try found(UpfrontFeeTwice(), [upfront("100.00", "a")]) == nil)
    let twice = [upfront("100.00", "a"), upfront("100.00", "b")]
    #expect(try found(UpfrontFeeTwice(), twice)?.impact == "100.00")
    #expect(try found(UpfrontFeeTwice(), twice + [upfront("-100.00", "c", "Refund")]) == nil)
  }

  @Test func `an upfront fee of an earlier month counts`() throws {
    var earlier = try booking([upfront("100.00", "a")]).contents.suspects
    for index in earlier.indices { earlier[index].billingPeriod = period.previous }
    let month = try facts([upfront("100.00", "b")]).with { $0.earlierSuspects = earlier }
    let finding = try UpfrontFeeTwice().onlyFinding(month)
    #expect(finding?.impact == "100.00")
    // Only both fees together show that there are two.
    #expect(finding?.lineCount == 2 && finding?.evidence.count == 2)
    let later = try facts([]).with { $0.earlierSuspects = earlier + earlier }
    #expect(try UpfrontFeeTwice().judged(later).findings.isEmpty)
  }

  private func marketplace(_ invoice: Text, _ cost: Text) -> LineItem {
    charge(
      "Fee", cost: cost,
      [
        .lineItemID: invoice, .billingEntity: "AWS Marketplace", .invoiceID: invoice,
        .resourceID: "agreement",
      ])
  }

  @Test func `one agreement stands on one invoice`() throws {
    let rows = [marketplace("1", "40.00"), marketplace("2", "40.00"), marketplace("3", "40.00")]
    #expect(try found(MarketplaceBilledTwice(), rows)?.impact == "80.00")
    let other = [marketplace("1", "40.00"), marketplace("2", "30.00")]
    #expect(try found(MarketplaceBilledTwice(), other) == nil)
  }

  @Test func `a refund is of something that was charged in two months`() throws {
    let large = charge("Refund", cost: "-200.00", [.lineItemID: "r"])
    let finding = try #require(try found(RefundWithoutOriginal(), [large]))
    // Charges above zero: 5, 12, 5, 5 and 30 in each of two months; 2.00 are refunded already.
    #expect(finding.impact == "-88.00" && finding.expected == "at most 114.00")
    let small = charge("Refund", cost: "-112.00", [.lineItemID: "r"])
    #expect(try found(RefundWithoutOriginal(), [small]) == nil)
  }
}

import BillingModel
import ExactNumbers
import Reconciling
import Testing

/// Which findings are about money that no invoice asks for.
@Suite struct UninvoicedMoneyTests {
  private func finding(
    _ rule: RuleID, _ impact: String, invoice: Text = "", causedBy: FindingKey? = nil
  ) -> Finding {
    var key = FindingKey(
      rule: rule, billingAccountID: "1", billingPeriod: month("2026-06"), currency: "USD")
    key.invoiceID = invoice
    var finding = Finding(
      key: key, kind: .errorCandidate, amountAtStake: amount(impact).magnitude,
      impact: amount(impact), actual: "", expected: "", explanation: Words("", zh: ""),
      recommendation: Words("", zh: ""), confidence: .one, lineCount: 1)
    finding.causedBy = causedBy
    return finding
  }

  /// Invoiced − charged.
  private func reconciliation(_ difference: String, payer: Text = "1") -> Reconciliation {
    var match = Match(
      billingPeriod: month("2026-06"), id: "M", invoiceIDs: ["I1"], documents: ["ubl:I1"],
      documentKinds: [.invoice], issuer: "AWS", billingAccountID: payer, currency: "USD",
      difference: amount(difference), explained: [], unexplained: .zero,
      tolerance: amount("0.01"), result: .discrepant, lineItems: 1, items: [])
    match.invoicedTotal = amount("100")
    var reconciliation = Reconciliation(billingPeriod: month("2026-06"))
    reconciliation.matches = [match]
    return reconciliation
  }

  private func rules(_ findings: [Finding], _ reconciliation: Reconciliation) -> [RuleID] {
    UninvoicedMoney(findings, reconciliation).keys.map(\.rule).sorted()
  }

  @Test func `what the invoice lacks to the last digit is on no invoice`() {
    let duplicate = finding("DuplicateLineItem", "11.45")
    #expect(rules([duplicate], reconciliation("-11.45")) == ["DuplicateLineItem"])
    #expect(rules([duplicate], reconciliation("-11.46")) == [])
    #expect(rules([duplicate], reconciliation("11.45")) == [])
    #expect(rules([duplicate], reconciliation("0")) == [])
    #expect(rules([duplicate], reconciliation("-11.45", payer: "2")) == [])
    let other = finding("DuplicateLineItem", "11.45", invoice: "I2")
    #expect(rules([other], reconciliation("-11.45")) == [])
  }

  @Test func `the cause of a total that is too low is on no invoice`() {
    let duplicate = finding("DuplicateLineItem", "11.45")
    let total = finding("TotalOff", "-11.45", invoice: "I1", causedBy: duplicate.key)
    #expect(rules([duplicate, total], reconciliation("-12")) == ["DuplicateLineItem"])
    let high = finding("TotalOff", "11.45", invoice: "I1", causedBy: duplicate.key)
    #expect(rules([duplicate, high], reconciliation("11.45")) == [])
  }

  @Test func `a change after the invoice is within what it lacks, and so is its cause`() {
    let negation = finding("SavingsPlanNegationMismatch", "1.20")
    let changes = [
      finding("ChangedAfterFinalisation", "18.40", invoice: "I1"),
      finding("ChangedAfterFinalisation", "1.20", invoice: "I1", causedBy: negation.key),
    ]
    #expect(
      rules(changes + [negation], reconciliation("-19.60"))
        == ["ChangedAfterFinalisation", "SavingsPlanNegationMismatch"])
    // A corrected invoice contains it.
    #expect(rules(changes + [negation], reconciliation("0")) == [])
  }

  @Test func `of two findings of what the invoice lacks once, neither is given up`() {
    let pair = [finding("CostNotRateTimesUsage", "4.32"), finding("FreeTierCharged", "4.32")]
    // The difference is put down to one of them, by a rule that cannot know.
    let total = finding("TotalOff", "-4.32", invoice: "I1", causedBy: pair[0].key)
    let money = UninvoicedMoney(pair + [total], reconciliation("-4.32"))
    #expect(money.keys.isEmpty && money.undecided == Set(pair.map(\.key)))
    #expect(UninvoicedMoney(pair, reconciliation("-8.64")).undecided.isEmpty)
  }

  @Test func `a finding and its cause are one amount`() {
    let cause = finding("DuplicateLineItem", "4.32")
    let sum = finding("MoreHoursThanPeriod", "4.32", causedBy: cause.key)
    let money = UninvoicedMoney([sum, cause], reconciliation("-4.32"))
    #expect(money.keys.contains(cause.key) && money.undecided.isEmpty)
  }
}

import BillingModel
import ExactNumbers
import TestSupport
import Testing

@Suite struct WordsTests {
  private func chinese(_ text: ChineseText) -> String { text.description }

  @Test(arguments: [
    ("光环新网", "由光环新网开具，共 USD 1.00。"), ("AWS", "由 AWS 开具，共 USD 1.00。"),
    ("光环 3 号", "由光环 3 号开具，共 USD 1.00。"), ("3M中国", "由 3M中国开具，共 USD 1.00。"),
    ("…1234", "由 …1234 开具，共 USD 1.00。"),
  ])
  func `a space sets a value off where it is not Chinese`(_ name: String, _ sentence: String) {
    let money = "USD 1.00"
    #expect(chinese("由\(name)开具，共\(money)。") == sentence)
    // A space that stands there already is enough.
    #expect(chinese("共 \(money)。") == "共 USD 1.00。")
  }

  @Test func `wide signs bring their own space, and values that meet are set off too`() {
    #expect(chinese("发票（\("A-1")）：\("B")") == "发票（A-1）：B")
    #expect(chinese("\("贷项通知单")\("A-1")\("已付")") == "贷项通知单 A-1 已付")
    #expect(chinese("\("")共\("")") == "共")
    #expect(chinese("账期" + "2026-05" + "的费用") == "账期 2026-05 的费用")
  }

  @Test func `words follow each other as each language has it`() {
    let (first, second) = (Words("A.", zh: "甲。"), Words("B.", zh: "乙。"))
    #expect(Words.sentences([first, second]) == Words("A. B.", zh: "甲。乙。"))
    #expect(Words.sentences([first]) == first)
    #expect(Words("since 1", zh: "自 1") + Words(" on", zh: "起") == Words("since 1 on", zh: "自 1 起"))
    #expect(first.text(in: .english) == "A." && first.text(in: .chinese) == "甲。")
  }

  @Test func `a finding is shown with how it stands in review, in both languages`() throws {
    let finding = Finding(
      key: FindingKey(
        rule: "R", billingAccountID: "1", billingPeriod: try #require(BillingPeriod("2026-05")),
        currency: "USD"),
      kind: .anomaly, amountAtStake: .one, impact: .one, actual: "", expected: "",
      explanation: Words("A.", zh: "甲。"), recommendation: Words("B.", zh: "乙。"), confidence: .one,
      lineCount: 1)
    let day = try #require(Day("2026-05-01"))
    var reported = ReportedFinding(
      id: "F", finding: finding, severity: .low, status: .open, subAccountName: "",
      attribution: Attribution(), causedByID: "", firstSeen: day, lastSeen: day)
    #expect(reported.explanation == finding.explanation)
    reported.remark = Words("C.", zh: "丙。")
    #expect(reported.explanation == Words("A. C.", zh: "甲。丙。"))
  }

  // MARK: The test of pairs

  @Test func `a pair of sentences with the same facts has no fault`() {
    let pair = SentencePair(
      "3 line items of BoxUsage:m5.large cost USD -1.50 on demand on 2026-05-01 (i-0a1, GB-Mo).",
      "2026-05-01 有 BoxUsage:m5.large 的 3 条明细（i-0a1，GB-Mo）按需收费 USD -1.50。",
      names: ["BoxUsage:m5.large", "i-0a1"])
    #expect(pair.faults == [])
  }

  @Test(arguments: [
    ("A costs USD 1.50.", "A 收费 USD 1.50", "no Chinese sentence"),
    ("A costs USD 1.50.", "A 收费。USD 1.50。", "no Chinese sentence"),
    ("A costs USD 1.50", "A 收费 USD 1.50。", "no English sentence"),
    ("A costs. It is USD 1.50.", "A 收费 USD 1.50。", "no English sentence"),
    ("A costs USD 1.50.", "A costs USD 1.50。", "no word of Chinese"),
    ("A costs USD 1.50.", "A收费 USD 1.50。", "a space too many or too few"),
    ("A costs USD 1.50.", "A 收费， USD 1.50。", "a space too many or too few"),
    ("A costs USD 1.50.", "A 收费 USD 1.60。", "the figure 1.50 stands 1 times in English, 0"),
    ("A costs USD 1.50.", "A 收费 USD -1.50。", "the figure -1.50 stands 0 times in English, 1"),
    ("A costs USD 1.50.", "A 收费 CNY 1.50。", "the figure USD stands 1 times in English, 0"),
    (
      "A costs USD 2.00, not USD 1.00.", "A 收费 USD 1.00，应为 USD 2.00。", "the amounts come in another"
    ),
    ("A costs 1 of 1.", "A 占 1。", "the figure 1 stands 2 times in English, 1"),
    ("Shop costs USD 1.50.", "它收费 USD 1.50。", "the name \"Shop\" stands 1 times in English, 0"),
    ("A costs USD 1.50.", "A Bank 收费 USD 1.50。", "the word \"bank\" stands in Chinese"),
    ("Words(english) costs.", "它收费。", "no words at all"),
  ])
  func `what two languages do not have in common is a fault`(
    _ english: String, _ chinese: String, _ fault: String
  ) {
    let faults = SentencePair(english, chinese, names: ["Shop"]).faults
    #expect(faults.contains { $0.hasPrefix(fault) }, "\(faults)")
  }
}

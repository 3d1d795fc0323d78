import BillingModel
import ExactNumbers
import Reporting
import Testing

@Suite struct TerminalTests {
  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("业务单元", 8), ("e\u{301}", 1), ("ＡＢ", 4), ("한글", 4), ("カナ", 4), ("ｶﾅ", 2),
      ("🧾", 2), ("𠀀", 2), ("a\u{200D}b", 2), ("—", 1),
    ])
  func `a text takes its columns`(text: String, columns: Int) {
    #expect(TerminalText.width(text) == columns)
  }

  @Test func `what could command a terminal or turn the line is shown, not sent`() {
    let text: Text = "a\u{1B}[31m\nb\r\u{9B}\u{202E}\u{2066}\u{2028}\u{200F}业"
    #expect(
      TerminalText.escaped(text)
        == "a\\u{1b}[31m\\u{a}b\\u{d}\\u{9b}\\u{202e}\\u{2066}\\u{2028}\\u{200f}业")
  }

  @Test(
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("业务单元", 8, "业务单元"), ("业务单元", 6, "业务…"),
      ("业务单元", 7, "业务单…"),
    ])
  func `what does not fit is cut between characters`(text: String, columns: Int, cut: String) {
    #expect(TerminalText.cut(text, to: columns) == cut)
  }

  @Test func `columns are aligned by width, numbers to the right, no spaces at the end`() {
    var table = Table(columns: ["Unit", "Cost", "Note"], widest: 6)
    table.append([.text("零售"), .amount(SampleReport.amount("-1234.5")), .text("")])
    table.append([.text("a"), .amount(SampleReport.amount("0.123456")), .text("much too long")])
    #expect(
      table.text == """
        Unit      Cost  Note
        零售  -1234.50
        a     0.123456  much …

        """)
  }

  @Test func `a table without rows is its header`() {
    #expect(Table(columns: ["a", "b"]).text == "a  b\n")
  }

  @Test func `the dearest findings come first, in each currency, and none twice`() {
    var named = SampleReport.finding("F-2", stake: "7.25", severity: .critical)
    named.subAccountName = "prod\u{1B}"
    named.attribution[.owner] = AttributedValue(value: "安娜", tier: .tag, rule: "", raw: "")
    let findings = [
      SampleReport.finding("F-1", stake: "3"), named,
      SampleReport.finding("F-3", stake: "1000", causedBy: "F-2"),
      SampleReport.finding("F-4", stake: "5", currency: "CNY"),
      SampleReport.finding("F-5", stake: "2"), SampleReport.finding("F-6", stake: "0"),
    ]
    #expect(
      FindingTable.text(findings, limit: 2) == """
        AmountAtStake  Currency  Severity  Rule                   Period   Account       Service     Owner  FindingId
                 5.00  CNY       high      CostNotRateTimesUsage  2026-04  200000000001  Amazon EC2         F-4
                 7.25  USD       critical  CostNotRateTimesUsage  2026-04  prod\\u{1b}    Amazon EC2  安娜   F-2
                 3.00  USD       high      CostNotRateTimesUsage  2026-04  200000000001  Amazon EC2         F-1

        """)
  }

  @Test func `what was resolved or dismissed is no expensive finding any more`() {
    let findings = FindingStatus.allCases.map { status in
      var finding = SampleReport.finding(Text("F-\(status)"), stake: "5")
      finding.status = status
      return finding
    }
    let text = FindingTable.text(findings)
    for status in FindingStatus.allCases {
      let isShown = text.contains("F-\(status)")
      #expect(isShown == (status != .resolved && status != .dismissed), "\(status)")
    }
  }

  @Test func `what is about money and costs none is not expensive`() {
    var finding = SampleReport.finding("F-1", stake: "5000")
    finding.finding.kind = .dataQuality
    #expect(FindingTable.text([finding]).isEmpty)
    finding.finding.kind = .anomaly
    #expect(!FindingTable.text([finding]).isEmpty)
  }

  @Test func `no finding, no table`() {
    #expect(FindingTable.text([]).isEmpty)
  }
}

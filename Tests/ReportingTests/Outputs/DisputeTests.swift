import BillingModel
import ExactNumbers
import Foundation
import Reporting
import TestSupport
import Testing

/// What is claimed back, and what is sent to AWS with it.
@Suite struct DisputeTests {
  private func pack(_ recovered: String = "0") throws -> DisputePack {
    var reported = SampleReport.finding("F-00000000000000aa", stake: "4.2477344")
    reported.finding.lineCount = 2
    reported.finding.explanation = Words("2 rows where 1 is right.", zh: "有 2 行，应为 1 行。")
    reported.remark = Words("Set to disputed by Li.", zh: "李审核。")
    var dispute = Dispute(
      findingID: reported.id, key: reported.finding.key, status: .sent,
      claimed: SampleReport.amount("4.2477344"), openedOn: try #require(Day("2026-05-02")))
    dispute.recovered = SampleReport.amount(recovered)
    var pack = DisputePack(dispute: dispute, reported: reported)
    pack.columns = [
      "bill/InvoiceId", "lineItem/UsageAmount", "lineItem/UnblendedRate", "lineItem/UnblendedCost",
      "lineItem/LineItemDescription",
    ]
    pack.lines = [
      DisputePack.Line(
        place: Place(file: "ab", record: 7), file: "=x.csv",
        cells: ["I-1", "23.0685000000", "0.0928000000", "2.1407568000", "=cmd, \"5\""]),
      DisputePack.Line(
        place: Place(file: "ab", record: 8), file: "=x.csv",
        cells: ["I-1", "-2", "1E-1", "-0.3", ""]),
    ]
    return pack
  }

  private func text(_ name: String, _ pack: DisputePack) throws -> String {
    var report = SampleReport.empty()
    report.packs = [pack]
    let document = try SampleReport.document(
      Text("disputes/\(pack.dispute.findingID)/\(name)"), report)
    return String(decoding: document.bytes, as: UTF8.self)
  }

  @Test func `the line items stand as the export states them, and numbers stay numbers`() throws {
    #expect(
      try text("evidence.csv", pack()) == """
        File,FileSha256,Record,bill/InvoiceId,lineItem/UsageAmount,lineItem/UnblendedRate,\
        lineItem/UnblendedCost,lineItem/LineItemDescription
        '=x.csv,ab,7,I-1,23.0685000000,0.0928000000,2.1407568000,"'=cmd, ""5\"""
        '=x.csv,ab,8,I-1,-2,1E-1,-0.3,

        """)
  }

  // 23.0685 × 0.0928 = 2.14075680; −2 × 0.1 = −0.2; 2.1407568 − 0.3 = 1.8407568.
  @Test func `the arithmetic can be done again`() throws {
    #expect(
      try text("arithmetic.csv", pack("1.2")) == """
        Item,Place,Quantity,Rate,QuantityTimesRate,Cost,Difference
        line,ab#7,23.0685,0.0928,2.1407568,2.1407568,0.00
        line,ab#8,-2.00,0.10,-0.20,-0.30,-0.10
        sum of lines,,,,,1.8407568,
        claimed,,,,,4.2477344,
        recovered,,,,,1.20,
        left,,,,,3.0477344,

        """)
  }

  @Test(arguments: ["0", "1.2"])
  func `both letters state the same facts`(_ recovered: String) throws {
    let pack = try pack(recovered)
    let letters = [try text("letter-en.txt", pack), try text("letter-zh.txt", pack)]
    for letter in letters {
      for fact in [
        "F-00000000000000aa", "100000000001", "200000000001", "2026-04", "I-1", "Amazon EC2",
        "USD 4.2477344", "USD 1.8407568", "CostNotRateTimesUsage",
        "evidence.csv", "arithmetic.csv",
      ] {
        #expect(letter.contains(fact), "\(fact) in \(letter)")
      }
      // What reviewers say among themselves is not sent.
      #expect(!letter.contains("Set to disputed") && !letter.contains("李审核"))
      #expect(letter.contains("USD 3.0477344") == (recovered == "1.2"))
    }
    // Each says in its own language what was found.
    #expect(letters[0].contains("2 rows where 1 is right.") && !letters[0].contains("应为 1 行"))
    #expect(letters[1].contains("有 2 行，应为 1 行。") && !letters[1].contains("rows where"))
    #expect(figures(letters[0]) == figures(letters[1]))
  }

  @Test func `a settled claim asks for nothing more, in both languages`() throws {
    var pack = try pack("4.2477344")
    pack.dispute.status = .credited
    pack.dispute.credits = ["ubl:CN-77"]
    let letters = [try text("letter-en.txt", pack), try text("letter-zh.txt", pack)]
    for letter in letters {
      #expect(letter.contains("ubl:CN-77") && !letter.contains("0.00"), "\(letter)")
      #expect(!letter.contains("We ask you to") && !letter.contains("请贵方"))
    }
    #expect(figures(letters[0]) == figures(letters[1]))
  }

  private func figures(_ text: String) -> Set<String> {
    Set(
      text.matches(of: /[A-Z]*[- ]?[0-9]([0-9.\-a-f]*[0-9a-f])?/).map {
        $0.output.0.filter { $0 != " " }
      })
  }

  @Test func `every rule has its ground in both languages, an unknown one a general one`() throws {
    var pack = try pack()
    let special = try text("letter-zh.txt", pack)
    #expect(special.contains("费率乘以用量"))
    pack.dispute.key.rule = "ARuleOfTomorrow"
    #expect(try text("letter-zh.txt", pack).contains("账单须与其自身"))
    #expect(try text("letter-en.txt", pack).contains("the bill must agree with itself"))
  }

  @Test func `claims are listed by what is left, and summed by currency`() throws {
    var report = SampleReport.empty()
    var credited = try pack("4.2477344").dispute
    credited.findingID = "F-1"
    credited.status = .credited
    credited.credits = ["ubl:2", "ubl:1"]
    var part = try pack("1").dispute
    part.status = .creditedInPart
    part.sentOn = Day("2026-05-03")
    var refused = part
    (refused.findingID, refused.status) = ("F-2", .refused)
    refused.possibleCredits = ["ubl:3"]
    report.disputes = [refused, credited, part]
    let document = try SampleReport.document("disputes.csv", report)
    #expect(
      String(decoding: document.bytes, as: UTF8.self) == """
        FindingId,BillingPeriod,Rule,DisputeStatus,BillingAccountId,InvoiceId,BillingCurrency,\
        Claimed,Recovered,Left,Credits,PossibleCredits,ConfirmedOn,SentOn
        F-00000000000000aa,2026-04,CostNotRateTimesUsage,credited in part,100000000001,,USD,\
        4.2477344,1.00,3.2477344,,,2026-05-02,2026-05-03
        F-1,2026-04,CostNotRateTimesUsage,credited,100000000001,,USD,4.2477344,4.2477344,0.00,\
        ubl:1;ubl:2,,2026-05-02,
        F-2,2026-04,CostNotRateTimesUsage,refused,100000000001,,USD,4.2477344,1.00,0.00,,ubl:3,\
        2026-05-02,2026-05-03

        """)
    let summary = try SampleReport.document("run-summary.json", report)
    let words = String(decoding: summary.bytes, as: UTF8.self).filter { !$0.isWhitespace }
    #expect(words.contains(#""claimed":{"USD":"12.7432032"},"recovered":{"USD":"6.2477344"}"#))
    #expect(words.contains(#""left":{"USD":"3.2477344"},"ambiguous":[{"finding":"F-2""#))
  }
}

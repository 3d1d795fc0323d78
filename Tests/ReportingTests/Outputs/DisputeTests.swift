import BillingModel
import ExactNumbers
import Foundation
import TestSupport
import Testing

@testable import Reporting

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
        "by the rule CostNotRateTimesUsage: billed USD 1.00, right USD 2.00",,,,,,4.2477344
        claimed,,,,,4.2477344,
        "asked, as it can be paid",,,,,4.25,
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
      #expect(!letter.contains("ask you to correct it") && !letter.contains("予以更正"))
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

  // 5.00 − 4.25 = 0.75.
  @Test func `a surplus is said in both languages and in the arithmetic`() throws {
    var pack = try pack("5")
    pack.dispute.status = .credited
    pack.dispute.credits = ["ubl:CN-77"]
    #expect(try text("letter-en.txt", pack).contains("by ubl:CN-77, USD 0.75 more than"))
    #expect(try text("letter-zh.txt", pack).contains("比申请多 USD 0.75"))
    #expect(try text("arithmetic.csv", pack).contains("recovered too much,,,,,0.75,\n"))
  }

  @Test func `a cause that holds no money leaves the claim where it is`() {
    var account = SampleReport.finding("F-1", stake: "14.78")
    account.finding.key.rule = "UnknownAccount"
    var cause = account.finding.key
    cause.rule = "AccountIDMalformed"
    (account.causedByID, account.finding.causedBy) = ("F-2", cause)
    #expect(account.reasonForNoClaim == nil)
  }

  @Test func `an anomaly is no claim`() {
    var anomaly = SampleReport.finding("F-1", stake: "21.33")
    anomaly.finding.kind = .anomaly
    #expect(anomaly.reasonForNoClaim?.contains("an anomaly is a question") == true)
  }

  @Test func `a letter over the invoices of both operators in China goes to both`() throws {
    var pack = try pack()
    pack.columns.append("bill/InvoicingEntity")
    let issuers: [Text] = [
      "Beijing Sinnet Technology Co., Ltd.", "Ningxia Western Cloud Data Technology Co., Ltd.",
    ]
    for index in pack.lines.indices { pack.lines[index].cells.append(issuers[index]) }
    #expect(
      try text("letter-en.txt", pack).hasPrefix(
        "To: Beijing Sinnet Technology Co., Ltd. and Ningxia Western Cloud Data Technology Co., Ltd., "
          + "billing\n"))
    #expect(
      try text("letter-zh.txt", pack).hasPrefix("致：北京光环新网科技股份有限公司、宁夏西云数据科技有限公司账单支持\n"))
  }

  @Test func `a credit is asked for with its tax and less its discount`() throws {
    #expect(
      try text("letter-en.txt", pack()).contains(
        "with the tax that was charged on it and less the discount that was given on it, if any"))
    #expect(try text("letter-zh.txt", pack()).contains("及其已收的税款，并扣除已就其给予的折扣（如有）"))
  }

  /// Rules that never say that too much was paid: they judge data or papers, or name what AWS lost.
  private static let withoutClaims: Set<String> = [
    "AccountIDMalformed", "BuyerNameWrong", "BuyerTaxIDWrong", "CancellationUnmet",
    "ChangedAfterSignOff", "ChargeableAtZeroRate", "ChargesWithoutInvoice", "CreditNotAsGranted",
    "ExportsDisagree", "HalfFinalMonth", "IntervalImpossible", "IntervalOffGrain",
    "InvoicesNeverArrived", "NetCostMismatch", "PublicCostMismatch", "PurchaseOrderUnknown",
    "RefundWithoutOriginal",
    "RegionMismatch", "RejectedRows", "RowsDropped", "SavingsPlanOverused",
    "SellerBankAccountChanged", "SellerNameWrong", "SellerTaxIDWrong", "SplitCostCounted",
    "SplitCostMismatch",
    "TagChangedMidMonth", "TagMissing", "TagSpellingsDiffer", "TagValueUnknown", "UnitMismatch",
    "UnknownLineItemType",
  ]

  @Test func `every rule that may claim money has a ground of its own`() throws {
    let folder = repositoryRoot().appendingPathComponent("Sources/Detecting/Rules")
    let rules = try filesBelow(folder).keys.map { String($0.dropLast(6)) }
    #expect(rules.count > 60)
    #expect(Self.withoutClaims.isSubset(of: rules))
    for rule in rules where !Self.withoutClaims.contains(rule) {
      #expect(DisputeGround.isKnown(RuleID(Text(rule))), "\(rule)")
    }
  }

  @Test func `what changed after a sign-off is claimed by the change alone`() {
    var change = SampleReport.finding("F-1", stake: "18.40")
    change.finding.key.rule = "ChangedAfterFinalisation"
    #expect(change.reasonForNoClaim == nil)
    var signOff = SampleReport.finding("F-2", stake: "18.40")
    signOff.finding.key.rule = "ChangedAfterSignOff"
    #expect(signOff.reasonForNoClaim?.contains("your own books") == true)
    (change.causedByID, change.finding.causedBy) = ("F-2", signOff.finding.key)
    #expect(change.reasonForNoClaim == nil)
    // Any other cause counts the money itself.
    signOff.finding.key.rule = "DuplicateLineItem"
    change.finding.causedBy = signOff.finding.key
    #expect(change.reasonForNoClaim?.hasPrefix("F-2 counts this money already") == true)
  }

  // 4.2477344 rounds to 4.25; 4.2447 would to 4.24.
  @Test func `a letter asks for what can be paid, and says the exact sum`() throws {
    #expect(try text("letter-en.txt", pack()).contains("credit USD 4.25 (exactly USD 4.2477344,"))
    #expect(try text("letter-zh.txt", pack()).contains("退还 USD 4.25（精确金额为 USD 4.2477344，"))
    #expect(try text("letter-zh.txt", pack()).contains("此致\n敬礼！"))
    #expect(try text("letter-en.txt", pack()).contains("Kind regards\n\nName: "))
  }

  @Test func `what is on no invoice is not asked for`() throws {
    var pack = try pack()
    (pack.dispute.status, pack.dispute.claimed) = (.notInvoiced, .zero)
    let letters = [try text("letter-en.txt", pack), try text("letter-zh.txt", pack)]
    #expect(letters[0].contains("The invoice does not contain this amount: we ask for no credit."))
    #expect(letters[1].contains("发票并不包含该金额，故不申请退款。"))
    #expect(!letters[0].contains("credit note") && !letters[1].contains("贷项通知单"))
    #expect(figures(letters[0]) == figures(letters[1]))
  }

  @Test(arguments: [
    ("Beijing Sinnet Technology Co., Ltd.", "北京光环新网科技股份有限公司"),
    ("Ningxia Western Cloud Data Technology Co., Ltd.", "宁夏西云数据科技有限公司"),
    ("北京光环新网科技股份有限公司", "北京光环新网科技股份有限公司"), ("Amazon Web Services, Inc.", "AWS Support"),
  ]) func `a letter goes to who issued the invoice in China`(_ issuer: Text, _ to: String) throws {
    var pack = try pack()
    pack.columns.append("bill/InvoicingEntity")
    for index in pack.lines.indices { pack.lines[index].cells.append(issuer) }
    #expect(try text("letter-zh.txt", pack).hasPrefix("致：\(to)"))
    #expect(try text("letter-zh.txt", pack).contains("发票开具方：\(issuer)"))
    let english = to == "AWS Support" ? to : issuer.string
    #expect(try text("letter-en.txt", pack).hasPrefix("To: \(english)"))
  }

  @Test(arguments: [
    ("UnknownAccount", "400000000099", "账单所列：账号 400000000099 的费用"),
    ("DuplicateLineItem", "6 rows", "账单所列：6 行"),
    ("MoreHoursThanPeriod", "745 hours", "账单所列：745 小时"),
    ("ReservationIdle", "12 hours idle", "账单所列：闲置 12 小时"),
    ("PositiveCredit", "at most 1.00", "账单所列：至多 USD 1.00"),
  ]) func `both sides are in words that the reader knows`(
    _ rule: String, _ actual: Text, _ words: String
  ) throws {
    var pack = try pack()
    pack.reported.finding.key.rule = RuleID(Text(rule))
    pack.reported.finding.actual = actual
    #expect(try text("letter-zh.txt", pack).contains(words))
  }

  // 100.00 + 6.00 = 106.00, and 107.00 is stated; 106 × 7.1 = 752.6.
  @Test func `a document stands in the evidence with its own figures`() throws {
    var pack = try pack()
    pack.columns = []
    pack.lines = []
    var invoice = Invoice(file: "i.xml", sha256: "cd", index: 1, dialect: "ubl")
    (invoice.invoiceID, invoice.currency) = ("I-9", "USD")
    (invoice.net, invoice.tax) = (SampleReport.amount("100"), SampleReport.amount("6"))
    invoice.gross = SampleReport.amount("106")
    invoice.checks = [
      ArithmeticCheck(
        rule: .brCO15, holds: false, stated: SampleReport.amount("107"),
        computed: SampleReport.amount("106"))
    ]
    var payment = ConvertedAmounts(currency: "CNY")
    payment.gross = SampleReport.amount("753")
    payment.exchangeRate = SampleReport.amount("7.1")
    invoice.inPaymentCurrency = payment
    pack.documents = [invoice]
    let sums = try text("arithmetic.csv", pack)
    for row in [
      "document Net,cd#1,,,,100.00,", "document Gross,cd#1,,,,106.00,",
      "BR-CO-15 computed,cd#1,,,,106.00,", "BR-CO-15 stated,cd#1,,,,107.00,1.00",
      "document Gross in CNY,cd#1,106.00,7.10,752.60,753.00,0.40",
    ] { #expect(sums.contains(row), "\(row) in \(sums)") }
    #expect(try text("evidence.csv", pack).contains("i.xml,1,ubl,invoice,,I-9,"))
    #expect(try text("letter-en.txt", pack).contains("the figures of 1 document of yours"))
    #expect(try !text("letter-en.txt", pack).contains("line item"))
  }

  // 1 − 0.333333333333333333 × 3 = 10⁻¹⁸, which is the rounding of the last digit.
  @Test func `the rounding of the last digit is no difference`() throws {
    var pack = try pack()
    pack.lines[0].cells[1...3] = ["3", "0.333333333333333333", "1"]
    #expect(
      try text("arithmetic.csv", pack).contains(
        "0.333333333333333333,0.999999999999999999,1.00,0.00\n"))
  }

  @Test func `a claim names the invoices of its line items`() throws {
    var report = SampleReport.empty()
    report.packs = [try pack()]
    report.disputes = [try pack().dispute]
    let document = try SampleReport.document("disputes.csv", report)
    #expect(String(decoding: document.bytes, as: UTF8.self).contains("100000000001,I-1,USD"))
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
        F-2,2026-04,CostNotRateTimesUsage,refused,100000000001,,USD,4.2477344,1.00,3.2477344,,ubl:3,\
        2026-05-02,2026-05-03
        F-1,2026-04,CostNotRateTimesUsage,credited,100000000001,,USD,4.2477344,4.2477344,0.00,\
        ubl:1;ubl:2,,2026-05-02,

        """)
    let summary = try SampleReport.document("run-summary.json", report)
    let words = String(decoding: summary.bytes, as: UTF8.self).filter { !$0.isWhitespace }
    #expect(words.contains(#""claimed":{"USD":"12.7432032"},"recovered":{"USD":"6.2477344"}"#))
    #expect(words.contains(#""left":{"USD":"3.2477344"},"ambiguous":[{"finding":"F-2""#))
  }
}

import BillingModel
import ExactNumbers
import Reporting

/// The values that the golden documents are written from.
enum SampleReport {
  static func amount(_ text: String) -> Amount {
    do {
      return try Amount(parsing: text)
    } catch {
      preconditionFailure("not a number: \(text)")
    }
  }

  static let period = BillingPeriod("2026-04")!

  static func empty(_ period: BillingPeriod? = period) -> PeriodReport {
    PeriodReport(billingPeriod: period, asOf: Day("2026-05-02")!, definition: "nightly")
  }

  static func document(_ name: Text, _ report: PeriodReport) throws -> Document {
    let documents = try DocumentCatalog.documents(
      report, options: ReportOptions(byteOrderMark: false))
    return documents.first { $0.name == name } ?? Document(name: "missing", bytes: [], rows: -1)
  }

  static func finding(
    _ id: Text, stake: String, currency: CurrencyCode = "USD", severity: Severity = .high,
    causedBy: Text = ""
  ) -> ReportedFinding {
    var key = FindingKey(
      rule: "CostNotRateTimesUsage", billingAccountID: "100000000001", billingPeriod: period,
      currency: currency)
    key.subAccountID = "200000000001"
    key.serviceName = "Amazon EC2"
    let finding = Finding(
      key: key, kind: .errorCandidate, amountAtStake: amount(stake), impact: amount(stake),
      actual: "1.00", expected: "2.00", explanation: Words("", zh: ""),
      recommendation: Words("", zh: ""),
      confidence: .one, lineCount: 1)
    return ReportedFinding(
      id: id, finding: finding, severity: severity, status: .open, subAccountName: "",
      attribution: Attribution(), causedByID: causedBy, firstSeen: Day("2026-05-01")!,
      lastSeen: Day("2026-05-02")!)
  }

  /// With every column filled, and texts that a spreadsheet would take for formulas.
  static var fullFinding: ReportedFinding {
    var reported = finding("F-aa", stake: "12.5")
    reported.finding.key.invoiceID = "2100"
    reported.finding.key.usageType = "BoxUsage"
    reported.finding.key.resourceID = "i-1"
    reported.finding.impact = amount("-12.5")
    reported.finding.actual = "-3.00"
    reported.finding.expected = "=9"
    reported.finding.explanation = Words("He said \"no\", twice", zh: "=他说“不”")
    reported.finding.recommendation = Words("line 1\nline 2", zh: "第 1 行")
    reported.finding.regionID = "us-east-1"
    reported.finding.chargePeriodStart = Day("2026-04-01")
    reported.finding.chargePeriodEnd = Day("2026-04-02")
    reported.finding.confidence = amount("0.9")
    reported.finding.lineCount = 3
    reported.finding.evidence = [
      Place(file: Text(String(repeating: "a", count: 64)), record: 1),
      Place(file: Text(String(repeating: "b", count: 64)), record: 20),
    ]
    reported.subAccountName = "+prod"
    reported.attribution[.businessUnit] = AttributedValue(
      value: "零售", tier: .account, rule: "accounts", raw: "")
    reported.attribution[.owner] = AttributedValue(
      value: "@anna", tier: .alias, rule: "owner-aliases", raw: "user:Team=@anna")
    reported.attribution[.criticality] = AttributedValue(
      value: "high", tier: .tag, rule: "criticality", raw: "")
    reported.reviewer = "An"
    reported.reviewUntil = Day("2026-12-31")
    reported.reviewNote = "-ok"
    return reported
  }

  static func match(_ id: Text, _ difference: String = "0", _ result: MatchResult = .matched)
    -> Match
  {
    Match(
      billingPeriod: period, id: id, invoiceIDs: ["2100"], documents: ["ubl:9"],
      documentKinds: [.invoice], issuer: "Amazon Web Services, Inc.",
      billingAccountID: "100000000001", currency: "USD", difference: amount(difference),
      explained: [], unexplained: .zero, tolerance: amount("0.01"), result: result, lineItems: 4,
      items: [])
  }
}

import BillingModel
import ExactNumbers
import Reporting
import Testing

@Suite struct RunSummaryTests {
  @Test func `an empty period says so in every place`() throws {
    let document = try SampleReport.document("run-summary.json", SampleReport.empty())
    #expect(
      utf8(document.bytes) == """
        {
          "billingPeriod": "2026-04",
          "asOf": "2026-05-02",
          "definition": "nightly",
          "inputs": [],
          "stages": [],
          "reconciliation": null,
          "findings": {
            "count": 0,
            "amountAtStake": {},
            "impact": {},
            "bySeverity": {
              "critical": 0,
              "high": 0,
              "medium": 0,
              "low": 0,
              "info": 0
            },
            "byStatus": {
              "open": 0,
              "confirmed": 0,
              "disputed": 0,
              "planned": 0,
              "dismissed": 0,
              "resolved": 0
            },
            "byKind": {
              "ErrorCandidate": 0,
              "Anomaly": 0,
              "DataQuality": 0
            },
            "byRule": {}
          },
          "traceability": {},
          "candidates": 0,
          "review": {
            "decisions": [],
            "refused": [],
            "dismissed": []
          },
          "disputes": {
            "count": 0,
            "byStatus": {
              "open": 0,
              "sent": 0,
              "credited in part": 0,
              "credited": 0,
              "corrected": 0,
              "not invoiced": 0,
              "reopened": 0,
              "refused": 0
            },
            "claimed": {},
            "recovered": {},
            "left": {},
            "ambiguous": [],
            "nothingClaimed": []
          },
          "rejects": {},
          "notChecked": [],
          "notJudged": [],
          "restated": [],
          "signedOff": null,
          "notes": []
        }

        """)
  }

  /// The part of the summary under a name, as its lines.
  private func part(_ name: String, _ report: PeriodReport) throws -> String {
    let text = utf8(try SampleReport.document("run-summary.json", report).bytes)
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("  \"\(name)\":") }
    let rest = lines.dropFirst().prefix { $0.hasPrefix("    ") }
    return rest.map { String($0.dropFirst(4)) }.joined(separator: "\n")
  }

  @Test func `inputs are listed with their hashes, sorted by name`() throws {
    var report = SampleReport.empty()
    report.inputs = [
      ReportedInput(file: "b", sha256: "22", kind: "ubl", outcome: "booked"),
      ReportedInput(file: "a", sha256: "11", kind: "", outcome: "waiting", reason: "growing"),
    ]
    #expect(
      try part("inputs", report) == """
        {
          "file": "a",
          "sha256": "11",
          "kind": "",
          "outcome": "waiting",
          "reason": "growing"
        },
        {
          "file": "b",
          "sha256": "22",
          "kind": "ubl",
          "outcome": "booked",
          "reason": ""
        }
        """)
  }

  @Test func `stages keep the order of the way of the data`() throws {
    var report = SampleReport.empty()
    for (stage, rows) in [("read", 3), ("kept", 2)] as [(Text, Int)] {
      var totals = ControlTotals()
      totals.rows = rows
      try totals.cost.add(SampleReport.amount("1.5"), "USD")
      report.stages.append(StageTotal(stage: stage, totals: totals))
    }
    #expect(
      try part("stages", report) == """
        {
          "stage": "read",
          "rows": 3,
          "cost": {
            "USD": "1.50"
          }
        },
        {
          "stage": "kept",
          "rows": 2,
          "cost": {
            "USD": "1.50"
          }
        }
        """)
  }

  @Test func `findings are counted and caused money is left out`() throws {
    var report = SampleReport.empty()
    report.findings = [
      SampleReport.finding("F-1", stake: "5"), SampleReport.fullFinding,
      SampleReport.finding("F-2", stake: "5", causedBy: "F-1"),
    ]
    let findings = try part("findings", report)
    #expect(findings.hasPrefix("\"count\": 3,\n\"amountAtStake\": {\n  \"USD\": \"17.50\"\n},\n"))
    #expect(findings.contains("\"impact\": {\n  \"USD\": \"-7.50\"\n}"))
    #expect(findings.contains("\"high\": 3"))
    #expect(findings.hasSuffix("\"byRule\": {\n  \"CostNotRateTimesUsage\": 3\n}"))
  }

  @Test func `reconciliation names results, open amounts and issuers without invoices`() throws {
    var report = SampleReport.empty()
    var reconciliation = Reconciliation(billingPeriod: SampleReport.period)
    var match = SampleReport.match("M-1", "1", .discrepant)
    match.unexplained = SampleReport.amount("0.75")
    match.otherPeriods = [BillingPeriod("2026-03")!, BillingPeriod("2026-02")!]
    reconciliation.matches = [match, SampleReport.match("M-0")]
    reconciliation.issuersWithoutInvoices = [
      IssuerWithoutInvoices(
        issuer: "NWCD", billingAccountID: "3", currency: "CNY", charged: SampleReport.amount("8"))
    ]
    reconciliation.shownLater = ["2026-06/M-9", "2026-05/M-8"]
    report.reconciliation = reconciliation
    let text = try part("reconciliation", report)
    #expect(text.hasPrefix("\"matches\": 2,\n\"byResult\": {\n  \"Matched\": 1,\n"))
    #expect(text.contains("  \"Discrepant\": 1,\n"))
    #expect(
      text.hasSuffix(
        """
        "unexplained": {
          "USD": "0.75"
        },
        "overSeveralPeriods": [
          {
            "match": "M-1",
            "shownIn": "2026-04",
            "alsoIn": [
              "2026-02",
              "2026-03"
            ]
          }
        ],
        "shownInLaterPeriods": [
          "2026-05/M-8",
          "2026-06/M-9"
        ],
        "notReconciled": [
          {
            "issuer": "NWCD",
            "billingAccountId": "3",
            "currency": "CNY",
            "charged": "8.00",
            "reason": "not reconciled: no invoices"
          }
        ]
        """))
  }

  @Test func `what was not looked at is said, with the reason`() throws {
    var report = SampleReport.empty()
    report.unchecked = [
      UncheckedRule(rule: "TaxRate", reason: "no rate in the contract"),
      UncheckedRule(rule: "Overlap", reason: "no ResourceId"),
    ]
    report.unjudged = [
      UnjudgedSeries(
        billingAccountID: "1", subAccountID: "2", serviceName: "S3", currency: "USD",
        reason: "9 days of history")
    ]
    report.restated = [
      RestatedCharge(
        billingAccountID: "1", invoiceID: "7", subAccountID: "2", serviceName: "S3",
        chargeType: "Usage", currency: "USD", before: .zero, after: .one)
    ]
    report.notes = ["z", "a"]
    report.rejects = [
      Reject(
        file: "f", record: 1, column: "", code: "RaggedRow", message: "", raw: "", cost: nil,
        currency: nil)
    ]
    #expect(
      try part("notChecked", report) == """
        {
          "rule": "Overlap",
          "reason": "no ResourceId"
        },
        {
          "rule": "TaxRate",
          "reason": "no rate in the contract"
        }
        """)
    #expect(
      try part("notJudged", report) == """
        {
          "billingAccountId": "1",
          "subAccountId": "2",
          "serviceName": "S3",
          "currency": "USD",
          "reason": "9 days of history"
        }
        """)
    #expect(
      try part("restated", report) == """
        {
          "billingAccountId": "1",
          "invoiceId": "7",
          "subAccountId": "2",
          "serviceName": "S3",
          "chargeType": "Usage",
          "currency": "USD",
          "before": "0.00",
          "after": "1.00"
        }
        """)
    #expect(try part("notes", report) == "\"z\",\n\"a\"")
    #expect(try part("rejects", report) == "\"RaggedRow\": 1")
  }

  @Test func `what has no period says null`() throws {
    let document = try SampleReport.document("run-summary.json", SampleReport.empty(nil))
    #expect(utf8(document.bytes).hasPrefix("{\n  \"billingPeriod\": null,\n"))
  }
}

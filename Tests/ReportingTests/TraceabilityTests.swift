import BillingModel
import ExactNumbers
import Reporting
import Testing

@Suite struct TraceabilityTests {
  private func finding(
    _ id: Text, _ stake: String, _ tier: EvidenceTier, currency: CurrencyCode = "USD",
    causedBy: Text = ""
  ) -> ReportedFinding {
    var finding = SampleReport.finding(id, stake: stake, currency: currency, causedBy: causedBy)
    if tier != .unknown {
      finding.attribution[.owner] = AttributedValue(value: "anna", tier: tier, rule: "", raw: "")
    }
    return finding
  }

  private func report() throws -> PeriodReport {
    var report = SampleReport.empty()
    report.findings = [
      finding("F-1", "60", .tag), finding("F-2", "30", .attached), finding("F-3", "10", .unknown),
      finding("F-4", "5", .account, currency: "CNY"),
      // Its money is that of F-3.
      finding("F-5", "10", .tag, causedBy: "F-3"), finding("F-6", "0", .unknown, currency: "EUR"),
    ]
    for dimension in Dimension.allCases {
      report.traceability.append(try Traceability(of: report.findings, by: dimension))
    }
    return report
  }

  @Test func `findings count once, and money that another counts does not`() throws {
    let owner = try #require(try report().traceability.first { $0.dimension == .owner })
    #expect(owner.all.findings == 6 && owner.traced.findings == 4)
    #expect(owner.share == SampleReport.amount("0.666667"))
    #expect(owner.shares == ["USD": SampleReport.amount("0.9"), "CNY": .one])
    #expect(owner.byTier[.tag]?.findings == 2)
    #expect(owner.byTier[.tag]?.atStake["USD"] == SampleReport.amount("60"))
  }

  @Test func `the summary tells every dimension, and for the owner every tier`() throws {
    let summary = utf8(try SampleReport.document("run-summary.json", report()).bytes)
    let owner = """
          "Owner": {
            "findings": 6,
            "traced": 4,
            "share": "0.666667",
            "amountAtStake": {
              "CNY": {
                "amount": "5.00",
                "traced": "5.00",
                "share": "1.00"
              },
              "EUR": {
                "amount": "0.00",
                "traced": "0.00",
                "share": null
              },
              "USD": {
                "amount": "100.00",
                "traced": "90.00",
                "share": "0.90"
              }
            },
            "byTier": {
              "review": {
                "findings": 0,
                "amountAtStake": {}
              },
              "tag": {
                "findings": 2,
                "amountAtStake": {
                  "USD": "60.00"
                }
              },
      """
    #expect(summary.contains(owner), "\(summary)")
    for dimension in Dimension.allCases {
      #expect(summary.contains("    \"\(dimension.rawValue)\": {\n      \"findings\": 6,"))
    }
  }

  @Test func `the end of a run tells how owners are known, and how often that was right`() throws {
    var report = try report()
    func accuracy(_ tier: EvidenceTier, _ right: String) throws -> AccuracyRow {
      try AccuracyRow(
        dimension: .owner, tier: tier, currency: "USD",
        known: AllocatedCost(lineItems: 9, gross: SampleReport.amount("90")),
        tested: AllocatedCost(
          lineItems: 3, gross: right.isEmpty ? .zero : SampleReport.amount("80")),
        right: AllocatedCost(
          lineItems: 2, gross: right.isEmpty ? .zero : SampleReport.amount(right)),
        contradiction: "")
    }
    report.accuracy = try [
      accuracy(.account, "79.99"), accuracy(.name, ""), accuracy(.attached, "80"),
    ]
    #expect(
      OwnerLines.text(report) == [
        "traced to an owner: 4 of 6 findings (66.6 %), CNY 5.00 of 5.00 at stake (100.0 %), "
          + "USD 90.00 of 100.00 at stake (90.0 %)",
        "by tag 2, attached 1, account 1, unknown 2",
        "right about known owners, USD: attached 100.0 % of 80.00, account 99.9 % of 80.00",
      ])
    #expect(OwnerLines.text(SampleReport.empty()) == [])
  }
}

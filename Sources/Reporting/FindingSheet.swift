import BillingModel
import ExactNumbers

/// The columns that `anomalies.csv` and `anomaly-candidates.csv` share.
enum FindingSheet {
  /// Money that another finding already counts (CausedBy) is left out of the total.
  static func sheet(named name: Text, in language: Language) -> Sheet<ReportedFinding> {
    Sheet(
      name: name, columns: judgement + words(language) + place + attribution + review,
      sum: .init(column: "AmountAtStake") { reported in
        reported.causedByID.isEmpty
          ? Money(reported.finding.amountAtStake, reported.finding.key.currency) : nil
      })
  }

  private static let judgement: [Column<ReportedFinding>] = [
    Column("FindingId") { .text($0.id) },
    Column("Status") { .word($0.status) },
    Column("Severity") { .word($0.severity) },
    Column("Kind") { .word($0.finding.kind) },
    Column("Rule") { .text($0.finding.key.rule.text) },
    Column("BillingPeriod") { .period($0.finding.key.billingPeriod) },
    Column("BillingCurrency") { .currency($0.finding.key.currency) },
    Column("AmountAtStake") { .amount($0.finding.amountAtStake) },
    Column("Impact") { .amount($0.finding.impact) },
    Column("Actual") { .text($0.finding.actual) },
    Column("Expected") { .text($0.finding.expected) },
  ]

  private static func words(_ language: Language) -> [Column<ReportedFinding>] {
    [
      Column("Explanation") { .text($0.explanation.text(in: language)) },
      Column("Recommendation") { .text($0.finding.recommendation.text(in: language)) },
    ]
  }

  private static let place: [Column<ReportedFinding>] = [
    Column("InvoiceId") { .text($0.finding.key.invoiceID) },
    Column("BillingAccountId") { .text($0.finding.key.billingAccountID) },
    Column("SubAccountId") { .text($0.finding.key.subAccountID) },
    Column("SubAccountName") { .text($0.subAccountName) },
    Column("ServiceName") { .text($0.finding.key.serviceName) },
    Column("RegionId") { .text($0.finding.regionID) },
    Column("UsageType") { .text($0.finding.key.usageType) },
    Column("ResourceId") { .text($0.finding.key.resourceID) },
    Column("ChargePeriodStart") { .day($0.finding.chargePeriodStart) },
    Column("ChargePeriodEnd") { .day($0.finding.chargePeriodEnd) },
  ]

  private static let attribution: [Column<ReportedFinding>] =
    Dimension.allCases.map { dimension in
      Column(Text(dimension.rawValue)) { .text($0.attribution[dimension].value) }
    } + [Column("OwnerEvidence") { .text(ownerEvidence($0.attribution[.owner])) }]

  private static let review: [Column<ReportedFinding>] = [
    Column("Confidence") { .amount($0.finding.confidence) },
    Column("LineCount") { .count($0.finding.lineCount) },
    Column("Evidence") { .text(evidence($0.finding.evidence)) },
    Column("FirstSeen") { .day($0.firstSeen) },
    Column("LastSeen") { .day($0.lastSeen) },
    Column("CausedBy") { .text($0.causedByID) },
    Column("Reviewer") { .text($0.reviewer) },
    Column("ReviewUntil") { .day($0.reviewUntil) },
    Column("ReviewNote") { .text($0.reviewNote) },
  ]

  /// How the owner is known: `tier:rule`, or the tier alone where no rule fired.
  private static func ownerEvidence(_ owner: AttributedValue) -> Text {
    owner.rule.isEmpty ? Text(owner.tier.rawValue) : Text("\(owner.tier.rawValue):\(owner.rule)")
  }

  /// Where the rows lie: `<first 12 digits of the file's SHA-256>#<record>`, joined by `;`.
  private static func evidence(_ places: [Place]) -> Text {
    Text(places.map { "\($0.file.string.prefix(12))#\($0.record)" }.joined(separator: ";"))
  }
}

package import ExactNumbers

/// The name of a rule, such as `CostNotRateTimesUsage`; also its file's name.
package struct RuleID: Hashable, Comparable, Sendable, Codable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let text: Text

  package init(_ text: Text) { self.text = text }
  package init(stringLiteral value: String) { self.text = Text(value) }
  package static func < (a: RuleID, b: RuleID) -> Bool { a.text < b.text }
  package var description: String { text.string }

  package init(from decoder: any Decoder) throws { self.text = try Text(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}

/// What a finding claims.
package enum FindingKind: String, Sendable, Hashable, CaseIterable, Codable {
  /// The bill contradicts itself, its invoice, a contract or a price.
  case errorCandidate = "ErrorCandidate"
  /// Likely legitimate and worth a question: spending left what this account's own history makes likely, up
  /// or down, a price moved, a commitment lay idle, or more was refunded than charged.
  case anomaly = "Anomaly"
  /// The data cannot be trusted or allocated.
  case dataQuality = "DataQuality"
}

/// From the amount at stake and the confidence, by bands in the definition. Ordered, worst first.
package enum Severity: String, Sendable, Hashable, CaseIterable, Codable, Comparable {
  case critical, high, medium, low, info

  package static func < (a: Severity, b: Severity) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// Where a finding stands in review.
package enum FindingStatus: String, Sendable, Hashable, CaseIterable, Codable {
  case open, confirmed, disputed, planned, dismissed, resolved
}

/// What makes a finding the same finding tomorrow: stable business keys, never a line item id, an
/// amount, a row number, a name or an owner. An absent part is empty.
package struct FindingKey: Hashable, Comparable, Sendable, Codable {
  package var rule: RuleID
  package var billingAccountID: Text
  package var billingPeriod: BillingPeriod
  package var currency: CurrencyCode
  package var subAccountID: Text = ""
  package var serviceName: Text = ""
  package var usageType: Text = ""
  package var operation: Text = ""
  package var resourceID: Text = ""
  /// Only in rules about invoices.
  package var invoiceID: Text = ""
  /// Only for anomalies: kind and onset day; for rules about issuers and the like, what they name.
  package var detail: Text = ""

  package init(
    rule: RuleID, billingAccountID: Text, billingPeriod: BillingPeriod, currency: CurrencyCode
  ) {
    self.rule = rule
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
    self.currency = currency
  }

  /// The parts in a fixed order; what a FindingId is the hash of.
  package var parts: [Text] {
    [
      rule.text, billingAccountID, Text(billingPeriod.description), currency.text, subAccountID,
      serviceName, usageType, operation, resourceID, invoiceID, detail,
    ]
  }

  package static func < (a: FindingKey, b: FindingKey) -> Bool {
    a.parts.lexicographicallyPrecedes(b.parts)
  }
}

/// One thing that a reviewer should see. FindingId, severity, dimensions and dates are added by the
/// run; a detector fills in what it knows.
package struct Finding: Hashable, Sendable, Codable {
  package var key: FindingKey
  package var kind: FindingKind
  /// Never signed: what severity and order use.
  package var amountAtStake: Amount
  /// Signed; positive: the customer paid, or will pay, too much.
  package var impact: Amount
  package var actual: Text
  package var expected: Text
  package var explanation: Words
  package var recommendation: Words
  package var regionID: Text = ""
  package var chargePeriodStart: Day?
  package var chargePeriodEnd: Day?
  /// 0 to 1.
  package var confidence: Amount
  package var lineCount: Int
  package var evidence: [Place] = []
  /// The ``lineCount`` line items that it is about; absent where no columns tell them apart, and for
  /// findings about documents.
  package var selection: Selection?
  /// The distinct sets of tags of its rows, sorted; empty unless those of every row are known. Only for
  /// telling whose it is, and not stored with it.
  package var tagSets: [TagSet] = []
  /// The finding that already counts this money.
  package var causedBy: FindingKey?
  /// A floor for the severity, where the amount does not tell how bad it is.
  package var leastSeverity: Severity = .info
  /// A ceiling, where the amount tells what a fault concerns and not what it costs.
  package var mostSeverity: Severity?
  /// Only of anomalies.
  package var anomaly: AnomalyFigures?

  private enum CodingKeys: CodingKey {
    case key, kind, amountAtStake, impact, actual, expected, explanation, recommendation, regionID,
      chargePeriodStart, chargePeriodEnd, confidence, lineCount, evidence, selection, causedBy,
      leastSeverity,
      mostSeverity, anomaly
  }

  package init(
    key: FindingKey, kind: FindingKind, amountAtStake: Amount, impact: Amount, actual: Text,
    expected: Text, explanation: Words, recommendation: Words, confidence: Amount, lineCount: Int
  ) {
    self.key = key
    self.kind = kind
    self.amountAtStake = amountAtStake
    self.impact = impact
    self.actual = actual
    self.expected = expected
    self.explanation = explanation
    self.recommendation = recommendation
    self.confidence = confidence
    self.lineCount = lineCount
  }
}

/// A finding as a document shows it.
package struct ReportedFinding: Hashable, Sendable, Codable {
  package var id: Text
  package var finding: Finding
  package var severity: Severity
  package var status: FindingStatus
  package var subAccountName: Text
  package var attribution: Attribution
  package var causedByID: Text
  package var firstSeen: Day
  package var lastSeen: Day
  package var reviewer: Text = ""
  package var reviewUntil: Day?
  package var reviewNote: Text = ""
  /// How it came to stand in review as it does; absent where nobody decided.
  package var remark: Words?

  package init(
    id: Text, finding: Finding, severity: Severity, status: FindingStatus, subAccountName: Text,
    attribution: Attribution, causedByID: Text, firstSeen: Day, lastSeen: Day
  ) {
    self.id = id
    self.finding = finding
    self.severity = severity
    self.status = status
    self.subAccountName = subAccountName
    self.attribution = attribution
    self.causedByID = causedByID
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }

  /// What documents say of it, with how it stands in review.
  package var explanation: Words {
    .sentences([finding.explanation] + [remark].compactMap { $0 })
  }

  /// The order of `anomalies.csv`: severity, currency, amount at stake descending, id.
  package static func precedes(_ a: ReportedFinding, _ b: ReportedFinding) -> Bool {
    if a.severity != b.severity { return a.severity < b.severity }
    if a.finding.key.currency != b.finding.key.currency {
      return a.finding.key.currency < b.finding.key.currency
    }
    if a.finding.amountAtStake != b.finding.amountAtStake {
      return a.finding.amountAtStake > b.finding.amountAtStake
    }
    return a.id < b.id
  }
}

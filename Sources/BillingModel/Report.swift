package import ExactNumbers

/// How much of the cost one evidence tier of one dimension covers: a row of `tag-coverage.csv`.
package struct CoverageRow: Hashable, Sendable, Codable {
  package var dimension: Dimension
  package var tier: EvidenceTier
  package var currency: CurrencyCode
  package var lineItems: Int
  package var billedCost: Amount
  /// Of all line items in this currency, 0 to 1.
  package var lineItemShare: Amount
  /// Of the gross (absolute) cost in this currency, 0 to 1: credits must not hide what is untagged.
  package var costShare: Amount

  package init(
    dimension: Dimension, tier: EvidenceTier, currency: CurrencyCode, lineItems: Int,
    billedCost: Amount, lineItemShare: Amount, costShare: Amount
  ) {
    self.dimension = dimension
    self.tier = tier
    self.currency = currency
    self.lineItems = lineItems
    self.billedCost = billedCost
    self.lineItemShare = lineItemShare
    self.costShare = costShare
  }
}

/// A rule that did not run, and why: silence must never look like health.
package struct UncheckedRule: Hashable, Sendable, Codable {
  package var rule: RuleID
  package var reason: Text

  package init(rule: RuleID, reason: Text) {
    self.rule = rule
    self.reason = reason
  }
}

/// A daily series that was not judged, and why.
package struct UnjudgedSeries: Hashable, Sendable, Codable {
  package var billingAccountID: Text
  package var subAccountID: Text
  package var serviceName: Text
  package var currency: CurrencyCode
  package var reason: Text

  package init(
    billingAccountID: Text, subAccountID: Text, serviceName: Text, currency: CurrencyCode,
    reason: Text
  ) {
    self.billingAccountID = billingAccountID
    self.subAccountID = subAccountID
    self.serviceName = serviceName
    self.currency = currency
    self.reason = reason
  }
}

/// An input as `run-summary.json` lists it.
package struct ReportedInput: Hashable, Sendable, Codable {
  package var file: Text
  package var sha256: Text
  /// What it was taken for: an export format, an invoice dialect, `manifest` …
  package var kind: Text
  /// `booked`, `compared`, `superseded`, `ignored`, `quarantined`, `waiting`.
  package var outcome: Text
  package var reason: Text

  package init(file: Text, sha256: Text, kind: Text, outcome: Text, reason: Text = "") {
    self.file = file
    self.sha256 = sha256
    self.kind = kind
    self.outcome = outcome
    self.reason = reason
  }
}

/// Rows and money at one stage, for the summary: they must be equal from stage to stage.
package struct StageTotal: Hashable, Sendable, Codable {
  package var stage: Text
  package var totals: ControlTotals

  package init(stage: Text, totals: ControlTotals) {
    self.stage = stage
    self.totals = totals
  }
}

/// What moved when a version replaced another: money by account × service × type.
package struct RestatedCharge: Hashable, Sendable, Codable {
  package var billingAccountID: Text
  package var invoiceID: Text
  package var subAccountID: Text
  package var serviceName: Text
  package var chargeType: ChargeType
  package var currency: CurrencyCode
  package var before: Amount
  package var after: Amount

  package init(
    billingAccountID: Text, invoiceID: Text, subAccountID: Text, serviceName: Text,
    chargeType: ChargeType, currency: CurrencyCode, before: Amount, after: Amount
  ) {
    self.billingAccountID = billingAccountID
    self.invoiceID = invoiceID
    self.subAccountID = subAccountID
    self.serviceName = serviceName
    self.chargeType = chargeType
    self.currency = currency
    self.before = before
    self.after = after
  }
}

/// Everything that the documents of one billing period are written from. Only what inputs,
/// definition and `--as-of` determine: no durations, hosts or worker counts.
package struct PeriodReport: Sendable {
  /// Absent for what has no period (`out/unassigned`).
  package var billingPeriod: BillingPeriod?
  package var asOf: Day
  package var definition: Text
  package var findings: [ReportedFinding] = []
  /// What a detector scored and left under its line.
  package var candidates: [ReportedFinding] = []
  package var reconciliation: Reconciliation?
  package var coverage: [CoverageRow] = []
  package var accuracy: [AccuracyRow] = []
  package var tagDebt: [TagDebtRow] = []
  /// Of the findings, a dimension each.
  package var traceability: [Traceability] = []
  package var rejects: [Reject] = []
  package var inputs: [ReportedInput] = []
  /// What reviewers decided about findings of the period, oldest first, and what was not taken of it.
  package var decisions: [ReviewDecision] = []
  package var reviewRefusals: [ReviewRefusal] = []
  /// What is claimed back of the period.
  package var disputes: [Dispute] = []
  package var packs: [DisputePack] = []
  /// What was confirmed or disputed and claims nothing back.
  package var unclaimed: [UnclaimedFinding] = []
  /// What reviewers dismissed, or a decision about the same cause keeps off the list.
  package var dismissed: [ReportedFinding] = []
  package var stages: [StageTotal] = []
  package var unchecked: [UncheckedRule] = []
  package var unjudged: [UnjudgedSeries] = []
  package var restated: [RestatedCharge] = []
  /// What moved since the version before and since the period was signed off.
  package var restatement: [RestatementRow] = []
  /// What is not settled; in the newest period also what rolls forward from earlier ones.
  package var openItems: [AgedItem] = []
  package var expectedInvoices: [ExpectedInvoice] = []
  /// The newest word that the period is closed.
  package var signOff: SignOff?
  /// Sentences for the summary, such as which rule decided the order of versions.
  package var notes: [Text] = []

  package init(billingPeriod: BillingPeriod?, asOf: Day, definition: Text) {
    self.billingPeriod = billingPeriod
    self.asOf = asOf
    self.definition = definition
  }
}

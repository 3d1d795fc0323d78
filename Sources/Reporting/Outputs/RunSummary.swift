import BillingModel
import ExactNumbers

/// `run-summary.json`: what was read, that nothing was lost on the way, and what was not looked at.
enum RunSummary: ReportOutput {
  static func appearsWithoutPeriod(_ report: PeriodReport) -> Bool { true }

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    let summary: OrderedJSON = [
      "billingPeriod": .period(report.billingPeriod),
      "asOf": .day(report.asOf),
      "definition": .text(report.definition),
      "inputs": inputs(report.inputs),
      "stages": stages(report.stages),
      "reconciliation": try reconciliation(report.reconciliation),
      "findings": try findings(report.findings),
      "traceability": OrderedJSON.traceability(report.traceability),
      "candidates": .number(report.candidates.count),
      "review": review(report),
      "disputes": try disputes(report),
      "rejects": .counts(report.rejects.map(\.code)),
      "notChecked": unchecked(report.unchecked),
      "notJudged": unjudged(report.unjudged),
      "restated": restated(report.restated),
      "signedOff": signedOff(report.signOff),
      "notes": .texts(report.notes),
    ]
    return Document(name: "run-summary.json", bytes: summary.bytes, rows: 0)
  }

  private static func inputs(_ inputs: [ReportedInput]) -> OrderedJSON {
    .list(
      inputs.sorted { ($0.file, $0.sha256) < ($1.file, $1.sha256) }.map {
        [
          "file": .text($0.file), "sha256": .text($0.sha256), "kind": .text($0.kind),
          "outcome": .text($0.outcome), "reason": .text($0.reason),
        ]
      })
  }

  /// Money that was refused is not waited for, and is no part of what is left.
  private static func disputes(_ report: PeriodReport) throws(AmountOverflow) -> OrderedJSON {
    let disputes = report.disputes
    var claimed = CurrencyTotals()
    var recovered = CurrencyTotals()
    var left = CurrencyTotals()
    for dispute in disputes {
      try claimed.add(dispute.claimed, dispute.key.currency)
      try recovered.add(dispute.recovered, dispute.key.currency)
      if dispute.status != .refused { try left.add(dispute.left, dispute.key.currency) }
    }
    return [
      "count": .number(disputes.count),
      "byStatus": counts(disputes, DisputeStatus.allCases, \.status),
      "claimed": .totals(claimed), "recovered": .totals(recovered), "left": .totals(left),
      "ambiguous": .list(
        disputes.filter { !$0.possibleCredits.isEmpty }.map {
          ["finding": .text($0.findingID), "credits": .texts($0.possibleCredits)]
        }),
      "nothingClaimed": .list(
        report.unclaimed.map { ["finding": .text($0.findingID), "reason": .text($0.reason)] }),
    ]
  }

  private static func review(_ report: PeriodReport) -> OrderedJSON {
    [
      "decisions": .list(
        report.decisions.map {
          [
            "finding": .text($0.findingID), "status": .text(Text($0.status.rawValue)),
            "reviewer": .text($0.reviewer), "on": .day($0.on),
            "until": $0.until.map { .day($0) } ?? .null,
            "currency": .text($0.key.currency.text), "amount": .amount($0.amount),
            "owner": $0.owner.map { .text($0) } ?? .null, "note": .text($0.note),
            "sha256": .text($0.sha256),
          ]
        }),
      "refused": .list(
        report.reviewRefusals.map {
          [
            "file": .text($0.file), "sha256": .text($0.sha256), "record": .number($0.record),
            "line": .number($0.line), "column": .text($0.column), "finding": .text($0.findingID),
            "code": .text($0.code), "message": .text($0.message),
          ]
        }),
      "dismissed": .texts(report.dismissed.map(\.id).sorted()),
    ]
  }

  /// In the order of the way of the data.
  private static func stages(_ stages: [StageTotal]) -> OrderedJSON {
    .list(
      stages.map {
        [
          "stage": .text($0.stage), "rows": .number($0.totals.rows),
          "cost": .totals($0.totals.cost),
        ]
      })
  }

  /// Money that another finding already counts (CausedBy) is left out of the totals.
  private static func findings(_ findings: [ReportedFinding]) throws(AmountOverflow) -> OrderedJSON
  {
    var atStake = CurrencyTotals()
    var impact = CurrencyTotals()
    for reported in findings where reported.causedByID.isEmpty {
      try atStake.add(reported.finding.amountAtStake, reported.finding.key.currency)
      try impact.add(reported.finding.impact, reported.finding.key.currency)
    }
    return [
      "count": .number(findings.count),
      "amountAtStake": .totals(atStake),
      "impact": .totals(impact),
      "bySeverity": counts(findings, Severity.allCases, \.severity),
      "byStatus": counts(findings, FindingStatus.allCases, \.status),
      "byKind": counts(findings, FindingKind.allCases, \.finding.kind),
      "byRule": .counts(findings.map(\.finding.key.rule.text)),
    ]
  }

  /// Every word of the vocabulary with its count, 0 included: a missing word would look like a
  /// question that was not asked.
  private static func counts<Word: RawRepresentable<String> & Equatable, Row>(
    _ rows: [Row], _ words: [Word], _ word: (Row) -> Word
  ) -> OrderedJSON {
    .object(
      words.map { candidate in
        .init(
          Text(candidate.rawValue), .number(rows.count { word($0) == candidate }))
      })
  }

  private static func reconciliation(
    _ reconciliation: Reconciliation?
  ) throws(AmountOverflow) -> OrderedJSON {
    guard let reconciliation else { return .null }
    let matches = ReconciliationMatches.sorted(reconciliation)
    var unexplained = CurrencyTotals()
    for match in matches { try unexplained.add(match.unexplained, match.currency) }
    return [
      "matches": .number(matches.count),
      "byResult": counts(matches, MatchResult.allCases, \.result),
      "unexplained": .totals(unexplained),
      "overSeveralPeriods": overSeveralPeriods(matches),
      "shownInLaterPeriods": .texts(reconciliation.shownLater.sorted()),
      "notReconciled": notReconciled(reconciliation.issuersWithoutInvoices),
    ]
  }

  private static func overSeveralPeriods(_ matches: [Match]) -> OrderedJSON {
    .list(
      matches.filter { !$0.otherPeriods.isEmpty }.map {
        [
          "match": .text($0.id), "shownIn": .period($0.billingPeriod),
          "alsoIn": .list($0.otherPeriods.sorted().map { .period($0) }),
        ]
      })
  }

  private static func notReconciled(_ issuers: [IssuerWithoutInvoices]) -> OrderedJSON {
    .list(
      issuers.sorted {
        ($0.issuer, $0.billingAccountID, $0.currency)
          < ($1.issuer, $1.billingAccountID, $1.currency)
      }.map {
        [
          "issuer": .text($0.issuer), "billingAccountId": .text($0.billingAccountID),
          "currency": .text($0.currency.text), "charged": .amount($0.charged),
          "reason": "not reconciled: no invoices",
        ]
      })
  }

  private static func unchecked(_ rules: [UncheckedRule]) -> OrderedJSON {
    .list(
      rules.sorted { ($0.rule, $0.reason) < ($1.rule, $1.reason) }.map {
        ["rule": .text($0.rule.text), "reason": .text($0.reason)]
      })
  }

  private static func unjudged(_ series: [UnjudgedSeries]) -> OrderedJSON {
    .list(
      series.sorted {
        ($0.billingAccountID, $0.subAccountID, $0.serviceName, $0.currency, $0.reason)
          < ($1.billingAccountID, $1.subAccountID, $1.serviceName, $1.currency, $1.reason)
      }.map {
        [
          "billingAccountId": .text($0.billingAccountID), "subAccountId": .text($0.subAccountID),
          "serviceName": .text($0.serviceName), "currency": .text($0.currency.text),
          "reason": .text($0.reason),
        ]
      })
  }

  private static func signedOff(_ signOff: SignOff?) -> OrderedJSON {
    guard let signOff else { return .null }
    return [
      "on": .day(signOff.on), "by": .text(signOff.by), "note": .text(signOff.note),
      "version": .number(signOff.version),
    ]
  }

  private static func restated(_ charges: [RestatedCharge]) -> OrderedJSON {
    .list(
      charges.sorted { key($0).lexicographicallyPrecedes(key($1)) }.map {
        [
          "billingAccountId": .text($0.billingAccountID), "invoiceId": .text($0.invoiceID),
          "subAccountId": .text($0.subAccountID), "serviceName": .text($0.serviceName),
          "chargeType": .text($0.chargeType.text), "currency": .text($0.currency.text),
          "before": .amount($0.before), "after": .amount($0.after),
        ]
      })
  }

  private static func key(_ charge: RestatedCharge) -> [Text] {
    [
      charge.billingAccountID, charge.invoiceID, charge.subAccountID, charge.serviceName,
      charge.chargeType.text, charge.currency.text,
    ]
  }
}

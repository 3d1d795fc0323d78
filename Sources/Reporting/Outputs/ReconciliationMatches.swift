import BillingModel
import ExactNumbers

/// `reconciliation.csv`: a row for each set of invoice ids and documents that belong together.
enum ReconciliationMatches: ReportOutput {
  static let sheet = Sheet<Match>(
    name: "reconciliation.csv", columns: identity + amounts + outcome,
    sum: .init(column: "ChargedTotal") { match in
      match.chargedTotal.map { Money($0, match.currency) }
    })

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(sorted(report.reconciliation), options)
  }

  /// Matches in the order of the documents: period, then id.
  static func sorted(_ reconciliation: Reconciliation?) -> [Match] {
    (reconciliation?.matches ?? []).sorted {
      ($0.billingPeriod, $0.id) < ($1.billingPeriod, $1.id)
    }
  }

  private static let identity: [Column<Match>] = [
    Column("BillingPeriod") { .period($0.billingPeriod) },
    Column("MatchId") { .text($0.id) },
    Column("InvoiceIds") { .list($0.invoiceIDs) },
    Column("Documents") { .list($0.documents) },
    Column("DocumentKinds") {
      .text(Text($0.documentKinds.map(\.rawValue).joined(separator: ";")))
    },
    Column("Issuer") { .text($0.issuer) },
    Column("BillingAccountId") { .text($0.billingAccountID) },
    Column("BillingCurrency") { .currency($0.currency) },
  ]

  private static let amounts: [Column<Match>] = [
    Column("InvoicedNet") { .amount($0.invoicedNet) },
    Column("InvoicedTax") { .amount($0.invoicedTax) },
    Column("InvoicedTotal") { .amount($0.invoicedTotal) },
    Column("ChargedNet") { .amount($0.chargedNet) },
    Column("ChargedTax") { .amount($0.chargedTax) },
    Column("ChargedTotal") { .amount($0.chargedTotal) },
  ]

  private static let outcome: [Column<Match>] = [
    Column("Difference") { .amount($0.difference) },
    Column("ExplainedDifference") { match throws(AmountOverflow) in
      .amount(try Amount.sum(match.explained.map(\.amount)))
    },
    Column("UnexplainedDifference") { .amount($0.unexplained) },
    Column("Tolerance") { .amount($0.tolerance) },
    Column("Result") { .word($0.result) },
    Column("Reasons") { .text(reasons($0)) },
    Column("LineItemCount") { .count($0.lineItems) },
  ]

  /// `Reason=amount` in the order in which the reasons were tried; a hint explains 0, and where there is
  /// no difference there is nothing to hint at, unless two currencies could not be compared. A period
  /// that was only inferred from an issue date is such a hint.
  private static func reasons(_ match: Match) -> Text {
    let telling = match.explained.filter {
      !$0.amount.isZero || !match.difference.isZero || $0.reason == .currencyConversion
    }
    var reasons = telling.map { "\($0.reason.rawValue)=\($0.amount)" }
    if match.periodInferred { reasons.append("PeriodInferred=\(Amount.zero)") }
    return Text(reasons.joined(separator: ";"))
  }
}

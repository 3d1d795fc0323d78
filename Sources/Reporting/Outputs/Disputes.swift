import BillingModel
import ExactNumbers

/// `disputes.csv`: what is claimed back from AWS, what came back, and by which credits.
enum Disputes: ReportOutput {
  static let sheet = Sheet<Dispute>(
    name: "disputes.csv",
    columns: [
      Column("FindingId") { .text($0.findingID) },
      Column("BillingPeriod") { .period($0.key.billingPeriod) },
      Column("Rule") { .text($0.key.rule.text) },
      Column("DisputeStatus") { .word($0.status) },
      Column("BillingAccountId") { .text($0.key.billingAccountID) },
      Column("InvoiceId") { .text($0.key.invoiceID) },
      Column("BillingCurrency") { .currency($0.key.currency) },
      Column("Claimed") { .amount($0.claimed) },
      Column("Recovered") { .amount($0.recovered) },
      Column("Left") { .amount($0.left) },
      Column("Credits") { .list($0.credits) },
      Column("PossibleCredits") { .list($0.possibleCredits) },
      Column("ConfirmedOn") { .day($0.openedOn) },
      Column("SentOn") { .day($0.sentOn) },
    ],
    sum: .init(column: "Claimed") { Money($0.claimed, $0.key.currency) })

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(report.disputes.sorted(by: Dispute.precedes), options)
  }
}

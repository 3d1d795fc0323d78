import BillingModel
import ExactNumbers

/// `restatement.csv`: what moved in a period since the version before, and since it was signed off.
enum RestatementReport: ReportOutput {
  static let sheet = Sheet<RestatementRow>(
    name: "restatement.csv",
    columns: [
      Column("Since") { .word($0.since) },
      Column("Change") { .word($0.change) },
      Column("BillingAccountId") { .text($0.key.billingAccountID) },
      Column("InvoiceId") { .text($0.key.invoiceID) },
      Column("SubAccountId") { .text($0.key.subAccountID) },
      Column("ServiceName") { .text($0.key.serviceName) },
      Column("LineItemType") { .text($0.key.chargeType.text) },
      Column("BillingCurrency") { .currency($0.key.currency) },
      Column("Before") { .amount($0.before) },
      Column("After") { .amount($0.after) },
      Column("Difference") { .amount($0.difference) },
      Column("LineItemsBefore") { .count($0.lineItemsBefore) },
      Column("LineItemsAfter") { .count($0.lineItemsAfter) },
      Column("TagsBefore") { .text($0.tagsBefore) },
      Column("TagsAfter") { .text($0.tagsAfter) },
    ],
    sum: .init(column: "Difference") { row in
      row.difference.map { Money($0, row.key.currency) }
    })

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(report.restatement.sorted(by: RestatementRow.precedes), options)
  }
}

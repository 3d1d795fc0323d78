import BillingModel
import ExactNumbers

/// `open-items.csv`: what is not settled, with its age; in the newest period also what rolls
/// forward.
enum OpenItems: ReportOutput {
  static let sheet = Sheet<AgedItem>(
    name: "open-items.csv",
    columns: [
      Column("BillingPeriod") { .period($0.item.billingPeriod) },
      Column("MatchId") { .text($0.item.matchID) },
      Column("Result") { .text($0.item.result) },
      Column("Issuer") { .text($0.item.issuer) },
      Column("BillingAccountId") { .text($0.item.billingAccountID) },
      Column("BillingCurrency") { .currency($0.item.currency) },
      Column("Invoiced") { .amount($0.item.invoiced) },
      Column("Charged") { .amount($0.item.charged) },
      Column("Difference") { .amount($0.item.difference) },
      Column("UnexplainedDifference") { .amount($0.item.unexplained) },
      Column("OpenSince") { .day($0.item.openSince) },
      Column("Age") { .word($0.age) },
      Column("Documents") { .list($0.item.documents) },
    ],
    sum: .init(column: "Difference") { Money($0.item.difference, $0.item.currency) })

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(
      report.openItems.sorted { OpenItem.precedes($0.item, $1.item) }, options)
  }
}

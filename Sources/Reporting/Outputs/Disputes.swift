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
    let packs = Dictionary(
      report.packs.map { ($0.dispute.findingID, $0) }, uniquingKeysWith: { first, _ in first })
    let disputes = report.disputes.map { dispute in
      var dispute = dispute
      if dispute.key.invoiceID.isEmpty, let pack = packs[dispute.findingID] {
        // Where the finding names none, the invoices of its line items.
        let ids = LineReading(pack.columns).invoiceIDs(pack.lines)
        dispute.key.invoiceID = Text(ids.map(\.string).joined(separator: ";"))
      }
      return dispute
    }
    return try sheet.document(disputes.sorted(by: Dispute.precedes), options)
  }
}

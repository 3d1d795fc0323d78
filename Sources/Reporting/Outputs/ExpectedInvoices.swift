import BillingModel
import ExactNumbers

/// `expected-invoices.csv`: which invoices the charges of a period let expect, by when, and which
/// came.
enum ExpectedInvoices: ReportOutput {
  static let sheet = Sheet<ExpectedInvoice>(
    name: "expected-invoices.csv",
    columns: [
      Column("BillingAccountId") { .text($0.billingAccountID) },
      Column("Issuer") { .text($0.issuer) },
      Column("BillType") { .text($0.billType) },
      Column("InvoiceId") { .text($0.invoiceID) },
      Column("BillingCurrency") { .currency($0.currency) },
      Column("Charged") { .amount($0.charged) },
      Column("ExpectedBy") { .day($0.expectedBy) },
      Column("Status") { .word($0.status) },
      Column("Documents") { .list($0.documents) },
    ],
    sum: .init(column: "Charged") { Money($0.charged, $0.currency) })

  static func document(
    _ report: PeriodReport, _ options: ReportOptions
  ) throws(AmountOverflow) -> Document {
    try sheet.document(report.expectedInvoices.sorted(by: ExpectedInvoice.precedes), options)
  }
}

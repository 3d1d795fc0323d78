import BillingModel
import ExactNumbers

/// What the stories share: the names of the reports, and the ordinary month.
enum Reports {
  static let global = "meridian-daily"
  static let china = "ziwu-daily"

  /// A month's CUR 2.0 as it arrives on the fourth of the next month.
  static func cur2(_ bill: Bill, chunks: Int = 1, at time: String? = nil) -> ExportDelivery {
    .dataExport(
      bill, CostAndUsage2.layout, export: "meridian-cur2",
      at: time ?? "\(bill.period.end.advanced(by: 3))T04:12:09.417Z", chunks: chunks)
  }

  /// The invoices of all sellers as the API lists them.
  static func summaries(_ bill: Bill) throws(AmountOverflow) -> SampleFile {
    var drafts: [InvoiceDraft] = []
    for seller in bill.payer.sellers { drafts.append(try bill.draft(seller)) }
    return SampleFile(
      "invoices/api/\(bill.period)-invoice-summaries.json", try InvoiceSummaries.json(drafts))
  }

  /// A fapiao of each operator over its invoice of the month.
  static func fapiao(_ bill: Bill) throws(AmountOverflow) -> [SampleFile] {
    var files: [SampleFile] = []
    for seller in bill.payer.sellers {
      let draft = try bill.draft(seller)
      files.append(try Fapiao(1, issued: draft.issued, [draft]).file())
    }
    return files
  }
}

extension Bill {
  /// A whole month, closed; `plant` changes rows before the month is closed, as if AWS had billed so.
  static func closed(
    _ payer: Payer, _ period: BillingPeriod, plant: (inout Bill) throws -> Void = { _ in }
  ) throws -> Bill {
    var bill = try Bill(payer, period)
    try plant(&bill)
    try bill.close()
    return bill
  }

  /// A seller's document for the month, issued on the third of the next.
  func draft(_ seller: Seller) throws(AmountOverflow) -> InvoiceDraft {
    try InvoiceDraft(self, seller.invoiceID(period), issued: period.end.advanced(by: 2))
  }
}

/// A month written in the source. A text that is no month is a mistake of the programmer.
extension BillingPeriod: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    guard let period = BillingPeriod(text) else { preconditionFailure("not a month: \(text)") }
    self = period
  }
}

/// A day written in the source, likewise.
extension Day: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    guard let day = Day(text) else { preconditionFailure("not a day: \(text)") }
    self = day
  }
}

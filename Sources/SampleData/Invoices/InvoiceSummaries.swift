import BillingModel
import ExactNumbers

/// The answer of the AWS Invoicing API to `ListInvoiceSummaries`: headers, no lines.
enum InvoiceSummaries {
  /// - Parameter receipts: invoices whose payment the list confirms: never a part of the bill.
  static func json(
    _ drafts: [InvoiceDraft], receipts: [InvoiceDraft] = []
  ) throws(AmountOverflow) -> String {
    var summaries: [String] = []
    for draft in drafts {
      summaries.append(try summary(draft, type: draft.isCredit ? "CREDIT_MEMO" : "INVOICE"))
    }
    for draft in receipts { summaries.append(try summary(draft, type: "PAYMENT_RECEIPT")) }
    return "{\n  \"InvoiceSummaries\": [\n" + summaries.joined(separator: ",\n") + "\n  ]\n}\n"
  }

  private static func summary(
    _ draft: InvoiceDraft, type: String
  ) throws(AmountOverflow) -> String {
    let net = Spelling.cents(try draft.net)
    let tax = Spelling.cents(try draft.tax)
    let gross = Spelling.cents(try draft.gross)
    let conversions = try draft.conversions.map { conversion throws(AmountOverflow) in
      try Self.conversion(conversion, of: draft)
    }.joined()
    let original = draft.isCredit ? "\n      \"OriginalInvoiceId\": \"\(draft.precedingID)\"," : ""
    return """
          {
            "AccountId": "\(draft.payer.id)",
            "InvoiceId": "\(draft.id)",
            "IssuedDate": "\(draft.issued)T08:15:00+00:00",
            "DueDate": "\(draft.issued.advanced(by: 30))T00:00:00+00:00",
            "Entity": {"InvoicingEntity": "\(draft.seller.legalEntity)"},
            "BillingPeriod": {"Month": \(draft.period.month), "Year": \(draft.period.year)},
            "InvoiceType": "\(type)",\(original)
            "BaseCurrencyAmount": {
              "TotalAmount": "\(gross)",
              "TotalAmountBeforeTax": "\(net)",
              "CurrencyCode": "\(draft.payer.currency)",
              "AmountBreakdown": {
                "SubTotalAmount": "\(net)",
                "Taxes": {"TotalAmount": "\(tax)", "Breakdown": []}
              }
            }\(conversions)
          }
      """
  }

  private static func conversion(
    _ conversion: InvoiceDraft.Conversion, of draft: InvoiceDraft
  ) throws(AmountOverflow) -> String {
    func converted(_ amount: Amount) throws(AmountOverflow) -> Amount {
      try amount.multiplied(by: conversion.rate)
        .rounded(toFractionDigits: 2, .halfAwayFromZero)
    }
    let (net, tax) = (try converted(draft.net), try converted(draft.tax))
    let gross = try converted(draft.gross) + conversion.excess
    return """
      ,
            "\(conversion.name)": {
              "TotalAmount": "\(Spelling.cents(gross))",
              "TotalAmountBeforeTax": "\(Spelling.cents(net))",
              "CurrencyCode": "\(conversion.currency)",
              "AmountBreakdown": {"Taxes": {"TotalAmount": "\(Spelling.cents(tax))", "Breakdown": []}},
              "CurrencyExchangeDetails": {
                "SourceCurrencyCode": "\(draft.payer.currency)",
                "TargetCurrencyCode": "\(conversion.currency)",
                "Rate": "\(conversion.rate)"
              }
            }
      """
  }
}

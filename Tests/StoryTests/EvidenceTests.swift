import Foundation
import PipelineRuntime
import TestSupport
import Testing

/// A finding leads to the line items that it is about: to all of them, and to no other.
@Suite struct EvidenceTests {
  /// What they are about stands in documents, in rejected rows or in tags: no line items to select.
  private static let otherwise: Set<String> = [
    "InvoiceArithmetic", "BuyerNameWrong", "BuyerTaxIDWrong", "SellerBankAccountChanged",
    "SellerNameWrong", "SellerTaxIDWrong", "PurchaseOrderUnknown", "PaymentConversionWrong",
    "InvoiceWithoutCharges", "CancellationUnmet", "RejectedRows",
    "TagChangedMidMonth", "TagMissing", "TagSpellingsDiffer", "TagValueUnknown",
  ]
  /// The column that states what all of the line items cost.
  private static let sums = [
    "RegionNotAllowed": "Impact", "UnknownEntity": "Impact", "UnknownAccount": "Impact",
    "InvoicesNeverArrived": "AmountAtStake", "DailyCostAnomaly": "Actual",
    "SupportFeeWrong": "Actual", "ChargesWithoutInvoice": "AmountAtStake",
  ]

  @Test(arguments: Story.all) func `a finding selects the line items that it counts`(_ story: Story)
    throws
  {
    let home = TemporaryFolder()
    try story.playAll(in: home.url, workers: 2)
    for (name, bytes) in try documents(of: home.url)
    where name.hasSuffix("/anomalies.csv") {
      for finding in Sheet(bytes).rows where finding["Status"] != "resolved" {
        let rule = finding["Rule"] ?? ""
        let text = try Explanation.of(finding["FindingId"] ?? "", home: home.path)
        let shown = text.components(separatedBy: "\n  record ").count - 1
        let count = Int(finding["LineCount"] ?? "") ?? -1
        if count == 0 {
          #expect(text.contains("\nno line item"), "\(rule): \(text)")
          #expect(shown == 0, "\(rule): \(text)")
        } else if !Self.otherwise.contains(rule) {
          #expect(
            text.contains(
              "\n\(count) line item\(count == 1 ? "" : "s"), \(min(count, 20)) of them shown; "
                + "unblended cost of all "),
            "\(name) \(text)")
          #expect(shown == min(count, 20), "\(rule): \(text)")
          if let column = Self.sums[rule] {
            let sum = "\(finding["BillingCurrency"] ?? "") \(finding[column] ?? "")"
            #expect(text.contains("of all \(sum)\n"), "\(rule) \(sum): \(text)")
          }
        }
      }
    }
  }
}

import BillingModel
import Testing

@testable import Detecting

@Suite struct PhraseTests {
  /// Each planted case holds one row.
  @Test(
    arguments: [
      ("CostNotRateTimesUsage", "1 line item of BoxUsage:m5.large costs USD 7.50"),
      ("CurrencyMismatch", "1 line item is billed in EUR"),
      ("DiscountReadingsDisagree", "Invoice INV-9 comes to USD 9.00"),
      ("DuplicateLineItem", "1 line item of BoxUsage:m5.large fills 2 rows"),
      ("HalfFinalMonth", "1 line item of Amazon Web Services, Inc. is still without"),
      ("RateAbovePublic", "1 line item of BoxUsage:m5.large costs USD 7.00"),
      ("UnknownLineItemType", "1 line item is of the type Surcharge"),
    ] as [(RuleID, String)])
  func `one thing takes the singular`(id: RuleID, words: String) throws {
    let planted = try #require(try plantedFacts()[id])
    let found = try DetectorCatalog.judge(planted).findings.filter { $0.key.rule == id }
    #expect(found.map(\.explanation.english.string).contains { $0.contains(words) }, "\(found)")
  }

  @Test(arguments: [(1, "1 line item charges USD 17.00"), (3, "3 line items charge USD 17.00")])
  func `charges without an invoice are counted`(lines: Int, words: String) throws {
    var match = try match(.missingInvoice, invoiced: nil, charged: "17.00")
    match.lineItems = lines
    let found = try ChargesWithoutInvoice().onlyFinding(
      facts([usage()]).with { $0.reconciliation.matches = [match] })
    #expect(found?.explanation.english.string.hasPrefix(words) == true)
  }
}

import BillingModel
import ExactNumbers

/// Documents that belong to nothing, or not to the company, beside the month's own invoices.
enum StrayDocuments {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, period)
    let (inc, branch) = (try bill.draft(.inc), try branch(bill.draft(.emea)))
    let first = try firstIssue(of: inc)
    return Story(
      "stray-documents", readme: try readme(inc, first, branch),
      nights: [
        Story.Night(
          "2025-04-05",
          Reports.cur2(bill).files + [
            SampleFile("\(cxml)/\(inc.id).xml", try CXMLInvoice.xml(inc)),
            SampleFile(
              "\(cxml)/\(inc.id)-first.xml",
              try CXMLInvoice.xml(first, transport: "first.\(inc.id)@sample.invalid")),
            SampleFile(
              "\(cxml)/\(deleted.id)-delete.xml",
              try CXMLInvoice.xml(
                deleted, .delete, transport: "delete.\(deleted.id)@sample.invalid",
                forgotten: "\(deleted.id)@sample.invalid")),
            SampleFile("\(ubl)/\(branch.id).xml", try UBLDocument.xml(branch)),
            SampleFile("\(ubl)/\(stranger.id).xml", try UBLDocument.xml(stranger)),
          ])
      ])
  }

  private static let period: BillingPeriod = "2025-03"
  private static let (cxml, ubl) = ("invoices/cxml", "invoices/ubl")

  private static func readme(
    _ inc: InvoiceDraft, _ first: InvoiceDraft, _ branch: InvoiceDraft
  ) throws -> String {
    let (gross, own) = (Spelling.cents(try stranger.gross), Spelling.cents(try branch.gross))
    return """
      # stray-documents

      Payer 100000000001 (USD), 2025-03, CUR 2.0; cXML from \(inc.seller.legalEntity), UBL from \
      \(Seller.emea.legalEntity). Planted, and the rule that must find it:

      | rule | at stake, USD | what | where |
      |---|---|---|---|
      | InvoiceWithoutCharges | \(gross) | a bill of \(stranger.seller.legalEntity) for nothing that was used | `\(stranger.id).xml` |
      | SellerTaxIDWrong | \(gross) | its tax id \(stranger.seller.taxID), which no seller of the contract has | the same |
      | PurchaseOrderUnknown | \(gross) | its order \(stranger.purchaseOrder ?? ""), which nobody placed | the same |
      | SellerNameWrong | \(own) | \(branch.seller.legalEntity), under the tax id of the company that the contract names | `\(branch.id).xml` |
      | BuyerNameWrong | \(own) | made out to \(branch.payer.name), under the tax id of \(Company.global.name) | the same |
      | DuplicateInvoice | \(Spelling.cents(try first.gross)) | \(inc.id) a first time, two days earlier and \(Spelling.cents(surplus)) higher | `\(inc.id)-first.xml` |
      | CancellationUnmet | none | `operation="delete"` of \(deleted.id), which never came | `\(deleted.id)-delete.xml` |

      Must be found besides: \(inc.id) `Matched` at \(Spelling.cents(try inc.gross)) and \(branch.id) at \
      \(own); nothing of the deleted invoice is counted.
      """
  }

  /// The French branch, billing a subsidiary: a trading name on both sides, the tax ids as agreed.
  private static func branch(_ draft: InvoiceDraft) -> InvoiceDraft {
    var draft = draft
    draft.seller.legalEntity += ", Succursale Française"
    draft.payer.name = "Meridian Retail SAS"
    return draft
  }

  private static let surplus: Amount = "35"

  private static func firstIssue(of draft: InvoiceDraft) throws(AmountOverflow) -> InvoiceDraft {
    var first = draft
    first.issued = draft.issued.advanced(by: -2)
    try first.lines[0].net += surplus
    return first
  }

  /// Somebody who knows the payer's name and tax id, and sells nothing.
  private static let stranger: InvoiceDraft = {
    let seller = Seller(
      legalEntity: "Cloud Licence Registry Ltd", billingEntity: "AWS", vatRate: "0.20",
      taxID: "GB000000000", invoicePrefix: "")
    var draft = InvoiceDraft(
      "CLR-20250331", seller, Company.global, period, issued: "2025-03-31",
      lines: [InvoiceDraft.Line(service: "Cloud licence renewal", net: "1850", tax: "370")])
    draft.purchaseOrder = "PO-2025-0417"
    return draft
  }()

  private static let deleted = InvoiceDraft(
    "1925049917", .inc, Company.global, period, issued: "2025-04-04",
    lines: [InvoiceDraft.Line(service: Product.rds.name, net: "612.40", tax: .zero)])
}

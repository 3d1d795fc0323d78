import BillingModel
import ExactNumbers

/// Errors that a reviewer confirms, one of which AWS pays back a month later.
enum DisputeCredited {
  static func story() throws -> Story {
    let march = try Bill.closed(Company.china, "2025-03") { try plant(&$0) }
    let april = try Bill.closed(Company.china, "2025-04") { $0.rows.append(refund($0)) }
    let delivery = ExportDelivery.legacy(march, report: Reports.china)
    let later = ExportDelivery.legacy(april, report: Reports.china)
    return Story(
      "dispute-credited",
      readme: """
        # dispute-credited

        Payer 300000000001 (CNY), 2025-03 and 2025-04, legacy reports and the fapiao of all invoices, which \
        agree with them. Planted in March: CNN1-InstanceUsage:db.m5.large costs 4.32 CNY more than rate × \
        usage, \(delivery.place("product")); DiscountedUsage of CNW1-BoxUsage:m5.large costs 5.00, \
        \(delivery.place("reserved")); a further row of CNN1-TimedStorage-ByteHrs with usage -3, \
        \(delivery.place("negative")).
        On 2025-04-08 a reviewer's file comes back, with `;` and a day that a spreadsheet wrote its own way: the \
        first disputed, the second confirmed until 2025-12-31, the third with a status that is none.
        In April's export AWS refunds 4.32 CNY to the account and service of the first, \(later.place("refund")).
        Must be found: on 2025-04-08 both decisions and a pack for each, the third refused with its row and \
        still open; on 2025-05-05 the first `credited` by the refund rows, 4.32 CNY recovered, and 5.00 CNY \
        left of the second.
        """,
      nights: [
        Story.Night("2025-04-05", delivery.files + (try Reports.fapiao(march))),
        Story.Night("2025-04-08", [SampleFile("审核 2025-03.csv", review)]),
        Story.Night("2025-05-05", later.files + (try Reports.fapiao(april))),
      ])
  }

  /// The ids are hashes of the findings' keys.
  private static let review = """
    FindingId;Status;Reviewer;ReviewUntil;ReviewNote\r
    \(product);disputed;李伟;;已向光环新网提交工单\r
    \(reserved);confirmed;李伟;2025/12/31;预留实例不应收费\r
    \(negative);wontfix;李伟;;\r

    """
  private static let product = "F-cd4d59521f17b98c"
  private static let reserved = "F-afb4057ae1f1ea86"
  private static let negative = "F-62af4e366a1101d3"

  private static func plant(_ bill: inout Bill) throws {
    try bill.change("product", "400000000001", "CNN1-InstanceUsage:db.m5.large", on: 8) {
      $0.cost = try $0.cost + "4.32"
    }
    bill.change("reserved", "400000000002", "CNW1-BoxUsage:m5.large", on: 11) { $0.cost = "5" }
    try bill.repeatRow("negative", "400000000003", "CNN1-TimedStorage-ByteHrs", on: 14) {
      $0.stream += " taken back"
      try $0.use("-3")
    }
  }

  private static func refund(_ bill: Bill) -> LineItem {
    var row = bill.blank(
      "database refund", .sinnet, "400000000001", .rds,
      usageType: "CNN1-InstanceUsage:db.m5.large", on: "2025-04-22")
    row.type = "Refund"
    row.description = "Refund for usage of 2025-03"
    row.cost = "-4.32"
    row.mark = "refund"
    return row
  }
}

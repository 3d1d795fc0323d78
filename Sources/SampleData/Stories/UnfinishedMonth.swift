import BillingModel
import ExactNumbers

/// A month that looks final and is not: some of it has no invoice id, or no document, or another date.
enum UnfinishedMonth {
  static func story() throws -> Story {
    var bill = try Bill.closed(Company.china, period) { try plant(&$0) }
    bill.rows = bill.rows.map(withoutID)
    try stateNetCosts(&bill)
    let delivery = ExportDelivery.legacy(bill, report: Reports.china)
    let fapiao = try Reports.fapiao(bill)
    return Story(
      "unfinished-month", readme: try readme(bill, delivery),
      nights: [
        Story.Night("2025-03-05", delivery.files + [fapiao[0]]),
        Story.Night("2025-03-12", [fapiao[1]]),
      ])
  }

  private static let period: BillingPeriod = "2025-02"
  /// Invoiced by nobody: their ids are taken away once the month is closed.
  private static let late = "late"
  private static let lateDays = 20...28
  private static let functions = "CNW1-Lambda-GB-Second"

  /// Sells on AWS Marketplace, and would send its own fapiao.
  private static let gatehouse = Seller(
    legalEntity: "Shanghai Gatehouse Software Co., Ltd.", billingEntity: "AWS Marketplace",
    vatRate: nil, taxID: "", invoicePrefix: "MPYY-0033")

  private static func readme(_ bill: Bill, _ delivery: ExportDelivery) throws -> String {
    let open = try bill.cost(of: late).multiplied(by: "1.06")
    return """
      # unfinished-month

      Payer 300000000001 (CNY), 2025-02, a legacy report with net costs; Sinnet's fapiao comes with it, NWCD's \
      a week later. Planted, and the rule that must find it on 2025-03-12:

      | rule | at stake, CNY | what | where |
      |---|---|---|---|
      | HalfFinalMonth | \(open) | CNN1-BoxUsage:c5.large from the 20th on, with its VAT, has no invoice id | \(lateDays.count + 1) rows of 400000000003 |
      | InvoicesNeverArrived | 360.00 | invoice \(gatehouse.invoiceID(period)) of \(gatehouse.legalEntity), of whom no document ever came | \(delivery.place("fee")) |
      | ChargedOutsidePeriod | \(try bill.cost(of: "before")) | CNW1-BoxUsage:t3.medium of 31 January | \(delivery.place("before")) |
      | DiscountReadingsDisagree | 2.00 | a row takes 30.00 off AWS Lambda, the net costs of its 28 days 28.00 | \(delivery.place("discount")) |

      Must be found besides: the invoices of Sinnet and NWCD `Matched`, the second with the discount of the row; \
      the charges without an id `NotFinal`. Nothing of the first two rules on 2025-03-05: a month may be open \
      until the 10th.
      """
  }

  private static func plant(_ bill: inout Bill) throws {
    for day in lateDays {
      bill.change(late, "400000000003", "CNN1-BoxUsage:c5.large", on: day) { $0.invoiceID = late }
    }
    let before = try bill.usage(
      "before", .nwcd, "400000000004", .ec2, usageType: "CNW1-BoxUsage:t3.medium", on: 0,
      in: Region.ningxia.id, "15.5", "Hrs", at: "0.2755",
      "CNY 0.2755 per On Demand Linux t3.medium Instance Hour")
    let discount = bill.monthly(
      "EdpDiscount", "discount", .nwcd, "400000000002", .lambda, usageType: "", "-30",
      "Enterprise discount")
    var fee = bill.monthly(
      "Fee", "marketplace", gatehouse, "400000000001",
      Product(code: "prod-gatehouse", name: "Gatehouse VPN"), usageType: "MonthlyContract", "360",
      "Gatehouse VPN, monthly contract")
    fee.usage = .one
    for (mark, row) in [("before", before), ("discount", discount), ("fee", fee)] {
      bill.rows.append(row)
      bill.rows[bill.rows.count - 1].mark = mark
    }
  }

  private static func withoutID(_ row: LineItem) -> LineItem {
    var row = row
    if row.invoiceID == late { row.invoiceID = "" }
    return row
  }

  /// Net costs are the costs, but 1.00 less on each day of the functions; the discount's own row has none.
  private static func stateNetCosts(_ bill: inout Bill) throws(AmountOverflow) {
    for index in bill.rows.indices where bill.rows[index].mark != "discount" {
      let row = bill.rows[index]
      let isDiscounted = row.usageType == functions && !row.isTax
      let discount: Amount = isDiscounted ? .one : .zero
      bill.rows[index].details = [
        "lineItem/NetUnblendedCost": Spelling.decimal(try row.cost - discount),
        "discount/TotalDiscount": Spelling.decimal(-discount),
      ]
    }
  }
}

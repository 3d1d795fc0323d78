import BillingModel
import ExactNumbers

/// A month whose columns contradict each other, though every invoice agrees with it, and whose first version
/// had more rows.
enum ExportFaults {
  static func story() throws -> Story {
    let before = try withRequests(Bill(Company.china, period))
    var bill = try Bill.closed(Company.china, period) { try plant(&$0) }
    try taxCredit(&bill)
    var exported = bill
    exported.rows.append(split(bill))
    exported.sort()
    let deliveries = [
      ExportDelivery.legacy(before, report: Reports.china),
      ExportDelivery.legacy(exported, report: Reports.china, version: 2),
    ]
    return Story(
      "export-faults", readme: try readme(bill, deliveries[1], before: before, exported),
      nights: [
        Story.Night("2025-05-31", deliveries[0].files),
        Story.Night(
          "2025-06-05",
          deliveries[1].files + (try Reports.fapiao(bill))),
      ])
  }

  private static let period: BillingPeriod = "2025-05"

  private static func readme(
    _ bill: Bill, _ delivery: ExportDelivery, before: Bill, _ exported: Bill
  ) throws -> String {
    """
    # export-faults

    Payer 300000000001 (CNY), 2025-05, a legacy report in two versions, the second final and with the fapiao \
    of both invoices, which agree with it. Planted, and the rule that must find it:

    | rule | at stake, CNY | what | where |
    |---|---|---|---|
    | TaxBeforeCredits | 6.00 | 6 % VAT on usage before a credit of 100.00 | \(delivery.place("tax")) |
    | NetCostMismatch | 1.50 | a discount of 1.50 that the net cost does not show | \(delivery.place("net")) |
    | PublicCostMismatch | 2.25 | public cost 2.25 above public rate × usage | \(delivery.place("public")) |
    | IntervalImpossible | \(try bill.cost(of: "interval")) | usage that ends when it starts | \(delivery.place("interval")) |
    | SplitCostCounted | 2.50 | a pod's share has a cost of its own, on no invoice | \(delivery.place("split")) |
    | RegionMismatch | \(try bill.cost(of: "region")) | CNW1-TimedStorage-ByteHrs in cn-north-1 | \(delivery.place("region")) |
    | TagValueUnknown | \(try bill.cost(of: "tag")) | Criticality P9, which the tag rules do not list | \(delivery.place("tag")) |
    | RowsDropped | the difference of the totals | \(exported.rows.count) rows where the version before had \(before.rows.count) | no row |

    Must be found besides: both invoices `Matched`, without the pod's share; `InvoiceArithmetic` for 5.99, since \
    the fapiao's tax is not 6 % of its line, rounded; and, as the contract asks for Criticality on half of the \
    usage, `TagSpellingsDiffer` for 核心 and `TagMissing` for the accounts that say less.
    """
  }

  /// The first version, with further requests that AWS took back.
  private static func withRequests(_ bill: Bill) throws -> Bill {
    var bill = bill
    let rows = bill.rows
    for number in 0..<(rows.count / 4) {
      let row = try bill.usage(
        "function \(number)", .sinnet, "400000000001", .lambda, usageType: "CNN1-Request",
        on: number % 30 + 1, in: Region.beijing.id, Amount(100_000 + number), "Requests",
        at: "0.000002", "CNY 0.000002 per Request")
      bill.rows.append(row)
    }
    bill.sort()
    return bill
  }

  private static func plant(_ bill: inout Bill) throws {
    bill.change("net", "400000000001", "CNN1-BoxUsage:m5.xlarge", on: 4) {
      $0.details["discount/TotalDiscount"] = "-1.5"
    }
    bill.change("public", "400000000002", "CNW1-BoxUsage:r5.2xlarge", on: 6) {
      $0.statedPublicCost = try? $0.publicCost + "2.25"
    }
    bill.change("interval", "400000000003", "CNN1-TimedStorage-ByteHrs", on: 9) {
      $0.usageDates = $0.usageDates.lowerBound..<$0.usageDates.lowerBound
    }
    bill.change("region", "400000000004", "CNW1-TimedStorage-ByteHrs", on: 12) {
      $0.region = Region.beijing.id
    }
    bill.change("tag", "400000000002", "CNW1-TimedStorage-ByteHrs", on: 15) {
      $0.tags = [LineItem.Tag(key: "Criticality", value: "P9")]
    }
    var credit = bill.monthly(
      "Credit", "goodwill", .sinnet, "400000000001", .ec2, usageType: "CNN1-BoxUsage:m5.xlarge",
      "-100", "Credit for the outage of April")
    credit.operation = "RunInstances"
    bill.rows.append(credit)
  }

  /// Puts the tax of the credit's charges on what they were before it; states net costs, which are the costs.
  private static func taxCredit(_ bill: inout Bill) throws(AmountOverflow) {
    for index in bill.rows.indices {
      let row = bill.rows[index]
      if row.isTax, row.account == "400000000001", row.usageType == "CNN1-BoxUsage:m5.xlarge" {
        try bill.rows[index].cost += "6"
        bill.rows[index].mark = "tax"
      }
      bill.rows[index].details["lineItem/NetUnblendedCost"] = Spelling.decimal(
        bill.rows[index].cost)
      if row.mark != "net" { bill.rows[index].details["discount/TotalDiscount"] = "0" }
    }
  }

  private static func split(_ bill: Bill) -> LineItem {
    var row = bill.blank(
      "pod", .sinnet, "400000000001", .ec2, usageType: "CNN1-EKS-EC2-vCPU-Hours",
      on: period.firstDay.advanced(by: 20))
    row.invoiceID = Seller.sinnet.invoiceID(period)
    row.operation = "EKSPod-EC2"
    row.region = Region.beijing.id
    row.unit = "vCPU-Hours"
    row.description = "CNY 0 for EKS-EC2-vCPU-Hours"
    row.usage = "5"
    row.cost = "2.5"
    row.mark = "split"
    row.details = [
      "splitLineItem/ParentResourceId": "arn:aws-cn:ec2:cn-north-1:400000000001:instance/i-0a1",
      "lineItem/NetUnblendedCost": "2.5", "discount/TotalDiscount": "0",
    ]
    return row
  }
}

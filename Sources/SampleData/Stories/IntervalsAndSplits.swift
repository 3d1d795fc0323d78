import BillingModel
import ExactNumbers

/// Intervals that are longer than a day, a tag that changes within the month, and pods whose shares do not come to their instance.
enum IntervalsAndSplits {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.china, period) { try plant(&$0) }
    var exported = bill
    for share in shares { exported.rows.append(try row(of: share, bill)) }
    exported.sort()
    let delivery = ExportDelivery.legacy(exported, report: Reports.china)
    return Story(
      "intervals-and-splits", readme: try readme(bill, delivery),
      nights: [
        Story.Night(
          "2025-12-05",
          delivery.files + [
            try Fapiao(1, issued: "2025-12-03", [bill.draft(.sinnet)]).file(),
            try Fapiao(1, issued: "2025-12-03", [bill.draft(.nwcd)]).file(),
          ])
      ])
  }

  private static let period: BillingPeriod = "2025-11"
  private static let instance = "CNN1-BoxUsage:m5.xlarge"

  private static func readme(_ bill: Bill, _ delivery: ExportDelivery) throws -> String {
    """
    # intervals-and-splits

    Payer 300000000001 (CNY), 2025-11, a daily legacy report with split cost allocation, and the fapiao of \
    both invoices, which agree with it. Planted, and the rule that must find it:

    | rule | at stake, CNY | what | where |
    |---|---|---|---|
    | IntervalOffGrain | \(try bill.cost(of: "wide")) | usage of two days in the interval of one | \(delivery.place("wide")) |
    | IntervalOffGrain | \(try bill.cost(of: "long")) | an interval of two days, of which one was used | \(delivery.place("long")) |
    | TagChangedMidMonth | \(try bill.cost(of: "moved")) | Application of EC2 in 400000000004 is ci up to \
    2025-11-15 and build from 2025-11-16 | 15 rows |
    | SplitCostMismatch | 2.40 | two pods are given 50.232 of an instance that costs 47.832 | \(delivery.place("over")) |

    Must not be found: a day on which two pods share an instance to the last digit, all that nobody used at one \
    of them, \(delivery.place("whole")); a reserved instance, whose share is of the fee that it costs, \
    \(delivery.place("reserved")); a day on which an instance stood without pods for some hours, so that less \
    than its cost is shared, \(delivery.place("idle")); a pod whose parent is not in the report, \
    \(delivery.place("orphan")). Both invoices are `Matched`. \
    Found besides: `CreditMissing`, since 100.00 are left of the contract's credit ZW-2025.
    """
  }

  private static func plant(_ bill: inout Bill) throws {
    bill.change("wide", "400000000003", "CNN1-TimedStorage-ByteHrs", on: 9) {
      $0.usageDates = $0.usageDates.lowerBound..<$0.usageDates.upperBound.advanced(by: 1)
    }
    bill.change("long", "400000000004", "CNW1-TimedStorage-ByteHrs", on: 17) {
      $0.interval = $0.interval.lowerBound..<$0.interval.upperBound.advanced(by: 1)
    }
    for index in bill.rows.indices
    where bill.rows[index].account == "400000000004" && bill.rows[index].product == .ec2
      && bill.rows[index].interval.lowerBound >= "2025-11-16"
    {
      bill.rows[index].tags = bill.rows[index].tags.map {
        $0.value == "ci" ? LineItem.Tag(key: $0.key, value: "build") : $0
      }
      bill.rows[index].mark = "moved"
    }
  }

  /// What a pod was given of a day of its instance.
  private struct Share {
    var mark: String
    var pod: String
    var usageType = instance
    var account = "400000000001"
    var day: Int
    var split: Amount
    var unused: Amount
  }

  /// The instance costs 24 × 1.993 = 47.832 a day, the reserved one 24 × 0.4455 = 10.692.
  private static let shares = [
    Share(mark: "over", pod: "cart", day: 10, split: "20", unused: "6.232"),
    Share(mark: "over", pod: "search", day: 10, split: "18", unused: "6"),
    Share(mark: "whole", pod: "cart", day: 11, split: "20.25", unused: "9.582"),
    Share(mark: "whole", pod: "search", day: 11, split: "18", unused: "0"),
    Share(mark: "idle", pod: "cart", day: 12, split: "20.25", unused: "1.5"),
    Share(
      mark: "reserved", pod: "ledger", usageType: "CNW1-BoxUsage:m5.large",
      account: "400000000002", day: 13, split: "10", unused: "0.692"),
    Share(mark: "orphan", pod: "cart", usageType: "", day: 14, split: "3", unused: "1"),
  ]

  private static func row(of share: Share, _ bill: Bill) throws -> LineItem {
    let day = period.firstDay.advanced(by: share.day - 1)
    let parent = bill.rows.first {
      $0.account == share.account && $0.usageType == share.usageType && !$0.isTax
        && $0.interval.lowerBound == day && !$0.resource.isEmpty
    }
    let seller: Seller = share.account == "400000000001" ? .sinnet : .nwcd
    let region: Region = seller == .sinnet ? .beijing : .ningxia
    var row = bill.blank(
      "pod \(share.pod)", seller, share.account, .eks,
      usageType: region.prefix + "EKS-EC2-vCPU-Hours", on: day)
    row.invoiceID = seller.invoiceID(period)
    row.operation = "EKSPod-EC2"
    row.region = region.id
    row.resource = Streams.arn(region, "eks", share.account, "pod/main/shop/\(share.pod)")
    row.unit = "vCPU-Hours"
    row.description = "CNY 0 for EKS-EC2-vCPU-Hours"
    row.usage = "48"
    row.mark = share.mark
    row.details = [
      "splitLineItem/ParentResourceId": parent?.resource ?? "i-0aaaaaaaaaaaaaaaa",
      "splitLineItem/SplitCost": Spelling.decimal(share.split),
      "splitLineItem/UnusedCost": Spelling.decimal(share.unused),
    ]
    return row
  }
}

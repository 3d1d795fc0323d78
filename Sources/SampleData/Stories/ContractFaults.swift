import BillingModel
import ExactNumbers

/// Two months of the Chinese payer; in the second, AWS does not keep what was agreed.
enum ContractFaults {
  static func story() throws -> Story {
    let september = try Bill.closed(Company.china, "2025-09") { try plantBefore(&$0) }
    var october = try Bill.closed(Company.china, "2025-10") { try plant(&$0) }
    try raiseSupport(&october)
    let deliveries = [september, october].map {
      ExportDelivery.legacy($0, report: Reports.china)
    }
    return Story(
      "contract-faults", readme: try readme(october, deliveries[1]),
      nights: [
        Story.Night("2025-10-05", deliveries[0].files + (try Reports.fapiao(september))),
        Story.Night("2025-11-05", deliveries[1].files + (try Reports.fapiao(october))),
      ])
  }

  private static func readme(_ bill: Bill, _ delivery: ExportDelivery) throws -> String {
    let agreed = try bill.cost(of: "private rate")
    return """
      # contract-faults

      Payer 300000000001 (CNY), 2025-09 and 2025-10, legacy reports and the fapiao of both invoices, which \
      agree with them. For October the sample contract names a discount of 5 % on all but support, a private \
      rate, three credits, support at 10 % of Ningxia's charges, and the regions. Planted in October, and the \
      rule that must find it:

      | rule | at stake, CNY | what | where |
      |---|---|---|---|
      | DiscountRateWrong | 18.18 | the discount on Amazon RDS is 4 % | \(delivery.place("rate of discount")) |
      | DiscountMissing | 51.84 | AWS Lambda has no discount | no row |
      | PrivateRateNotApplied | 4.08 % of \(agreed) | CNW1-BoxUsage:r5.2xlarge at 3.336 where 3.2 was agreed | 31 rows, one a day |
      | CreditNotAsGranted | 40.00 | ZW-2025 takes off 80.00 in September and 60.00 now, of 100.00 | \(delivery.place("credit amount")) |
      | CreditNotAsGranted | 15.00 | ZW-OLD takes off 15.00 after its last day, 30 June | \(delivery.place("credit days")) |
      | CreditMissing | 50.00 | ZW-STORAGE of 50.00 is not used, though S3 costs more | no row |
      | SupportFeeWrong | 50 and what it was rounded up by | support from NWCD is 50.00 too high, with its VAT | \(delivery.place("support")) |
      | RegionNotAllowed | 12.00 | 400000000004 pays for ap-east-1 | \(delivery.place("region")) |
      | RateChanged | \(try bill.cost(of: "rate")) · 0.04 / 0.94 | CNN1-BoxUsage:c5.large at 0.94, in September 0.90 | 31 rows |
      | UnitMismatch | \(try bill.cost(of: "unit")) | CNN1-TimedStorage-ByteHrs metered in GB, not GB-Mo | \(delivery.place("unit")) |
      | ChargeableAtZeroRate | 9.40 | ten hours of CNN1-BoxUsage:c5.xlarge at a rate of zero | \(delivery.place("zero")) |
      | FreeTierCharged | 2.00 | CNN1-FreeTier-Requests costs 2.00 | \(delivery.place("free tier")) |
      | RefundWithoutOriginal | 25.00 | AWS Lambda is refunded to 400000000003, which never used it | \(delivery.place("refund")) |
      | AccountIDMalformed | \(try bill.cost(of: "account")) and its discount | an account id of 11 digits | \(delivery.place("account")) |

      Must be found besides: all four invoices `Matched`, and nothing of this in September.
      """
  }

  private static func plantBefore(_ bill: inout Bill) throws {
    for index in bill.rows.indices where bill.rows[index].usageType == "CNN1-BoxUsage:c5.large" {
      bill.rows[index].rate = "0.9"
      bill.rows[index].publicRate = "0.9"
      bill.rows[index].description = "CNY 0.9 per On Demand Linux c5.large Instance Hour"
      try bill.rows[index].use(bill.rows[index].usage)
    }
    bill.rows.append(credit(bill, "ZW-2025", "-80", mark: nil))
  }

  private static func plant(_ bill: inout Bill) throws {
    mark(&bill, "private rate", "CNW1-BoxUsage:r5.2xlarge")
    mark(&bill, "rate", "CNN1-BoxUsage:c5.large")
    bill.change("unit", "400000000003", "CNN1-TimedStorage-ByteHrs", on: 9) { $0.unit = "GB" }
    bill.change("account", "400000000004", "CNW1-TimedStorage-ByteHrs", on: 12) {
      $0.account = "40000000004"
    }
    var region = try bill.usage(
      "region", .nwcd, "400000000004", .ec2, usageType: "APE1-BoxUsage:t3.medium", on: 14,
      in: "ap-east-1", "24", "Hrs", at: "0.5",
      "CNY 0.5 per On Demand Linux t3.medium Instance Hour")
    region.mark = "region"
    var zero = try bill.usage(
      "zero", .sinnet, "400000000003", .ec2, usageType: "CNN1-BoxUsage:c5.xlarge", on: 15,
      in: Region.beijing.id, "10", "Hrs", at: .zero,
      "CNY 0 per On Demand Linux c5.xlarge Instance Hour")
    zero.publicRate = "0.94"
    zero.mark = "zero"
    var free = try bill.usage(
      "free tier", .sinnet, "400000000001", .lambda, usageType: "CNN1-FreeTier-Requests", on: 16,
      in: Region.beijing.id, "1000000", "Requests", at: "0.000002", "CNY 0.000002 per Request")
    free.mark = "free tier"
    var refund = credit(bill, "refund of function requests", "-25", mark: "refund")
    refund.type = "Refund"
    refund.product = .lambda
    refund.usageType = "CNN1-Request"
    refund.account = "400000000003"
    bill.rows += [
      region, zero, free, refund, credit(bill, "ZW-2025", "-60", mark: "credit amount"),
      credit(bill, "ZW-OLD", "-15", mark: "credit days"),
    ]
    try discount(&bill)
  }

  private static func mark(_ bill: inout Bill, _ mark: String, _ usageType: String) {
    for index in bill.rows.indices where bill.rows[index].usageType == usageType {
      bill.rows[index].mark = mark
    }
  }

  private static func credit(
    _ bill: Bill, _ name: String, _ cost: Amount, mark: String?
  ) -> LineItem {
    var row = bill.monthly(
      "Credit", name, .sinnet, "400000000001", .ec2, usageType: "CNN1-BoxUsage:m5.xlarge", cost,
      "Credit \(name)")
    row.operation = "RunInstances"
    row.mark = mark
    return row
  }

  private struct Discounted: Hashable {
    var account: String
    var seller: Seller
    var product: Product
  }

  /// 5 % on each product of each account; 4 % on databases, none on functions.
  private static func discount(_ bill: inout Bill) throws(AmountOverflow) {
    let charged = bill.rows.filter { $0.type != "Credit" && $0.type != "Refund" }
    var order: [Discounted] = []
    var bases: [Discounted: Amount] = [:]
    for row in charged where row.product != .lambda {
      let key = Discounted(account: row.account, seller: row.seller, product: row.product)
      if bases[key] == nil { order.append(key) }
      try bases[key, default: .zero] += row.cost
    }
    for key in order {
      let isWrong = key.product == .rds
      let discount = try (bases[key] ?? .zero).multiplied(by: isWrong ? "0.04" : "0.05")
        .rounded(toFractionDigits: 10, .halfAwayFromZero)
      var row = bill.monthly(
        "EdpDiscount", "discount \(key.account) \(key.product.code)", key.seller, key.account,
        key.product, usageType: "", -discount, "Enterprise discount")
      row.mark = isWrong ? "rate of discount" : nil
      bill.rows.append(row)
    }
  }

  /// 50.00 more support, and its VAT.
  private static func raiseSupport(_ bill: inout Bill) throws(AmountOverflow) {
    for index in bill.rows.indices
    where bill.rows[index].seller == .nwcd && bill.rows[index].product == .chinaSupport {
      try bill.rows[index].cost += bill.rows[index].isTax ? "3" : "50"
      if !bill.rows[index].isTax { bill.rows[index].mark = "support" }
    }
  }
}

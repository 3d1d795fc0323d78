import BillingModel
import ExactNumbers

/// One row for each rule that looks at single rows. AWS billed them so: the invoices agree.
enum LineFaults {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.china, "2026-09") { try plant(&$0) }
    let delivery = ExportDelivery.legacy(bill, report: Reports.china)
    let hours = try bill.cost(of: "hours")
    let account = try Amount.sum(bill.rows.filter { $0.account == strayAccount }.map(\.cost))
    return Story(
      "line-faults",
      readme: """
        # line-faults

        Payer 300000000001 (CNY), 2026-09, a legacy report and the fapiao of both invoices, which agree with \
        it. Planted, and the rule that must find it:

        | rule | at stake, CNY | what | where |
        |---|---|---|---|
        | CostNotRateTimesUsage | 4.32 | CNN1-InstanceUsage:db.m5.large costs 4.32 more than rate × usage | \(delivery.place("product")) |
        | RateAbovePublic | 4.0032 | CNW1-BoxUsage:r5.2xlarge at 3.5028 where the public rate is 3.336 (`RateInconsistent` sees it too) | \(delivery.place("rate")) |
        | ReservedUsageCharged | 5.00 | DiscountedUsage of CNW1-BoxUsage:m5.large costs 5.00 | \(delivery.place("reserved")) |
        | NegativeCharge | 0.5265 | a further row of CNN1-TimedStorage-ByteHrs with usage -3 | \(delivery.place("negative")) |
        | MoreHoursThanPeriod | 59.79 | CNN1-BoxUsage:m5.xlarge runs 25 hours a day: 750 of 720 hours, \(hours) in all | 30 rows, one a day |
        | UnknownEntity | \(try bill.cost(of: "entity")) | BillingEntity Kunlun Cloud | \(delivery.place("entity")) |
        | UnknownAccount | \(account) | account \(strayAccount), with its VAT | \(delivery.place("account")) |
        | CurrencyMismatch | \(try bill.cost(of: "currency")) USD | CNW1-TimedStorage-ByteHrs billed in USD, on no document and untaxed | \(delivery.place("currency")) |
        | CurrencyMismatch | \(try bill.cost(of: "pricing")) | CNW1-TimedStorage-ByteHrs priced in USD, billed in CNY | \(delivery.place("pricing")) |
        | UnknownLineItemType | 3.00 | type OperatorAdjustment | \(delivery.place("type")) |

        Must be found besides: both invoices `Matched` in CNY; the USD row is a match of its own, \
        without a document and without tax.
        """,
      nights: [
        Story.Night("2026-10-05", delivery.files + (try Reports.fapiao(bill)))
      ])
  }

  private static let strayAccount = "400000000099"

  private static func plant(_ bill: inout Bill) throws {
    for day in 1...30 {
      try bill.change("hours", "400000000001", "CNN1-BoxUsage:m5.xlarge", on: day) {
        try $0.use("25")
      }
    }
    try bill.change("product", "400000000001", "CNN1-InstanceUsage:db.m5.large", on: 8) {
      $0.cost = try $0.cost + "4.32"
    }
    try bill.change("rate", "400000000002", "CNW1-BoxUsage:r5.2xlarge", on: 10) {
      $0.rate = "3.5028"
      try $0.use($0.usage)
    }
    bill.change("reserved", "400000000002", "CNW1-BoxUsage:m5.large", on: 11) { $0.cost = "5" }
    try bill.repeatRow("negative", "400000000003", "CNN1-TimedStorage-ByteHrs", on: 14) {
      $0.stream += " taken back"
      try $0.use("-3")
    }
    plantNames(&bill)
  }

  /// Faults in what a row is called, not in its figures.
  private static func plantNames(_ bill: inout Bill) {
    bill.change("entity", "400000000004", "CNW1-TimedStorage-ByteHrs", on: 16) {
      $0.billingEntity = "Kunlun Cloud"
    }
    bill.change("account", "400000000004", "CNW1-BoxUsage:t3.medium", on: 17) {
      $0.account = strayAccount
    }
    bill.change("currency", "400000000004", "CNW1-TimedStorage-ByteHrs", on: 18) {
      $0.currency = "USD"
      $0.pricingCurrency = "USD"
    }
    bill.change("pricing", "400000000002", "CNW1-TimedStorage-ByteHrs", on: 21) {
      $0.pricingCurrency = "USD"
    }
    var adjustment = bill.blank(
      "operator adjustment", .sinnet, "400000000001", .ec2, usageType: "CNN1-Adjustment",
      on: "2026-09-22")
    adjustment.type = "OperatorAdjustment"
    adjustment.description = "Adjustment by the operator"
    adjustment.cost = "3"
    adjustment.mark = "type"
    bill.rows.append(adjustment)
  }
}

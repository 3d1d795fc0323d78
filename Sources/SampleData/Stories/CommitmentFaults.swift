import BillingModel
import ExactNumbers

/// Two months of the global payer; in the second, what was bought ahead is charged wrongly.
enum CommitmentFaults {
  static func story() throws -> Story {
    let january = try Bill.closed(Company.global, "2025-01") { bill in
      try describe(&bill)
      bill.rows.append(upfront(bill))
    }
    let february = try Bill.closed(Company.global, "2025-02") { bill in
      try describe(&bill)
      try plant(&bill)
    }
    let deliveries = [january, february].map {
      ExportDelivery.legacy($0, report: Reports.global)
    }
    var drafts: [InvoiceDraft] = []
    for id in [Seller.inc.invoiceID(february.period), Seller.emea.invoiceID(february.period)]
      + marketplaceInvoices
    {
      drafts.append(try InvoiceDraft(february, id, issued: "2025-03-03"))
    }
    let summaries = SampleFile(
      "invoices/api/2025-02-invoice-summaries.json", try InvoiceSummaries.json(drafts))
    return Story(
      "commitment-faults", readme: readme(deliveries[1]),
      nights: [
        Story.Night("2025-02-05", deliveries[0].files + [try Reports.summaries(january)]),
        Story.Night("2025-03-05", deliveries[1].files + [summaries]),
      ])
  }

  private static let marketplaceInvoices = ["1925770001", "1925770002"]

  private static func readme(_ delivery: ExportDelivery) -> String {
    """
    # commitment-faults

    Payer 100000000001 (USD), 2025-01 and 2025-02, legacy reports with the terms of commitments, and all \
    invoices, which agree with them. Planted in February, and the rule that must find it:

    | rule | at stake, USD | what | where |
    |---|---|---|---|
    | CommitmentHoursWrong | 3.8112 | the reservation's fee is for 720 hours of a month of 672, at 0.0794 | \(delivery.place("hours")) |
    | CommitmentOutsideTerm | 20.16 | a reservation that ended on 31 January is charged | \(delivery.place("term")) |
    | ReservationIdle | 19.20 | 100 idle hours of m5.xlarge, which runs on demand at 0.192 | \(delivery.place("idle")) |
    | SavingsPlanOverused | 0.50 | on one day 3.332 of 2.832 committed are used | \(delivery.place("overused")) |
    | UpfrontFeeTwice | 1500.00 | the fee of January once more | \(delivery.place("upfront")) |
    | MarketplaceBilledTwice | 240.00 | one agreement on invoices \(marketplaceInvoices.joined(separator: " and ")) | \(delivery.place("marketplace")) |

    Must be found besides: all invoices `Matched`, and nothing of this in January.
    """
  }

  /// The terms of what the payer bought ahead, in columns that other reports do not have.
  private static func describe(_ bill: inout Bill) throws {
    for index in bill.rows.indices {
      switch bill.rows[index].type {
      case "RIFee": bill.rows[index].details = reservation(from: "2024-06-01", to: "2025-06-01")
      case "SavingsPlanRecurringFee":
        bill.rows[index].details = [
          "savingsPlan/StartTime": "2024-06-01T00:00:00.000Z",
          "savingsPlan/EndTime": "2027-06-01T00:00:00.000Z",
          "savingsPlan/TotalCommitmentToDate": "2.832", "savingsPlan/UsedCommitment": "2.8152",
        ]
      default: break
      }
    }
  }

  private static func reservation(
    from: String, to: String, unused: String = "0"
  ) -> [String: String] {
    [
      "reservation/StartTime": from + "T00:00:00.000Z",
      "reservation/EndTime": to + "T00:00:00.000Z", "reservation/NumberOfReservations": "1",
      "reservation/UnusedQuantity": unused, "reservation/UnusedRecurringFee": "0",
    ]
  }

  private static func plant(_ bill: inout Bill) throws {
    try bill.change("hours", "200000000004", "HeavyUsage:r5.large", on: 1) { try $0.use("720") }
    bill.change("overused", "200000000003", "ComputeSP:1yrNoUpfront", on: 11) {
      $0.details["savingsPlan/UsedCommitment"] = "3.332"
    }
    var ended = fee(bill, "ended", "m5.large", "0.03")
    ended.details = reservation(from: "2024-02-01", to: "2025-01-31")
    try ended.use("672")
    ended.mark = "term"
    var idle = fee(bill, "idle", "m5.xlarge", "0.12")
    idle.details = reservation(from: "2024-09-01", to: "2025-09-01", unused: "100")
    try idle.use("672")
    idle.mark = "idle"
    var again = upfront(bill)
    again.mark = "upfront"
    bill.rows += [ended, idle, again]
    for invoice in marketplaceInvoices {
      var row = bill.blank(
        "marketplace \(invoice)", .inc, "200000000009",
        Product(code: "prod-gatehouse", name: "Gatehouse VPN"), usageType: "AnnualContract",
        on: bill.period.firstDay)
      row.type = "Fee"
      row.billingEntity = "AWS Marketplace"
      row.invoiceID = invoice
      row.resource = "agreement-gatehouse"
      row.description = "Gatehouse VPN, annual contract"
      row.usage = .one
      row.cost = "240"
      row.mark = "marketplace"
      bill.rows.append(row)
    }
  }

  /// The monthly fee of one more reservation of the retail account.
  private static func fee(
    _ bill: Bill, _ name: String, _ instance: String, _ hourly: Amount
  ) -> LineItem {
    var row = bill.blank(
      "reservation fee \(name)", .inc, "200000000002", .ec2, usageType: "HeavyUsage:\(instance)",
      on: bill.period.firstDay)
    row.type = "RIFee"
    row.usageDates = bill.month
    row.operation = "RunInstances"
    row.region = Region.virginia.id
    row.unit = "Hrs"
    row.description = "$\(hourly) hourly fee per Linux/UNIX, \(instance) instance"
    row.rate = hourly
    row.reservationARN = Streams.arn(
      .virginia, "ec2", "200000000002", "reserved-instances/\(name)")
    row.effectiveCost = .zero
    return row
  }

  private static func upfront(_ bill: Bill) -> LineItem {
    var row = fee(bill, "bought", "c5.xlarge", .zero)
    row.type = "Fee"
    row.rate = nil
    row.description = "Sign up charge for reservation, 1 year, all upfront"
    row.usage = .one
    row.cost = "1500"
    return row
  }
}

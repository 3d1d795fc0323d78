import BillingModel
import ExactNumbers

/// Rows that stand twice: in the export alone, on the invoice as well, and under another id.
enum DuplicateLines {
  static func story() throws -> Story {
    var bill = try Bill.closed(Company.global, "2026-06") { bill in
      for day in [8, 9] {
        try bill.repeatRow("billed", "200000000001", "EUW3-EBS:VolumeUsage.gp3", on: day)
      }
      try bill.repeatRow("renamed", "200000000002", "EBS:VolumeUsage.gp3", on: 18) {
        $0.stream += " again"
      }
    }
    let summaries = try Reports.summaries(bill)
    for day in [11, 15, 24] {
      try bill.repeatRow("exported", "200000000003", "RDS:GP3-Storage", on: day)
    }
    let delivery = ExportDelivery.legacy(bill, report: Reports.global, chunks: 2)
    let (exported, billed) = (try bill.cost(of: "exported"), try bill.cost(of: "billed"))
    return Story(
      "duplicate-lines",
      readme: """
        # duplicate-lines

        Payer 100000000001 (USD), 2026-06, a legacy report in two chunks. Line item ids recur every day: \
        only id and interval together are unique.
        Planted 1: three rows of RDS:GP3-Storage in 200000000003 stand twice, same id and interval, \
        \(delivery.place("exported")): \(exported) USD. The invoice does not have them.
        Planted 2: two rows of EUW3-EBS:VolumeUsage.gp3 in 200000000001 stand twice, \
        \(delivery.place("billed")): \(billed) USD before VAT. The invoice has them: it matches, and is too high.
        Planted 3: one row of EBS:VolumeUsage.gp3 in 200000000002 comes again under another id, \
        \(delivery.place("renamed")): \(try bill.cost(of: "renamed")) USD, also invoiced.
        Must be found: `DuplicateLineItem` twice and `RepeatedUsage` once, with these amounts; invoice \
        \(Seller.inc.invoiceID(bill.period)) off by \(exported) USD, caused by the first; \
        \(Seller.emea.invoiceID(bill.period)) `Matched`.
        """,
      nights: [Story.Night("2026-07-05", delivery.files + [summaries])])
  }
}

import BillingModel
import ExactNumbers

/// A jump and a fall in daily cost, seen first in the middle of an open month.
enum SpendSpike {
  static func story() throws -> Story {
    var open = try Bill(Company.global, "2026-09", days: 17)
    let rise = try spike(&open)
    open.sort()
    var fall = Amount.zero
    let final = try Bill.closed(Company.global, "2026-09") { bill in
      _ = try spike(&bill)
      fall = try bill.scale(
        "drop", "200000000008", "TimedStorage-ByteHrs", on: 21...23, by: "0.1")
    }
    return Story(
      "spend-spike",
      readme: """
        # spend-spike

        Payer 100000000001 (USD), 2026-09, CUR 2.0: on 2026-09-18 the open month with 17 days and no \
        invoice ids, on 2026-10-05 the final one with its invoices.
        Planted 1: data transfer of 200000000002 is sixty times its usual amount on 2026-09-15 and -16, \
        which adds \(rise) USD to Amazon Elastic Compute Cloud.
        Planted 2: storage in 200000000008 falls to a tenth from 2026-09-21 to -23: \(fall) USD in \
        Amazon Simple Storage Service.
        Must be found on 2026-09-18: the rise, as an anomaly that begins on 2026-09-15; the invoices are \
        `NotFinal`. On 2026-10-05: the same finding, and the fall from 2026-09-21; both invoices `Matched`.
        """,
      nights: [
        Story.Night("2026-09-18", Reports.cur2(open, at: "2026-09-18T02:40:17.305Z").files),
        Story.Night("2026-10-05", Reports.cur2(final).files + [try Reports.summaries(final)]),
      ])
  }

  private static func spike(_ bill: inout Bill) throws(AmountOverflow) -> Amount {
    try bill.scale("spike", "200000000002", "DataTransfer-Out-Bytes", on: 15...16, by: "60")
  }
}

import BillingModel
import ExactNumbers

/// Changes that no single day gives away, after two months of history: a leak, a new level, and two moves
/// that cancel in the total.
enum QuietChanges {
  static func story() throws -> Story {
    let september = try Bill.closed(Company.global, "2024-09")
    let october = try Bill.closed(Company.global, "2024-10")
    var leaked = Amount.zero
    var risen = Amount.zero
    var moved: (up: Amount, down: Amount) = (.zero, .zero)
    let november = try Bill.closed(Company.global, "2024-11") { bill in
      leaked = try leak(&bill)
      risen = try bill.scale(
        "level", "200000000006", "US-Requests-Tier2-HTTPS", on: 11...30, by: "1.9")
      moved.up = try bill.scale(
        "up", "200000000002", "EBS:VolumeUsage.gp3", on: 19...22, by: "3.1")
      moved.down = try bill.scale(
        "down", "200000000002", "DataTransfer-Out-Bytes", on: 19...22, by: "0.35")
    }
    return Story(
      "quiet-changes",
      readme: """
        # quiet-changes

        Payer 100000000001 (USD), 2024-09 to 2024-11, CUR 2.0, each month final with its invoices; the first two \
        are history.
        Planted 1: storage of 200000000008 grows by 3 % a day from 2024-11-05: \(leaked) USD. Planted 2: \
        requests of 200000000006 cost 1.9 times as much from 2024-11-11: \(risen) USD. Planted 3, from \
        2024-11-19 to -22, both in Amazon Elastic Compute Cloud of 200000000002: volumes add \(moved.up) USD, data \
        transfer changes by \(moved.down) USD.
        Must be found on 2024-12-04: a slow leak, a level shift up, and two opposite anomalies of usage types, each \
        of which says that the other hides it; the invoices `Matched`.
        """,
      nights: try [september, october, november].map { bill in
        Story.Night(
          "\(bill.period.end.advanced(by: 3))",
          Reports.cur2(bill).files + [try Reports.summaries(bill)])
      })
  }

  /// 3 % a day on top of the day before.
  private static func leak(_ bill: inout Bill) throws(AmountOverflow) -> Amount {
    var added = Amount.zero
    var factor = Amount.one
    for day in 5...30 {
      factor = try factor.multiplied(by: "1.03").rounded(toFractionDigits: 6, .halfAwayFromZero)
      try added += bill.scale(
        "leak", "200000000008", "TimedStorage-ByteHrs", on: day...day, by: factor)
    }
    return added
  }
}

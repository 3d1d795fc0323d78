import BillingModel
import ExactNumbers

/// A month is signed off, and AWS restates it afterwards.
enum SignedOffMonth {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, "2025-12")
    var restated = bill
    try restated.change("fee", "200000000009", "Dollar", on: 1) { $0.cost = try $0.cost + "18.40" }
    restated.change("retagged", "200000000003", "BoxUsage:c5.xlarge", on: 21) {
      $0.tags = [LineItem.Tag(key: "CostCenter", value: "CC-2400")]
    }
    let second = Reports.cur2(restated, chunks: 2, at: "2026-01-13T03:58:41.022Z")
    return Story(
      "signed-off-month",
      readme: """
        # signed-off-month

        Payer 100000000001 (USD), 2025-12, CUR 2.0 and the API's summaries; matched to the cent on 2026-01-05 \
        and signed off on 2026-01-06 by Li Wei.
        Planted: the version of 2026-01-13 raises the support fee by 18.40 USD, \(second.place("fee")), and \
        moves the savings-plan usage of 2025-12-21 in account 200000000003 to cost center CC-2400, \
        \(second.place("retagged")).
        Planted too: a sign-off of 2025-12 by Wang Fang on 2026-01-14, which can no longer be given.
        Must be found: the sign-off stands in the run summary; on 2026-01-14 `restatement.csv` shows 18.40 USD \
        since the sign-off and the retagged money, `ChangedAfterSignOff` has 18.40 USD at stake, and the second \
        sign-off is quarantined as `NotClosable`.
        """,
      nights: [
        Story.Night(
          "2026-01-05", Reports.cur2(bill, chunks: 2).files + [try Reports.summaries(bill)]),
        Story.Night("2026-01-06", [signOff(by: "Li Wei", note: "December 2025 closed")]),
        Story.Night("2026-01-14", second.files + [signOff(by: "Wang Fang", note: "again")]),
      ])
  }

  private static func signOff(by name: String, note: String) -> SampleFile {
    SampleFile(
      "sign-off-2025-12.csv", "BillingPeriod,SignedBy,Note\n2025-12,\(name),\(note)\n")
  }
}

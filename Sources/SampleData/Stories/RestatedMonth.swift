import BillingModel
import ExactNumbers

/// A month that was final comes again, with other money under the same invoice id.
enum RestatedMonth {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.global, "2026-07")
    var restated = bill
    try restated.change("fee", "200000000009", "Dollar", on: 1) { $0.cost = try $0.cost + "18.40" }
    try restated.change("covered", "200000000003", "BoxUsage:c5.xlarge", on: 21) {
      $0.cost = try $0.cost + "1.2"
    }
    let first = Reports.cur2(bill, chunks: 2)
    let second = Reports.cur2(restated, chunks: 2, at: "2026-08-13T03:58:41.022Z")
    return Story(
      "restated-month",
      readme: """
        # restated-month

        Payer 100000000001 (USD), 2026-07, CUR 2.0 that keeps its versions: final on 2026-08-04 and \
        matched to the cent, delivered again on 2026-08-13.
        Planted 1 in the second version: the support fee under invoice \(Seller.inc.invoiceID(bill.period)) \
        rises by 18.40 USD, \(second.place("fee")).
        Planted 2: savings-plan covered usage of BoxUsage:c5.xlarge on 2026-07-21 rises by 1.20 USD and its \
        negation does not, \(second.place("covered")).
        Must be found: the second version replaces the first and is not added to it; \
        `ChangedAfterFinalisation` for 18.40 and 1.20 USD; `SavingsPlanNegationMismatch` for 1.20 USD; the \
        invoice off by 19.60 USD, all of it explained by the restatement.
        """,
      nights: [
        Story.Night("2026-08-05", first.files + [try Reports.summaries(bill)]),
        Story.Night("2026-08-14", second.files),
      ])
  }
}

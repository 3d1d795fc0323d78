import BillingModel
import ExactNumbers

/// The same month by two exports, one of which lost a row.
enum ExportsDisagree {
  static func story() throws -> Story {
    let bill = try Bill.closed(Company.china, "2026-10")
    var focus = bill
    guard
      let lost = focus.rows.firstIndex(where: {
        $0.usageType == "CNN1-DataTransfer-Out-Bytes" && $0.interval.lowerBound == "2026-10-13"
      })
    else { preconditionFailure("no row to lose") }
    let row = focus.rows.remove(at: lost)
    let cur2 = ExportDelivery.dataExport(
      bill, CostAndUsage2.layout, export: "ziwu-cur2", at: "2026-11-04T05:02:33.118Z")
    let other = ExportDelivery.dataExport(
      focus, FocusExport.layout12, export: "ziwu-focus-1-2", at: "2026-11-04T05:20:10.540Z")
    return Story(
      "exports-disagree",
      readme: """
        # exports-disagree

        Payer 300000000001 (CNY), 2026-10, delivered by CUR 2.0 and by FOCUS 1.2 in one night, with fapiao.
        Planted: the FOCUS export lacks the row of CNN1-DataTransfer-Out-Bytes in 400000000001 on \
        2026-10-13: \(row.cost) CNY.
        Must be found: the month is booked once, from CUR 2.0, and both invoices are `Matched`; \
        `ExportsDisagree` names \(row.cost) CNY.
        """,
      nights: [
        Story.Night("2026-11-05", cur2.files + other.files + (try Reports.fapiao(bill)))
      ])
  }
}

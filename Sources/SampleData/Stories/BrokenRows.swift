import BillingModel
import ExactNumbers

/// Rows that cannot be read, among files that cannot be read at all.
enum BrokenRows {
  /// What happens to one record.
  private enum Damage {
    case spelled(column: String, as: String)
    case shortened
  }

  private static let cost = "lineItem/UnblendedCost"

  private static let damages: [(record: Int, what: String, damage: Damage)] = [
    (42, "the cost has a decimal comma", .spelled(column: cost, as: "\"20,64\"")),
    (97, "the cost is empty", .spelled(column: cost, as: "")),
    (152, "the cost says N/A", .spelled(column: cost, as: "N/A")),
    (211, "the cost is in full-width digits", .spelled(column: cost, as: "１２.３４")),
    (265, "the row has a field too few", .shortened),
    (307, "the currency is empty", .spelled(column: "lineItem/CurrencyCode", as: "")),
    (351, "the invoice id holds a NUL byte", .spelled(column: "bill/InvoiceId", as: "64\u{0}26")),
  ]

  /// Its usage cannot be read, which leaves the row: only rules that need the usage say so.
  private static let withoutUsage = 377

  static func story() throws -> Story {
    let bill = try Bill.closed(Company.china, "2026-06")
    let layout = LegacyReport.layout(for: bill)
    let csv = layout.csv(bill.rows, of: bill) { record, fields in
      damage(record, &fields, layout)
    }
    let whole = GzipWriter.member(csv)
    return Story(
      "broken-rows",
      readme: """
        # broken-rows

        Payer 300000000001 (CNY), 2026-06, one loose legacy file, `ziwu-2026-06.csv.gz`, \
        \(bill.rows.count) records, with the fapiao of both invoices. Planted, by record:

        | record | fault | cost that the row had | invoice |
        |---|---|---|---|
        \(table(bill))

        Record \(withoutUsage) has an unreadable usage and stays, with its cost.
        In the same night: `cut/ziwu-2026-06.csv.gz` ends in the middle of a gzip member, \
        `empty/ziwu-2026-06.csv.gz` has no bytes, `invoices/fapiao/dzfp_entity.xml` declares an entity.
        Must be found: seven rejects with these record numbers, three files in quarantine with their \
        reasons, every other row kept, and the month `NotProved` for both invoices, since the cost of \
        rejected rows cannot be read. The tax of both no longer fits the rows that are left.
        """,
      nights: [
        Story.Night(
          "2026-07-05",
          [
            SampleFile("ziwu-2026-06.csv.gz", whole),
            SampleFile("cut/ziwu-2026-06.csv.gz", Array(whole.prefix(whole.count * 2 / 3))),
            SampleFile("empty/ziwu-2026-06.csv.gz", [UInt8]()),
            SampleFile("invoices/fapiao/dzfp_entity.xml", entityDocument),
          ] + (try Reports.fapiao(bill)))
      ])
  }

  private static func damage(_ record: Int, _ fields: inout [String], _ layout: Layout) {
    if record == withoutUsage { fields[layout.position(of: "lineItem/UsageAmount")] = "many" }
    for planned in damages where planned.record == record {
      switch planned.damage {
      case .spelled(let column, let text): fields[layout.position(of: column)] = text
      case .shortened: fields.removeLast()
      }
    }
  }

  private static func table(_ bill: Bill) -> String {
    damages.map { planned in
      let row = bill.rows[planned.record - 1]
      return "| \(planned.record) | \(planned.what) | \(row.cost) | \(row.invoiceID) |"
    }.joined(separator: "\n")
  }

  private static let entityDocument = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE EInvoice [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
    <EInvoice><Header><EIid>&secret;</EIid></Header></EInvoice>

    """
}

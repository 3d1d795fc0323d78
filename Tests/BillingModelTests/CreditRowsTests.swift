import BillingModel
import Testing

/// The name of a credit made of rows says what it is, and can be read again.
@Suite struct CreditRowsTests {
  private static let refund = rows("9125001104", "400000000001", "AmazonRDS", "Refund", "")

  /// Of 2025-04-05, 20,183 days after 1970-01-01.
  private static func rows(
    _ invoice: Text, _ account: Text, _ service: Text, _ type: ChargeType, _ finding: Text
  ) -> CreditRows {
    var rows = CreditRows(
      billingAccountID: "400000000000", currency: "CNY",
      billingPeriod: Day(number: 20_183).period, invoiceID: invoice, subAccountID: account,
      serviceName: service, type: type)
    rows.findingID = finding
    return rows
  }

  @Test func `a name is its parts, empty ones included`() {
    #expect(
      Self.refund.name
        == "rows:400000000000/CNY/2025-04/9125001104/400000000001/AmazonRDS/Refund/")
    #expect(Self.rows("", "", "", "Credit", "").name == "rows:400000000000/CNY/2025-04////Credit/")
  }

  @Test(arguments: [
    refund, rows("", "", "", "Credit", "F-cd4d59521f17b98c"),
    rows("1", "2", "Storage/Backup", "Credit", ""), rows("", "2", "", "Refund", "F-1"),
  ]) func `what a name says is what it was made of`(_ rows: CreditRows) {
    #expect(CreditRows(named: rows.name) == rows)
  }

  @Test(arguments: ["ubl:CN-77", "rows:2025-04", "rows:1/USD/2025-13/1/2/3/Refund/", ""] as [Text])
  func `other names are no rows`(_ name: Text) {
    #expect(CreditRows(named: name) == nil)
  }

  @Test func `an earlier name had neither payer nor currency nor empty parts`() {
    #expect(
      Self.refund.earlierName == "rows:2025-04/9125001104/400000000001/AmazonRDS/Refund")
    let slashed = Self.rows("", "2", "A/B/C/D/E", "Credit", "F-1")
    #expect(slashed.earlierName == "rows:2025-04/2/A/B/C/D/E/Credit/F-1")
    #expect(CreditRows(named: slashed.earlierName) == nil)
  }

  @Test func `two payers of one account have two credits`() {
    var other = Self.refund
    other.billingAccountID = "400000000009"
    #expect(other.name != Self.refund.name && other.earlierName == Self.refund.earlierName)
    other = Self.refund
    other.currency = "USD"
    #expect(other.name != Self.refund.name)
  }

  @Test func `a letter says it in words`() {
    #expect(
      Self.refund.words
        == Words(
          "Refund line items of 2025-04 for AmazonRDS in account 400000000001 (invoice 9125001104)",
          zh: "2025-04 账号 400000000001 AmazonRDS 的 Refund 明细（发票 9125001104）"))
    #expect(
      Self.rows("", "", "", "Credit", "").words
        == Words("Credit line items of 2025-04", zh: "2025-04 的 Credit 明细"))
  }
}

import BillingModel
import ExactNumbers
import Testing

@Suite struct ChargeBookTests {
  private func charge(
    _ type: ChargeType, _ unblended: String, net: String? = nil, invoice: Text = "1",
    currency: CurrencyCode = "USD", lineItems: Int = 1
  ) throws -> ChargeSummary {
    let period = try #require(BillingPeriod("2026-05"))
    let key = ChargeKey(
      billingAccountID: "111122223333", billingPeriod: period, invoiceID: invoice,
      invoiceIssuer: "Amazon Web Services, Inc.", billingEntity: "AWS", legalEntity: "",
      billType: "Anniversary", chargeType: type, currency: currency, subAccountID: "444455556666",
      subAccountName: "", serviceName: "Amazon EC2", productCode: "AmazonEC2",
      isDataTransfer: false, day: nil)
    let sums = CostSums(
      unblended: try Amount(parsing: unblended),
      netUnblended: try Amount(parsing: net ?? unblended),
      netRows: net == nil ? 0 : lineItems, lineItems: lineItems)
    return ChargeSummary(key: key, sums: sums, billedCost: .zero)
  }

  /// The billed cost of each charge, in their order.
  private func billed(_ charges: [ChargeSummary]) throws -> [String] {
    let book = try ChargeBook(charges)
    return charges.map { book.billedCost($0.sums, in: .init($0.key)).description }
  }

  @Test func `without net costs the unblended costs are billed`() throws {
    #expect(try billed([charge("Usage", "10"), charge("Tax", "0.60")]) == ["10.00", "0.60"])
  }

  @Test func `where every row states a net cost and no discount is a row, net is billed`() throws {
    let charges = try [charge("Usage", "10", net: "9"), charge("Tax", "0.60", net: "0.54")]
    #expect(try billed(charges) == ["9.00", "0.54"])
  }

  /// AWS leaves the net columns empty where no discount applies.
  @Test func `a row that states no net cost is billed unblended, beside others at net`() throws {
    let charges = try [charge("Usage", "10", net: "9", lineItems: 3), charge("Tax", "0.60")]
    #expect(try billed(charges) == ["9.00", "0.60"])
  }

  @Test(arguments: ["EdpDiscount", "PrivateRateDiscount", "SomeNewDiscount"] as [ChargeType])
  func `a discount that is a row is not taken off a second time`(type: ChargeType) throws {
    let charges = try [charge("Usage", "10", net: "9"), charge(type, "-1", net: "0")]
    #expect(try billed(charges) == ["10.00", "-1.00"])
    #expect(try ChargeBook(charges).disagreements.isEmpty)
  }

  @Test func `discount rows and net costs that disagree are reported with both sums`() throws {
    let charges = try [
      charge("Usage", "10", net: "9"), charge("EdpDiscount", "-1.50"),
      charge("Usage", "10", net: "8", invoice: "0"), charge("EdpDiscount", "-1", invoice: "0"),
      charge("Usage", "10", net: "9", currency: "CNY"),
      charge("EdpDiscount", "-3", currency: "CNY"),
    ]
    let found = try ChargeBook(charges).disagreements
    #expect(
      found.map { "\($0.group.invoiceID) \($0.group.currency) \($0.unblended) \($0.net)" } == [
        "0 USD 9.00 8.00", "1 CNY 7.00 9.00", "1 USD 8.50 9.00",
      ])
  }

  /// 0.1 + 0.2 as doubles is 0.30000000000000004; a row is one of 10⁻⁶, and three have three of them.
  @Test(arguments: [
    ("9.000000000000000001", false), ("9.000003", false), ("8.999997", false), ("9.0000031", true),
    ("8.9999969", true),
  ])
  func `a millionth a row is rounding`(net: String, isFound: Bool) throws {
    let charges = try [
      charge("Usage", "10", net: net, lineItems: 2), charge("EdpDiscount", "-1"),
    ]
    #expect(try ChargeBook(charges).disagreements.isEmpty != isFound)
  }

  @Test func `discount rows beside partly stated net costs are no disagreement`() throws {
    let charges = try [
      charge("Usage", "10", net: "9"), charge("Usage", "5"), charge("EdpDiscount", "-7"),
    ]
    #expect(try ChargeBook(charges).disagreements.isEmpty)
    #expect(try billed(charges) == ["10.00", "5.00", "-7.00"])
  }

  /// 10.00 − 1.50 + 0.60 − 2.00 = 7.10 by the rows, 9.00 + 0.60 − 2.00 = 7.60 by the columns.
  @Test func `tax, credits and refunds state no net cost, and hide no disagreement`() throws {
    let charges = try [
      charge("Usage", "10", net: "9"), charge("Tax", "0.60"), charge("Credit", "-1.50"),
      charge("Refund", "-0.50"), charge("EdpDiscount", "-1.50"),
    ]
    let found = try ChargeBook(charges).disagreements
    #expect(found.map { "\($0.unblended) \($0.net)" } == ["7.10 7.60"])
    let alone = try [charge("Tax", "0.60"), charge("EdpDiscount", "-1.50")]
    #expect(try ChargeBook(alone).disagreements.isEmpty)
  }

  @Test func `a discount decides only for its own invoice and currency`() throws {
    let charges = try [
      charge("Usage", "10", net: "9"), charge("EdpDiscount", "-1", invoice: "2"),
      charge("EdpDiscount", "-1", currency: "CNY"),
    ]
    #expect(try billed(charges) == ["9.00", "-1.00", "-1.00"])
  }

  @Test func `the order of the charges decides nothing`() throws {
    let charges = try [
      charge("Usage", "10", net: "9"), charge("EdpDiscount", "-2"), charge("Tax", "1", net: "1"),
    ]
    #expect(try billed(charges) == billed(charges.reversed()).reversed())
    let (one, other) = (try ChargeBook(charges), try ChargeBook(charges.reversed()))
    #expect(try one.disagreements == other.disagreements)
  }

  @Test func `a group that the book does not know is billed unblended`() throws {
    let other = try charge("Usage", "4", net: "3")
    let cost = try ChargeBook([]).billedCost(other.sums, in: .init(other.key))
    #expect(cost.description == "4.00")
  }

  @Test func `sums beyond the range are an error`() throws {
    let charges = try [
      charge("Usage", "99999999999999999999"), charge("Tax", "99999999999999999999"),
    ]
    #expect(throws: AmountOverflow.self) { try ChargeBook(charges) }
  }
}

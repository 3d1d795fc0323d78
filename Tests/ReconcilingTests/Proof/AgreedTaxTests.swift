import BillingModel
import ExactNumbers
import Testing

@testable import Reconciling

/// Tax that stands in no rows of the export: VAT of China. Expected amounts: Python's decimal,
/// ROUND_HALF_UP at the cent, once for each seller and rate.
@Suite struct AgreedTaxTests {
  private func rate(
    _ rate: String, _ charged: Contract.ChargedTax, of seller: String = sinnet,
    for product: Text = ""
  ) -> Contract.TaxRate {
    Contract.TaxRate(
      legalEntity: Text(seller), productCode: product, rate: amount(rate), charged: charged)
  }

  private func match(
    _ rates: Contract.TaxRate..., charges: [ChargeSummary], _ gross: String, tax: String,
    _ change: (inout Invoice) -> Void = { _ in }
  ) throws -> Match {
    var reconciler = Reconciler(asOf: day("2026-05-20"))
    reconciler.taxRates = rates
    let document = invoice("INV-1", gross, tax: tax, from: sinnet, currency: "CNY", change)
    let found = try reconciler.reconcile(
      bookings: [booking(charges)], replaced: [], invoices: [document]
    ).flatMap(\.matches)
    return try found.proved("INV-1")
  }

  private func cost(
    _ cost: String, type: ChargeType = "Usage", of seller: String = sinnet,
    service: String = "Amazon Elastic Compute Cloud", code: String = "AmazonEC2"
  ) -> ChargeSummary {
    charge(cost, type: type, issuer: seller, currency: "CNY", service: service, code: code)
  }

  // MARK: Costs without tax

  @Test(arguments: [
    ("159.00", "9.00", "9.00", "0"), ("157.00", "7.00", "7.00", "0"),
    ("161.00", "11.00", "9.00", "2.00"), ("159.01", "9.01", "9.01", "0"),
  ])
  func `TaxOnInvoiceOnly explains tax up to the agreed rate`(
    gross: String, tax: String, explained: String, rest: String
  ) throws {
    let found = try match(
      rate("0.06", .exclusive), charges: [cost("100.00"), cost("50.00")], gross, tax: tax)
    #expect(found.explains(.taxOnInvoiceOnly) == amount(explained))
    #expect(found.unexplained == amount(rest))
    #expect(found.chargedTax == .zero && found.chargedNet == amount("150.00"))
  }

  @Test func `each seller and rate is rounded once`() throws {
    // 33.33 × 0.06 = 1.9998 and 10.05 × 0.13 = 1.3065: 2.00 + 1.31; 11.11 three times would be 0.67
    // each.
    let costs = ["11.11", "11.11", "11.11"].map { cost($0) } + [cost("10.05", code: "Goods")]
    let found = try match(
      rate("0.06", .exclusive), rate("0.13", .exclusive, for: "Goods"), charges: costs, "50.00",
      tax: "6.62")
    #expect(found.explains(.taxOnInvoiceOnly) == amount("3.31"))
  }

  @Test func `TaxOnInvoiceOnly does not apply to a tax of the other sign`() throws {
    let found = try match(
      rate("0.06", .exclusive), charges: [cost("100.00")], "95.00", tax: "-5.00")
    #expect(found.explains(.taxOnInvoiceOnly) == nil && found.unexplained == amount("-5.00"))
  }

  @Test func `a seller that has tax rows after all is held to its rows`() throws {
    let found = try match(
      rate("0.06", .exclusive), charges: [cost("100.00"), cost("6.00", type: "Tax")], "112.00",
      tax: "12.00")
    #expect(found.explains(.taxOnInvoiceOnly) == nil && found.unexplained == amount("6.00"))
  }

  @Test func `tax rows of another seller come first`() throws {
    let charges = [
      cost("100.00"), cost("10.00", of: "Red Hat, Inc."),
      cost("2.00", type: "Tax", of: "Red Hat, Inc."),
    ].map {
      var charge = $0
      charge.key.invoiceIssuer = Text(sinnet)
      return charge
    }
    let found = try match(
      rate("0.06", .exclusive), rate("0.20", .rows, of: "Red Hat, Inc."), charges: charges,
      "118.00",
      tax: "8.00")
    #expect(found.explained == [ExplainedAmount(.taxOnInvoiceOnly, amount("6.00"))])
    #expect(found.unexplained.isZero)
  }

  @Test func `where tax has rows or no rate is agreed, all the tax of the invoice is its own`()
    throws
  {
    for rates in [rate("0.06", .rows), rate("0.06", .exclusive, of: ningxia)] {
      let found = try match(rates, charges: [cost("100.00")], "111.00", tax: "11.00")
      #expect(found.explains(.taxOnInvoiceOnly) == amount("11.00"))
    }
  }

  // MARK: Costs with tax

  @Test func `net and tax of costs with tax are taken apart`() throws {
    // 159.37 ÷ 1.06 = 150.349…
    let found = try match(
      rate("0.06", .inclusive), charges: [cost("100.00"), cost("59.37")], "159.37", tax: "9.02")
    #expect(found.result == .matched && found.explained == [])
    #expect(found.chargedNet == amount("150.35") && found.chargedTax == amount("9.02"))
    #expect(found.item(.category, "Net")?.difference == .zero)
    #expect(found.item(.category, "Tax")?.difference == .zero)
  }

  @Test func `services and accounts compare without the tax in their costs`() throws {
    // 60.00 ÷ 1.06 = 56.603…, 46.00 ÷ 1.06 = 43.396…
    let charges = [
      cost("60.00"), cost("46.00", service: "Amazon Simple Storage Service", code: "AmazonS3"),
    ]
    let found = try match(rate("0.06", .inclusive), charges: charges, "106.00", tax: "6.00") {
      $0.items = [("EC2", "AmazonEC2", "56.60"), ("S3", "AmazonS3", "43.40")].map { _, code, net in
        InvoiceItem(
          serviceName: Text(code), subAccountID: "200000000001", net: amount(net), tax: nil,
          lines: 1)
      }
    }
    #expect(found.result == .matched)
    for item in found.items { #expect(item.difference.isZero && item.reason.isEmpty) }
    #expect(
      found.item(.service, "Amazon Elastic Compute Cloud")?.charged == amount("56.60"))
    #expect(found.item(.subAccount, "200000000001")?.charged == amount("100.00"))
  }

  @Test func `TaxOnInvoiceOnly does not apply to costs with tax`() throws {
    let found = try match(
      rate("0.06", .inclusive), charges: [cost("106.00")], "112.00", tax: "6.00")
    #expect(found.explained == [] && found.unexplained == amount("6.00"))
  }
}
